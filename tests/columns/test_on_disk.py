"""Columns that are kept on disk are those that were given, and are read batch by batch."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graphstudio.columns.batches import batches
from graphstudio.columns.on_disk import MAPPED, keep
from graphstudio.columns.pieces import PIECE, array_pieces, table_pieces
from graphstudio.columns.samples import Columns

NUMBERS = np.arange(24, dtype="float32").reshape(8, 3)
TEXTS = np.array(["a", "", "ü", None, "b", "ccc", "日本", "d"], object)


def pieces() -> Iterator[tuple[Columns, ...]]:
    for rows in (slice(0, 5), slice(5, 5), slice(5, 8)):
        yield {"numbers": NUMBERS[rows], "texts": TEXTS[rows]}, {"y": NUMBERS[rows, 0]}


def test_pieces_come_back_as_whole_columns(tmp_path: Path) -> None:
    x, y = keep(pieces(), tmp_path, "key")
    assert {name: len(column) for name, column in {**x, **y}.items()} == dict.fromkeys(
        ("numbers", "texts", "y"), 8
    )
    np.testing.assert_array_equal(x["numbers"][:], NUMBERS)
    np.testing.assert_array_equal(y["y"][[7, 0, 3]], NUMBERS[[7, 0, 3], 0])
    assert x["texts"][:].tolist() == TEXTS.tolist()
    assert x["texts"][[6, 3, 0]].tolist() == ["日本", None, "a"]


def test_many_rows_are_read_as_few_are(tmp_path: Path) -> None:
    numbers = np.arange(3 * MAPPED, dtype="int64")
    (kept,) = keep(iter([({"numbers": numbers},)]), tmp_path, "key")
    order = np.random.default_rng(0).permutation(3 * MAPPED - 1)
    np.testing.assert_array_equal(kept["numbers"][order], order)


def test_what_is_kept_is_read_again_only_under_another_key(tmp_path: Path) -> None:
    keep(pieces(), tmp_path, "key")

    def unread() -> Iterator[tuple[Columns, ...]]:
        pytest.fail("the pieces were read again")
        yield

    assert len(keep(unread(), tmp_path, "key")[0]["numbers"]) == 8
    other = keep(iter([({"numbers": NUMBERS[:2]},)]), tmp_path, "other")
    assert len(other[0]["numbers"]) == 2


def test_a_writing_that_was_interrupted_is_begun_again(tmp_path: Path) -> None:
    def interrupted() -> Iterator[tuple[Columns, ...]]:
        yield next(pieces())
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        keep(interrupted(), tmp_path, "key")
    assert len(keep(pieces(), tmp_path, "key")[0]["numbers"]) == 8


@pytest.mark.parametrize(
    "other", [NUMBERS.astype("int64"), NUMBERS[:, :2]], ids=["another type", "another shape"]
)
def test_pieces_of_another_type_or_shape_are_refused(tmp_path: Path, other: np.ndarray) -> None:
    given = iter([({"numbers": NUMBERS},), ({"numbers": other},)])
    with pytest.raises(ValueError, match=r"expected float32 \(3,\) in all rows; received"):
        keep(given, tmp_path, "key")


def test_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected rows; received none"):
        keep(iter([({"numbers": NUMBERS[:0]},)]), tmp_path, "key")


def kept_numbers(folder: Path) -> tuple[Columns, ...]:
    return keep(iter([({"numbers": NUMBERS}, {"y": NUMBERS[:, 0]})]), folder, "key")


def test_an_epoch_has_each_row_once_and_each_epoch_another_order(tmp_path: Path) -> None:
    parts = kept_numbers(tmp_path)
    dataset = batches(parts, np.arange(7), 3, seed=1)
    epochs = [np.concatenate([y["y"].numpy() for _, y in dataset]) for _ in range(2)]
    for epoch in epochs:
        assert sorted(epoch) == sorted(NUMBERS[:7, 0])
    assert epochs[0].tolist() != epochs[1].tolist()
    again = batches(parts, np.arange(7), 3, seed=1)
    first = np.concatenate([y["y"].numpy() for _, y in again])
    assert first.tolist() == epochs[0].tolist()
    assert len(dataset) == 3


def test_without_a_seed_the_order_stays(tmp_path: Path) -> None:
    parts = kept_numbers(tmp_path)
    dataset = batches(parts, np.arange(8), 8)
    ((_, y),) = list(dataset)
    np.testing.assert_array_equal(y["y"].numpy(), NUMBERS[:, 0])


def test_a_table_in_pieces_has_one_type_in_all_of_them(tmp_path: Path) -> None:
    rows = PIECE + 10
    lines = [f"{n},{n if n < PIECE else ''},{'x' if n % 2 else ''}" for n in range(rows)]
    (tmp_path / "t.csv").write_text("\n".join(["whole,gaps,text", *lines]))
    found = list(table_pieces(tmp_path / "t.csv", ("gaps", "whole", "text")))
    assert [len(one["whole"]) for one in found] == [PIECE, 10]
    assert {one["gaps"].dtype.name for one in found} == {"float64"}
    assert {one["whole"].dtype.name for one in found} == {"int64"}
    assert np.isnan(found[1]["gaps"]).all()
    assert found[1]["text"].tolist()[:2] == [None, "x"]


def test_arrays_in_pieces_are_the_arrays(tmp_path: Path) -> None:
    numbers = np.arange(3 * (PIECE + 3), dtype="int16").reshape(-1, 3)
    texts = np.array([f"t{n}" for n in range(len(numbers))])
    np.savez_compressed(tmp_path / "a.npz", numbers=numbers, texts=texts, other=numbers)
    found = list(array_pieces(tmp_path / "a.npz", ("numbers", "texts")))
    assert [set(one) for one in found] == [{"numbers", "texts"}] * 2
    np.testing.assert_array_equal(np.concatenate([one["numbers"] for one in found]), numbers)
    np.testing.assert_array_equal(np.concatenate([one["texts"] for one in found]), texts)


def test_pickled_objects_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.array([{}, 1], object))
    with pytest.raises(ValueError, match="expected an array of numbers or texts"):
        list(array_pieces(tmp_path / "a.npz", ("x",)))
