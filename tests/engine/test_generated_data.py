"""Generated data is what it says, the same each time, and the same as the script's."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.code.generated_source import generated_constants, generating_functions
from graphstudio.code.source import lay_out_assignment
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.engine.generated_data import draw_columns

SOURCE = GeneratedSource(
    samples=500,
    columns={
        "image": Column(values=Draw.UNIFORM, shape=(4, 4, 1)),
        "age": Column(values=Draw.UNIFORM, low=18.0, high=90.5),
        "noise": Column(values=Draw.NORMAL, shape=(3,)),
        "count": Column(values=Draw.INTEGERS, shape=(2,), low=-1.0, high=5.0),
        "kind": Column(values=Draw.ONE_HOT, shape=(2, 6)),
        "text": Column(values=Draw.WORDS),
        "tags": Column(values=Draw.WORDS, shape=(2, 3), words=1),
    },
)


def written(source: GeneratedSource) -> Any:
    """Return what the code of the exported script draws."""
    constants = generated_constants(source).items()
    lines = ["import numpy as np", "Columns = dict[str, np.ndarray]"]
    lines += [lay_out_assignment(name, value) for name, value in constants]
    names: dict[str, Any] = {}
    code = "\n\n".join([*lines, *generating_functions(source)])
    exec(compile(code, "script", "exec"), names)  # noqa: S102 - the script itself
    return names["generate_data"]()


def test_the_script_draws_the_very_same_arrays() -> None:
    ours, theirs = draw_columns(SOURCE), written(SOURCE)
    assert set(ours) == set(theirs) == set(SOURCE.columns)
    for name, column in ours.items():
        assert column.dtype == theirs[name].dtype
        np.testing.assert_array_equal(column, theirs[name])


def test_what_a_script_does_not_draw_is_not_written() -> None:
    plain = replace(SOURCE, columns={"age": SOURCE.columns["age"]})
    assert "WORDS" not in generated_constants(plain)
    assert len(generating_functions(plain)) == 1
    assert list(written(plain)) == ["age"]


def test_the_seed_alone_decides_and_not_the_order_of_the_columns() -> None:
    turned = replace(SOURCE, columns=dict(reversed(list(SOURCE.columns.items()))))
    reseeded = replace(SOURCE, seed=1)
    for name, column in draw_columns(SOURCE).items():
        np.testing.assert_array_equal(column, draw_columns(turned)[name])
        assert not np.array_equal(column, draw_columns(reseeded)[name])


def test_every_column_holds_what_it_says() -> None:
    columns = draw_columns(SOURCE)
    for name, column in columns.items():
        assert column.shape == (500, *SOURCE.columns[name].shape)
    assert columns["image"].dtype == columns["noise"].dtype == columns["kind"].dtype == "float32"
    assert columns["image"].min() >= 0
    assert 0.9 < columns["image"].max() < 1
    assert 18 <= columns["age"].min() < 20
    assert 88 < columns["age"].max() < 90.5
    assert columns["noise"].std() == pytest.approx(1, abs=0.1)
    assert set(columns["count"].flat) == {-1, 0, 1, 2, 3, 4}
    assert set(columns["kind"].sum(axis=-1).flat) == {1}
    assert {len(text.split()) for text in columns["text"]} == {8}
    assert {len(text.split()) for text in columns["tags"].flat} == {1}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"values": Draw.UNIFORM, "low": 2.0}, "low below high; received low 2.0 and high 1.0"),
        ({"values": Draw.UNIFORM, "high": float("inf")}, "numbers up to"),
        ({"values": Draw.UNIFORM, "low": float("nan")}, "numbers up to"),
        ({"values": Draw.INTEGERS, "high": 2.5}, "expected whole numbers; received low 0.0"),
        ({"values": Draw.ONE_HOT}, "ends in the number of classes; received ()"),
    ],
)
def test_what_cannot_be_drawn_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        Column(**fields)
