"""What fits where a wire is loose is told by what Keras says about tensors."""

import pytest

from graphstudio.catalog.fitting import Need, axes_of, fits, misfit
from graphstudio.catalog.search import HEAD, NESTED, placeable
from graphstudio.catalog.shipped import shipped_catalog

CATALOG = shipped_catalog()
BY_NAME = {entry.name: entry for entry in reversed(placeable(CATALOG))}


@pytest.mark.parametrize(
    ("name", "ndim", "fitting"),
    [
        ("Conv2D", 4, True),
        ("Conv2D", 2, False),
        ("MaxPooling2D", 4, True),
        ("MaxPooling2D", 5, False),
        ("LSTM", 3, True),
        ("LSTM", 4, False),
        ("Dense", 2, True),
        ("Dense", 4, True),
        ("Add", 7, True),
        ("matmul", 3, True),
        ("head", 2, True),
        ("Model", 2, True),
        ("Input", 2, False),
    ],
)
def test_after_a_tensor_fits_what_takes_so_many_axes(
    name: str,
    ndim: int,
    fitting: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert fits(BY_NAME[name], Need(takes=True, ndim=ndim), CATALOG) is fitting


def test_of_a_tensor_that_is_not_known_every_layer_may_take_it() -> None:
    need = Need(takes=True)
    assert all(fits(entry, need, CATALOG) for entry in CATALOG.layers.values())


def test_before_an_input_fits_all_that_gives_a_tensor() -> None:
    need = Need(gives=True)
    assert fits(CATALOG.input, need, CATALOG)
    assert all(fits(entry, need, CATALOG) for entry in NESTED)
    assert not fits(HEAD, need, CATALOG)


def test_between_two_nodes_fits_what_takes_and_gives() -> None:
    need = Need(takes=True, gives=True)
    misfits = [one.name for one in placeable(CATALOG) if not fits(one, need, CATALOG)]
    assert misfits == ["Input", "head"]


def test_where_nothing_is_needed_everything_fits() -> None:
    assert all(fits(entry, Need(), CATALOG) for entry in placeable(CATALOG))


def test_what_does_not_fit_says_what_it_takes_and_what_came() -> None:
    assert misfit(BY_NAME["LSTM"], Need(takes=True, ndim=4)) == (
        "LSTM takes tensors of 3 axes; this one has 4."
    )
    assert misfit(BY_NAME["Conv2D"], Need(takes=True, ndim=2)) == (
        "Conv2D takes tensors of 4 or more axes; this one has 2."
    )
    assert misfit(BY_NAME["Add"], Need(takes=True, ndim=2)) == ""


def test_a_port_of_which_keras_says_nothing_has_any_number_of_axes() -> None:
    assert axes_of(BY_NAME["Add"].ports[0]) == ""
