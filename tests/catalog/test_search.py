"""Search finds what a hurried hand means."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.catalog.search import HEAD, NESTED, SearchIndex
from graphstudio.catalog.shipped import shipped_catalog

CATALOG = shipped_catalog()
INDEX = SearchIndex(CATALOG)


def names(query: str, limit: int = 20, recent: Sequence[str] = ()) -> list[str]:
    return [entry.name for entry in INDEX.find(query, limit, recent=recent)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("dense", "Dense"),
        ("Dens", "Dense"),
        ("c2", "Conv2D"),
        ("conv2d", "Conv2D"),
        ("mp2", "MaxPooling2D"),
        ("gap2", "GlobalAveragePooling2D"),
        ("lstm", "LSTM"),
        ("mha", "MultiHeadAttention"),
        ("bn", "BatchNormalization"),
        ("global max 1", "GlobalMaxPooling1D"),
        ("inp", "Input"),
        ("head", "head"),
        ("cnct", "Concatenate"),
        ("dro", "Dropout"),
        ("dropout", "Dropout"),
        ("input", "Input"),
        ("relu", "ReLU"),
        ("conv", "Conv1D"),
        ("matmul", "matmul"),
        ("resnet50", "ResNet50"),
    ],
)
def test_the_first_match_is_the_one_that_is_meant(query: str, first: str) -> None:
    assert names(query)[0] == first


def test_an_exact_name_comes_before_longer_ones_that_begin_alike() -> None:
    assert names("add")[:2] == ["Add", "AdditiveAttention"]


def test_layers_come_before_a_function_that_is_found_alike() -> None:
    found = names("add", 40)
    assert found.index("AdditiveAttention") < found.index("add") < found.index("ZeroPadding2D")
    found = names("concat")
    assert found.index("Concatenate") < found.index("concatenate")


def test_a_function_is_found_by_what_people_call_its_family() -> None:
    assert {"cholesky", "solve"} <= set(names("linear algebra", 60))
    assert {"resize", "rgb_to_grayscale"} <= set(names("image functions", 60))


def test_a_beginning_comes_before_an_inner_part() -> None:
    found = names("conv", 40)
    assert found.index("Conv3DTranspose") < found.index("SeparableConv2D")


def test_a_name_comes_before_a_summary() -> None:
    found = names("average", 60)
    by_name = [name for name in found if "average" in name.casefold()]
    assert by_name
    assert found[: len(by_name)] == by_name


def test_a_category_is_found_by_keras_word_and_by_ours() -> None:
    assert {"LSTM", "GRU"} <= set(names("rnn", 40))
    assert {"LSTM", "GRU"} <= set(names("recurrent", 40))


def test_every_word_has_to_be_found() -> None:
    assert names("conv nonsenseword") == []


def test_a_blank_query_matches_everything_with_the_head_among_it() -> None:
    everything = INDEX.find(" ", 1000)
    assert len(everything) == len(CATALOG.callables) + len(NESTED) + 2
    assert HEAD in everything


def test_what_was_used_lately_comes_first_where_nothing_is_sought() -> None:
    recent = ("keras.layers.GRU", "keras.ops.matmul")
    assert names("", 3, recent) == ["GRU", "matmul", "Input"]


def test_what_was_used_lately_comes_first_of_what_is_found_alike() -> None:
    assert names("conv")[0] == "Conv1D"
    assert names("conv", recent=("keras.layers.Conv3D",))[:2] == ["Conv3D", "Conv1D"]
    assert names("conv1d", recent=("keras.layers.Conv3D",))[0] == "Conv1D"


def test_what_does_not_fit_is_left_out() -> None:
    found = INDEX.find("pooling", 100, fits=lambda entry: entry.name.endswith("2D"))
    assert found
    assert all(entry.name.endswith("2D") for entry in found)


def test_a_word_of_the_documentation_finds_what_no_name_says() -> None:
    assert "LSTM" in names("hochreiter", 3)


@given(st.text(max_size=12), st.integers(-2, 9))
def test_any_text_gives_the_same_list_twice_within_the_limit(query: str, limit: int) -> None:
    found = INDEX.find(query, limit)
    assert found == INDEX.find(query, limit)
    assert len(found) <= max(limit, 0)
