"""What can be said about the names in a diagram without asking Keras."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterator

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, NodeId
from graphstudio.diagram.edits import rename, taken_names
from graphstudio.diagram.names import (
    free_name,
    problem_with_layer_name,
    problem_with_tensor_name,
    safe_name,
)


def check_names(diagram: Diagram) -> Iterator[Diagnostic]:
    """Yield an error for each name that Keras or TensorFlow cannot work with."""
    taken = taken_names(diagram)
    wrong = problem_with_layer_name(diagram.name)
    if wrong:
        yield _bad_name(None, diagram.name, wrong, taken)
    for calls in diagram.calls.values():
        name = diagram.name_of(calls[0])
        wrong = problem_with_layer_name(name)
        if wrong:
            yield _bad_name(calls[0], name, wrong, taken)
    for node_id in (*diagram.inputs, *diagram.heads):
        name = diagram.name_of(node_id)
        wrong = problem_with_tensor_name(name)
        if wrong:
            yield _bad_name(node_id, name, wrong, taken)


def check_duplicates(diagram: Diagram) -> Iterator[Diagnostic]:
    """Yield an error for each node whose name another one had before it."""
    taken = taken_names(diagram)
    layers = [calls[0] for calls in diagram.calls.values()]
    for group in ([*diagram.inputs, *layers], list(diagram.heads)):
        owners: defaultdict[str, list[NodeId]] = defaultdict(list)
        for node_id in group:
            owners[diagram.name_of(node_id)].append(node_id)
        for name, nodes in owners.items():
            for node_id in nodes[1:] if name else ():
                yield _duplicate(diagram, node_id, taken)


def problem_with_name(diagram: Diagram, node_id: NodeId, name: str) -> str | None:
    """Return the sentence that a node would get for another name; none if the name is good."""
    named = rename(diagram, node_id, name)
    same = _called_alike(named, node_id)
    found = (*check_names(named), *check_duplicates(named))
    about = (one.message for one in found if one.node in same or one.received == name)
    return next(about, None) if name != diagram.name_of(node_id) else None


def _called_alike(diagram: Diagram, node_id: NodeId) -> Collection[NodeId]:
    """Return the calls of the layer that a node calls, or the node itself."""
    node = diagram.nodes[node_id]
    return diagram.calls[node.layer] if isinstance(node, CallNode) else (node_id,)


def _duplicate(diagram: Diagram, node_id: NodeId, taken: Collection[Container[str]]) -> Diagnostic:
    name = diagram.name_of(node_id)
    better = free_name(name, *taken)
    kind = "heads" if isinstance(diagram.nodes[node_id], HeadNode) else "layers or inputs"
    return Diagnostic(
        code="duplicate-name",
        severity=Severity.ERROR,
        message=f"Two {kind} are named {name!r}.",
        node=node_id,
        expected="a name of its own",
        received=name,
        repairs=(Repair(f"Rename to {better}", "rename", {"node_id": node_id, "name": better}),),
    )


def _bad_name(
    node: NodeId | None, name: str, expected: str, taken: Collection[Container[str]]
) -> Diagnostic:
    better = free_name(safe_name(name), *taken)
    edit, arguments = ("rename_model", {}) if node is None else ("rename", {"node_id": node})
    repair = Repair(f"Rename to {better}", edit, {**arguments, "name": better})
    return Diagnostic(
        code="invalid-name" if name else "missing-name",
        severity=Severity.ERROR,
        message=f"The name {name!r} cannot be used: expected {expected}."
        if name
        else f"{'The model' if node is None else 'A node'} has no name.",
        node=node,
        expected=expected,
        received=name,
        repairs=(repair,),
    )
