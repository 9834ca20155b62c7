"""The parameter that says whether nodes take part in the model."""

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram.diagram import Use
from graphstudio.studio.shortcuts import with_keys


def use_parameter(*, ends: bool) -> Parameter:
    """Return the parameter; that of inputs and heads, which give on nothing, has a choice less.

    Args:
        ends: whether inputs or heads are among the nodes.
    """
    muted = with_keys("What is muted is left out, with all that needs it", "mute")
    bypassed = with_keys("what is bypassed gives on what it receives", "bypass")
    said = f"Whether it takes part in the model. {muted}"
    uses = [use for use in Use if not (ends and use is Use.BYPASSED)]
    return Parameter(
        name="use",
        kind=Kind.CHOICE,
        default=Use.ACTIVE.value,
        choices=tuple(use.value for use in uses),
        doc=f"{said}." if ends else f"{said}; {bypassed}.",
    )
