"""The documentation of an entry as Markdown."""

import pytest

from graphstudio.catalog.documentation import documentation
from graphstudio.catalog.entries import Entry, Kind, Parameter, Port
from graphstudio.catalog.search import HEAD, placeable
from graphstudio.catalog.shipped import shipped_catalog

CATALOG = shipped_catalog()


def test_it_tells_of_the_class_its_tensors_its_arguments_and_the_rest_in_this_order() -> None:
    text = documentation(CATALOG.layers["keras.layers.Conv2D"])
    parts = ("2D convolution layer.", "### Tensors", "**inputs** (4 or more axes)",
             "### Arguments", "**filters**:", "**strides** (`[1, 1]` by default)",
             "### Input shape", "### Example")  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_session_at_pythons_prompt_is_code_up_to_the_next_blank_line() -> None:
    entry = Entry(path="own.Twice", doc="It doubles.\n\n>>> Twice()(1)\n2\n\nAnd so on.")
    assert documentation(entry) == "It doubles.\n\n```\n>>> Twice()(1)\n2\n```\n\nAnd so on."


def test_a_session_in_a_fence_stays_as_it_is() -> None:
    doc = "```python\n>>> Twice()\n\n>>> Twice()\n```"
    assert documentation(Entry(path="own.Twice", doc=doc)) == doc


def test_what_is_optional_a_list_or_has_a_default_is_said() -> None:
    entry = Entry(
        path="own.Mix",
        summary="Mixes.",
        ports=(Port("inputs", variadic=True), Port("mask", optional=True, doc="What counts.")),
        parameters=(Parameter("rate", Kind.NUMBER, default=0.5, doc="How much."),),
    )
    assert documentation(entry) == (
        "Mixes.\n\n### Tensors\n\n- **inputs** (a list)\n- **mask** (optional): What counts."
        "\n\n### Arguments\n\n- **rate** (`0.5` by default): How much."
    )


@pytest.mark.parametrize("entry", [HEAD, *placeable(CATALOG)[1:4]])
def test_what_has_no_more_than_a_summary_says_that(entry: Entry) -> None:
    assert documentation(entry).startswith(entry.doc or entry.summary)


def test_every_fence_that_opens_closes() -> None:
    texts = {entry.path: documentation(entry) for entry in placeable(CATALOG)}
    fences = {path: sum(line.lstrip().startswith("```") for line in text.splitlines())
              for path, text in texts.items()}  # fmt: skip
    assert [path for path, count in fences.items() if count % 2] == []
