"""The parameter that says whether nodes take part in the model."""

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram.diagram import Use

_DOC = (
    "Whether it takes part in the model. What is muted is left out, with all that needs it (Ctrl+M)"
)
USE = Parameter(
    name="use",
    kind=Kind.CHOICE,
    default=Use.ACTIVE.value,
    choices=tuple(use.value for use in Use),
    doc=f"{_DOC}; what is bypassed gives on what it receives (Ctrl+B).",
)
# Inputs and heads give on nothing.
USE_OF_END = Parameter(
    name="use",
    kind=Kind.CHOICE,
    default=Use.ACTIVE.value,
    choices=(Use.ACTIVE.value, Use.MUTED.value),
    doc=f"{_DOC}.",
)
