"""What can be said about a diagram without asking Keras: its links and its names.

Every check is a function from a diagram to its findings; :func:`check` runs them all. They look at
what is active alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.active import active
from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity, worst_first
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, Use
from graphstudio.diagram.graph import ancestors, cycles, descendants, islands
from graphstudio.diagram.hints import check_vocabularies
from graphstudio.diagram.name_checks import check_duplicates, check_names
from graphstudio.diagram.nesting import diagram_at, nested_diagrams
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.tables import share
from graphstudio.diagram.ways_out import (
    Nodes,
    dead_ends,
    feed_head,
    first_head,
    first_input,
    mute,
    out_of_cycle,
    out_of_dead_end,
    remove,
    rewire_head,
    sound_calls,
    taken_ids,
    unmute_head,
)

Findings: TypeAlias = Iterator[Diagnostic]
Check: TypeAlias = Callable[[Diagram], Findings]

# Findings of a kind whose repairs are tried; who has more begins with these.
_TRIED = 20
# More ways out of one finding would have to be read before one is chosen.
MOST_REPAIRS = 3


class Found(msgspec.Struct, frozen=True):
    """A finding, and ways out of it that nobody has tried yet.

    Attributes:
        finding: what is wrong; its repairs are still to be tried.
        diagram: where it was found: the whole one, or the nested one to which its path leads.
        check: which found it.
    """

    finding: Diagnostic
    diagram: Diagram
    check: Check

    @property
    def bare(self) -> Diagnostic:
        """The finding without ways out."""
        return replace(self.finding, repairs=())

    def tried(self) -> Diagnostic:
        """Return the finding with those ways out after which, on a copy, it is gone."""
        return next(found for found in self.tried_with_breaks() if found is not None)

    def tried_with_breaks(self) -> Iterator[Diagnostic | None]:
        """Yield none after each way out that was tried, and then what :meth:`tried` returns."""
        helping: list[Repair] = []
        for repair in self.finding.repairs:
            if len(helping) < MOST_REPAIRS and self._helps(repair):
                helping.append(repair)
            yield None
        yield replace(self.finding, repairs=tuple(helping))

    def _helps(self, repair: Repair) -> bool:
        repaired = apply_repair(self.diagram, repair)
        share(self.diagram, repaired)
        left = _findings(self.check, repaired)
        finding = self.finding
        return all((one.code, one.node) != (finding.code, finding.node) for one in left)


def check(diagram: Diagram) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with links and names, nested models included, errors first.

    Each repair was tried on a copy: after it, its finding is gone.
    """
    return worst_first(found.tried() for found in find(diagram))


def find(diagram: Diagram) -> Iterator[Found]:
    """Yield what :func:`check` returns, for those who cannot wait until all repairs are tried."""
    return (found for found in find_with_breaks(diagram) if found is not None)


def find_with_breaks(diagram: Diagram) -> Iterator[Found | None]:
    """Yield what :func:`find` does, and none after each check, whether or not it found anything.

    In a diagram of 10,000 nodes a check takes some milliseconds, and all of them a few frames.
    """
    for path, _ in nested_diagrams(active(diagram)):
        inner = diagram_at(diagram, path)
        for one in _CHECKS:
            for number, finding in enumerate(_findings(one, inner)):
                repairs = finding.repairs if number < _TRIED else ()
                yield Found(replace(finding, path=path, repairs=repairs), inner, one)
            yield None


def _findings(check: Check, diagram: Diagram) -> Findings:
    """Return what a check finds in the active part of a diagram."""
    part = active(diagram)
    muted = diagram.heads and not part.heads
    return _nothing_left(diagram) if muted and check is _check_presence else check(part)


