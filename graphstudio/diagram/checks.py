"""What can be said about a diagram without asking Keras: its links and its names.

Every check is a function from a diagram to its findings; :func:`check` runs them all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from msgspec.structs import replace

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity, worst_first
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.edits import taken_names
from graphstudio.diagram.graph import ancestors, cycles, islands
from graphstudio.diagram.hints import check_vocabularies
from graphstudio.diagram.names import (
    free_name,
    problem_with_layer_name,
    problem_with_tensor_name,
    safe_name,
)
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.ways_out import (
    feed_head,
    first_head,
    first_input,
    out_of_cycle,
    out_of_dead_end,
    remove,
    rewire_head,
)

Findings: TypeAlias = Iterator[Diagnostic]
Check: TypeAlias = Callable[[Diagram], Findings]

# Findings of a kind whose repairs are tried at once; who has more begins with these.
_TRIED = 20
# More ways out of one finding would have to be read before one is chosen.
MOST_REPAIRS = 3


def check(diagram: Diagram) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with links and names, nested models included, errors first.

    Each repair was tried on a copy: after it, its finding is gone.
    """
    found = [
        replace(finding, path=path)
        for path, inner in nested_diagrams(diagram)
        for finding in _check(inner)
    ]
    return worst_first(found)


def _check(diagram: Diagram) -> Findings:
    for one in _CHECKS:
        for number, finding in enumerate(one(diagram)):
            tried = number < _TRIED
            yield (
                _with_tried_repairs(diagram, one, finding)
                if tried
                else replace(finding, repairs=())
            )


def _with_tried_repairs(diagram: Diagram, one: Check, finding: Diagnostic) -> Diagnostic:
    def works(repair: Repair) -> bool:
        left = one(apply_repair(diagram, repair))
        return (finding.code, finding.node) not in {(other.code, other.node) for other in left}

    found = (one for one in finding.repairs if works(one))
    return replace(finding, repairs=tuple(islice(found, MOST_REPAIRS)))


def _check_presence(diagram: Diagram) -> Findings:
    for kind, there, repairs in (
        ("input", diagram.inputs, first_input(diagram)),
        ("head", diagram.heads, first_head(diagram)),
    ):
        if not there:
            yield Diagnostic(
                code=f"no-{kind}",
                severity=Severity.ERROR,
                message=f"The diagram has no {kind}: add one, so that there is a model to build.",
                expected=f"at least one {kind}",
                received="none",
                repairs=tuple(repairs),
            )


def _check_cycles(diagram: Diagram) -> Findings:
    for wires in cycles(diagram):
        nodes = [diagram.wires[key].source for key in wires]
        names = " → ".join(diagram.name_of(node) for node in [*nodes, nodes[0]])
        closing = wires[-1]
        yield Diagnostic(
            code="cycle",
            severity=Severity.ERROR,
            message=f"The wires form a cycle: {names}.",
            node=diagram.wires[closing].target,
            wires=wires,
            expected="wires that never lead back to where they began",
            received=names,
            repairs=tuple(out_of_cycle(diagram, wires)),
        )


def _check_heads(diagram: Diagram) -> Findings:
    for node_id, head in diagram.heads.items():
        if node_id not in diagram.incoming:
            message = f"The head {head.name!r} has no tensor: wire one to it."
            yield _unfed(node_id, message, tuple(feed_head(diagram, node_id)))
            continue
        sources = [
            i
            for i in sorted(ancestors(diagram, node_id))
            if isinstance(diagram.nodes[i], InputNode)
        ]
        if not sources:
            yield Diagnostic(
                code="disconnected-head",
                severity=Severity.ERROR,
                message=f"Graph disconnected: the head {head.name!r} depends on no input.",
                node=node_id,
                expected="a path from an input",
                received="none",
                repairs=(*rewire_head(diagram, node_id), remove(diagram, node_id, "the head ")),
            )
        for source in sources:
            yield from _check_source(diagram, node_id, source)


