"""What Keras refuses is told in one sentence, with shapes, that a beginner can read."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.engine.inspect import Inspector
from tests.code.projects import layer
from tests.engine.test_repairs import REFUSED, joined, one

INSPECTOR = Inspector(shipped_catalog())
# What only someone who knows Keras's code can read.
_JARGON = ("ndim", "KerasTensor", "NodeDef", "Exception encountered", "name 'None'", "\x1b")


def refusal(name: str) -> Diagnostic:
    (finding,) = INSPECTOR.inspect(REFUSED[name]).diagnostics
    return finding


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_one_plain_sentence_with_what_was_expected_and_received(name: str) -> None:
    finding = refusal(name)
    assert finding.message.startswith("l: ")
    assert "\n" not in finding.message
    assert not any(word in finding.message for word in _JARGON)
    assert finding.expected
    assert finding.received
    assert "Traceback" in (finding.detail or "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "a recurrent layer on vectors",
            (
                "l: expected a tensor of 3 dimensions, the batch included; "
                "received (None, 64) float32."
            ),
        ),
        (
            "an add of two images",
            (
                "l: expected tensors of matching shapes; "
                "received (None, 16, 16, 128) float32 and (None, 32, 32, 64) float32."
            ),
        ),
        (
            "a window that is too large",
            (
                "l: expected tensors at least as large as the window; "
                "received (None, 4, 4, 3) float32 with filters=3, kernel_size=7."
            ),
        ),
        (
            "an axis that is not there",
            (
                "l: BatchNormalization cannot take (None, 16, 3) float32 with axis=7 "
                "(tuple index out of range)."
            ),
        ),
        (
            "bytes into a convolution",
            (
                "l: expected a tensor of another dtype, such as float32; "
                "received (None, 8, 8, 3) uint8 with filters=3, kernel_size=3."
            ),
        ),
    ],
)
def test_tensors_are_told_with_shape_and_dtype(name: str, message: str) -> None:
    assert refusal(name).message == message


def test_an_argument_is_told_by_its_name_and_value() -> None:
    finding = refusal("a negative number")
    assert (finding.expected, finding.received) == ("a positive integer", "units=-1")


@pytest.mark.parametrize(
    ("class_name", "shape", "dtype"),
    [
        ("Flatten", (4, 4), "string"),
        ("Dropout", (4,), "int32"),
        ("Rescaling", (8, 8, 3), "uint8"),
        ("BatchNormalization", (4,), "int32"),
        ("MaxPooling1D", (4, 4), "int32"),
    ],
)
def test_a_dtype_that_works_is_not_refused(
    class_name: str, shape: tuple[int, ...], dtype: str
) -> None:
    config = {"Rescaling": {"scale": 0.1}, "Dropout": {"rate": 0.1}}.get(class_name, {})
    drawn = one(layer(class_name, "l", **config), shape, dtype)
    assert INSPECTOR.inspect(drawn).diagnostics == ()


def test_the_tensors_of_a_join_are_told_in_their_order() -> None:
    (finding,) = INSPECTOR.inspect(joined("Add", (3,), (4,))).diagnostics
    assert finding.received == "(None, 3) float32 and (None, 4) float32"
