"""Repairs: edits by name, so that a finding can carry its ways out as plain values."""

from collections.abc import Callable, Mapping, Sequence

from graphstudio.diagram import edits, insertions
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import Diagram, LayerId
from graphstudio.diagram.nesting import edit_inside

_EDITS: Mapping[str, Callable[..., Diagram]] = {
    edit.__name__: edit
    for edit in (
        edits.include_input,
        edits.remove_nodes,
        edits.remove_wires,
        edits.rename,
        edits.rename_model,
        edits.reset_argument,
        edits.reset_parameter,
        edits.set_argument,
        edits.set_class,
        edits.set_parameter,
        edits.set_use,
        insertions.attach_head,
        insertions.connect,
        insertions.insert_layers,
        insertions.place_input,
        insertions.swap_parameters,
    )
}


def apply_repair(diagram: Diagram, repair: Repair, path: Sequence[LayerId] = ()) -> Diagram:
    """Return the repaired diagram.

    Args:
        diagram: the diagram.
        repair: the edit.
        path: the nested models to open to come to the diagram that the repair edits.

    Raises:
        ValueError: the repair names no edit.
    """
    edit = _EDITS.get(repair.edit)
    if edit is None:
        expected = ", ".join(sorted(_EDITS))
        raise ValueError(f"Expected a repair by one of {expected}; received {repair.edit!r}.")
    return edit_inside(diagram, path, lambda inner: edit(inner, **repair.arguments))