def _nothing_left(diagram: Diagram) -> Findings:
    """Yield that muting has left no head."""
    yield Diagnostic(
        code="muted-heads",
        severity=Severity.ERROR,
        message="Every head is muted or needs something that is: there is no model to build.",
        expected="at least one head that is in the model",
        received="none",
        repairs=tuple(repair for head in diagram.heads for repair in unmute_head(diagram, head)),
    )


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
    fed = descendants(diagram, *diagram.inputs)
    left_out = _heads_of_inputs_left_out(diagram)
    # Looked for once a check, and only where a head needs one of them.
    ends = cache(lambda: dead_ends(diagram))
    sound = cache(lambda: sound_calls(diagram))
    for node_id, head in diagram.heads.items():
        if node_id not in diagram.incoming:
            message = f"The head {head.name!r} has no tensor: wire one to it."
            yield _unfed(node_id, message, tuple(feed_head(diagram, node_id, ends)))
        elif node_id not in fed:
            yield Diagnostic(
                code="disconnected-head",
                severity=Severity.ERROR,
                message=f"Graph disconnected: the head {head.name!r} depends on no input.",
                node=node_id,
                expected="a path from an input",
                received="none",
                repairs=(
                    *rewire_head(diagram, node_id, sound),
                    remove(diagram, node_id, "the head "),
                ),
            )
        for source in left_out.get(node_id, ()):
            yield _left_out(diagram, node_id, source, sound)


def _heads_of_inputs_left_out(diagram: Diagram) -> Mapping[NodeId, Sequence[NodeId]]:
    """Return, for each head, the inputs that it depends on and that are not in the model."""
    table: dict[NodeId, list[NodeId]] = {}
    for source in sorted(key for key, node in diagram.inputs.items() if not node.in_model):
        for head in diagram.heads.keys() & descendants(diagram, source):
            table.setdefault(head, []).append(source)
    return table


def _left_out(diagram: Diagram, head: NodeId, source: NodeId, sound: Nodes) -> Diagnostic:
    head_name, name = diagram.name_of(head), diagram.name_of(source)
    return Diagnostic(
        code="disconnected-head",
        severity=Severity.ERROR,
        message=f"Graph disconnected: the head {head_name!r} depends on the input {name!r}, "
        "which is not among the model's inputs.",
        node=head,
        expected=f"{name!r} among the model's inputs",
        received=", ".join(n.name for n in diagram.inputs.values() if n.in_model) or "no inputs",
        repairs=(
            Repair(f"Add {name} to the model's inputs", "include_input", {"node_id": source}),
            *rewire_head(diagram, head, sound),
            remove(diagram, head, "the head "),
        ),
    )


def _check_calls(diagram: Diagram) -> Findings:
    taken = taken_ids(diagram)
    for node_id, node in diagram.nodes.items():
        if not isinstance(node, CallNode):
            continue
        name = diagram.name_of(node_id)
        if node_id not in diagram.incoming:
            bypassed = node.use is Use.BYPASSED
            message = f"{name!r} receives no tensor: wire one to it."
            if bypassed:
                message = f"{name!r} is bypassed, and has no tensor to give on: wire one to it."
            mutings = [mute(diagram, node_id)] if bypassed else []
            yield _unfed(node_id, message, (*mutings, remove(diagram, node_id)))
        elif node_id not in diagram.outgoing:
            yield Diagnostic(
                code="dead-end",
                severity=Severity.WARNING,
                message=f"{name!r} feeds nothing: no head depends on it.",
                node=node_id,
                expected="a wire to another layer or a head",
                received="none",
                repairs=tuple(out_of_dead_end(diagram, node_id, taken)),
            )


def _check_inputs(diagram: Diagram) -> Findings:
    reached = ancestors(diagram, *diagram.heads)
    for node_id, node in diagram.inputs.items():
        if node_id not in reached:
            yield Diagnostic(
                code="unused-input",
                # What is not among the model's inputs can stay unused.
                severity=Severity.ERROR if node.in_model else Severity.WARNING,
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
    check_names,
    check_duplicates,
    check_vocabularies,
)
