"""Repairs: edits by name, so that a finding can carry its ways out as plain values."""

from collections.abc import Callable, Mapping

from graphstudio.diagram import edits
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import Diagram

_EDITS: Mapping[str, Callable[..., Diagram]] = {
    edit.__name__: edit
    for edit in (
        edits.include_input,
        edits.remove_nodes,
        edits.remove_wires,
        edits.rename,
        edits.rename_model,
        edits.reset_parameter,
        edits.set_parameter,
    )
}


def apply_repair(diagram: Diagram, repair: Repair) -> Diagram:
    """Return the repaired diagram.

    Raises:
        ValueError: the repair names no edit.
    """
    edit = _EDITS.get(repair.edit)
    if edit is None:
        expected = ", ".join(sorted(_EDITS))
        raise ValueError(f"Expected a repair by one of {expected}; received {repair.edit!r}.")
    return edit(diagram, **repair.arguments)