def _check_source(diagram: Diagram, head: NodeId, source: NodeId) -> Findings:
    node = diagram.nodes[source]
    if not isinstance(node, InputNode) or node.in_model:
        return
    head_name, name = diagram.name_of(head), node.name
    yield Diagnostic(
        code="disconnected-head",
        severity=Severity.ERROR,
        message=f"Graph disconnected: the head {head_name!r} depends on the input {name!r}, "
        "which is not among the model's inputs.",
        node=head,
        expected=f"{name!r} among the model's inputs",
        received=", ".join(n.name for n in diagram.inputs.values() if n.in_model) or "no inputs",
        repairs=(
            Repair(f"Add {name} to the model's inputs", "include_input", {"node_id": source}),
            *rewire_head(diagram, head),
            remove(diagram, head, "the head "),
        ),
    )


def _check_calls(diagram: Diagram) -> Findings:
    for node_id, node in diagram.nodes.items():
        if not isinstance(node, CallNode):
            continue
        name = diagram.name_of(node_id)
        if node_id not in diagram.incoming:
            message = f"{name!r} receives no tensor: wire one to it."
            yield _unfed(node_id, message, (remove(diagram, node_id),))
        elif node_id not in diagram.outgoing:
            yield Diagnostic(
                code="dead-end",
                severity=Severity.WARNING,
                message=f"{name!r} feeds nothing: no head depends on it.",
                node=node_id,
                expected="a wire to another layer or a head",
                received="none",
                repairs=tuple(out_of_dead_end(diagram, node_id)),
            )


def _check_inputs(diagram: Diagram) -> Findings:
    reached = ancestors(diagram, *diagram.heads)
    for node_id, node in diagram.inputs.items():
        if node_id not in reached:
            yield Diagnostic(
                code="unused-input",
                severity=Severity.ERROR,
                message=f"The input {node.name!r} reaches no head.",
                node=node_id,
                expected="a path to a head",
                received="none",
                repairs=(remove(diagram, node_id, "the input "),),
            )


def _check_islands(diagram: Diagram) -> Findings:
    for nodes in islands(diagram)[1:]:
        first = min(nodes)
        names = ", ".join(sorted(diagram.name_of(node) for node in nodes))
        yield Diagnostic(
            code="island",
            severity=Severity.WARNING,
            message=f"No wire joins {names} to the rest of the diagram.",
            node=first,
            expected="one connected diagram",
            received=f"{len(nodes)} nodes apart from the others",
        )


def _check_names(diagram: Diagram) -> Findings:
    wrong = problem_with_layer_name(diagram.name)
    if wrong:
        yield _bad_name(diagram, None, diagram.name, wrong)
    for calls in diagram.calls.values():
        name = diagram.name_of(calls[0])
        wrong = problem_with_layer_name(name)
        if wrong:
            yield _bad_name(diagram, calls[0], name, wrong)
    for node_id in (*diagram.inputs, *diagram.heads):
        name = diagram.name_of(node_id)
        wrong = problem_with_tensor_name(name)
        if wrong:
            yield _bad_name(diagram, node_id, name, wrong)


def _check_duplicates(diagram: Diagram) -> Findings:
    layers = [calls[0] for calls in diagram.calls.values()]
    for group in ([*diagram.inputs, *layers], list(diagram.heads)):
        owners: defaultdict[str, list[NodeId]] = defaultdict(list)
        for node_id in group:
            owners[diagram.name_of(node_id)].append(node_id)
        for name, nodes in owners.items():
            for node_id in nodes[1:] if name else ():
                yield _duplicate(diagram, node_id, name)


def _duplicate(diagram: Diagram, node_id: NodeId, name: str) -> Diagnostic:
    better = free_name(name, taken_names(diagram))
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


def _bad_name(diagram: Diagram, node: NodeId | None, name: str, expected: str) -> Diagnostic:
    better = free_name(safe_name(name), taken_names(diagram))
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


def _unfed(node_id: NodeId, message: str, repairs: tuple[Repair, ...]) -> Diagnostic:
    return Diagnostic(
        code="unconnected",
        severity=Severity.ERROR,
        message=message,
        node=node_id,
        expected="a wire",
        received="none",
        repairs=repairs,
    )


_CHECKS: tuple[Check, ...] = (
    _check_presence,
    _check_cycles,
    _check_heads,
    _check_calls,
    _check_inputs,
    _check_islands,
    _check_names,
    _check_duplicates,
    check_vocabularies,
)
