"""Keras's docstrings are read for summaries, prose and what they say about arguments."""

import keras

from graphstudio.engine.docstrings import arguments, prose, remarks, summary


class Documented:
    """Turns sequences around. Says so at length.

    Some more prose, over
    two lines.

    Example:

    >>> Documented(1)

    Args:
        axis: Integer: the axis to turn,
            counted from 0.
        **kwargs: what the base takes.

            A second paragraph.

    Call arguments:
        inputs: the sequences.

    Output shape:
        mode: is no argument.
    """


class Undocumented:
    pass


def test_the_summary_is_the_first_sentence() -> None:
    assert summary(Documented) == "Turns sequences around."
    assert summary(keras.layers.Dense) == "Just your regular densely-connected NN layer."


def test_the_prose_ends_where_the_sections_begin() -> None:
    text = prose(Documented)
    assert text.startswith("Turns sequences around.")
    assert text.endswith("two lines.")


def test_an_argument_has_all_its_lines_on_one() -> None:
    assert arguments(Documented) == {
        "axis": "Integer: the axis to turn, counted from 0.",
        "kwargs": "what the base takes. A second paragraph.",
    }


def test_other_sections_are_read_on_request() -> None:
    assert arguments(Documented, ("Call arguments",)) == {"inputs": "the sequences."}


def test_what_is_not_documented_says_nothing() -> None:
    assert summary(Undocumented) == ""
    assert prose(Undocumented) == ""
    assert arguments(Undocumented) == {}


def test_keras_describes_the_arguments_of_its_layers() -> None:
    assert arguments(keras.layers.Dense)["units"].startswith("Positive integer")


def test_the_remarks_are_what_describes_no_argument() -> None:
    said = remarks(Documented)
    assert said.startswith("### Example\n\n>>> Documented(1)")
    assert "### Output shape\n\nmode: is no argument." in said
    assert "axis" not in said
    assert "the sequences" not in said
