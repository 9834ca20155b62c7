"""Ways out of what is wrong with a diagram, each tried on a copy before it is offered.

Candidates are general: layers that could stand in a wire, other values of arguments, wires from
what is near. Whether one helps is asked of Keras and of the checks, by inspecting the edited copy.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.diagram.active import active
from graphstudio.diagram.checks import MOST_REPAIRS, check
from graphstudio.diagram.diagnostics import Diagnostic, Remedy, Repair, Severity
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId
from graphstudio.diagram.nesting import diagram_at, nested_diagrams
from graphstudio.diagram.repairs import apply_repair
from graphstudio.engine.connection_repairs import connection_repairs
from graphstudio.engine.insertion_repairs import insertion_repairs
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.parameter_repairs import parameter_repairs
from graphstudio.engine.refused_call import RefusedCall, neighbourhood, refused_call
from graphstudio.protocol import Inspect, Inspected

# Findings whose ways out are looked for; who has more begins with these.
_SOUGHT = 20
_Key: TypeAlias = tuple[str, NodeId | None, tuple[LayerId, ...]]


class _Trial(NamedTuple):
    """What became of a repair on a copy.

    Attributes:
        helps: whether its finding is gone.
        uncovers: whether other errors are there that were not before.
    """

    helps: bool
    uncovers: bool


class Repairer:
    """Finds ways out.

    Args:
        inspector: asked about each copy; what it remembers makes a trial cost what it changes.
        catalog: what diagrams can hold.
    """

    def __init__(self, inspector: Inspector, catalog: Catalog) -> None:
        self._inspector = inspector
        self._catalog = catalog

    def remedies(
        self,
        question: Inspect,
        answer: Inspected,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> tuple[Remedy, ...] | None:
        """Return ways out of the findings about a diagram, for those that have any.

        After each repair its finding is gone and there is no new error; where everything that
        helps uncovers an error further on, which was hidden by this one, that is offered.

        Args:
            question: what was asked about the diagram.
            answer: what was answered.
            interrupted: asked before each trial; once it says yes, the answer is None.
        """
        case = _Case(question, answer, self._inspector, with_own(self._catalog, question.code))
        found = []
        for finding in case.findings[:_SOUGHT]:
            repairs = case.repairs(finding, interrupted)
            if repairs is None:
                return None
            if repairs:
                found.append(_remedy(finding, repairs))
        return tuple(found)


class _Case:
    """One diagram with what is wrong with it."""

    def __init__(
        self, question: Inspect, answer: Inspected, inspector: Inspector, catalog: Catalog
    ) -> None:
        self._question = question
        self._answer = answer
        self._inspector = inspector
        self._catalog = catalog
        checked = check(question.diagram)
        self.findings = (*answer.diagnostics, *checked)
        self._errors = _errors(self.findings)
        self._taken = _ids(question.diagram)

    def repairs(
        self, finding: Diagnostic, interrupted: Callable[[], bool]
    ) -> tuple[Repair, ...] | None:
        """Return the best ways out of a finding; None once a trial is interrupted."""
        good: list[Repair] = []
        uncovering: list[Repair] = []
        candidates, may_help = self._candidates(finding)
        for repair in candidates:
            if interrupted():
                return None
            if any(_alike(repair, other) for other in good) or not may_help(repair):
                continue
            trial = self._try(finding, repair)
            if trial.helps:
                (uncovering if trial.uncovers else good).append(repair)
            if len(good) == MOST_REPAIRS:
                break
        return tuple(good or uncovering[:MOST_REPAIRS])

    def _candidates(self, finding: Diagnostic) -> tuple[Iterator[Repair], Callable[[Repair], bool]]:
        """Return what may be tried, and a quick question that leaves little to try in full."""
        diagram = diagram_at(self._question.diagram, finding.path)
        nodes = dict(self._answer.nodes)
        if finding.code != "refused":
            return connection_repairs(diagram, finding, self._catalog, nodes), lambda _: True
        refused = refused_call(active(diagram), finding, nodes, self._catalog, self._taken)
        if refused is None:
            return iter(()), lambda _: False
        small = neighbourhood(refused, nodes)
        return (
            chain(parameter_repairs(refused), insertion_repairs(refused, nodes)),
            partial(self._helps_nearby, refused, small),
        )

    def _helps_nearby(self, refused: RefusedCall, small: Diagram, repair: Repair) -> bool:
        """Return whether a repair helps where the call stands alone with what feeds it."""
        try:
            edited = apply_repair(small, repair)
        except KeyError:
            # It edits something further away.
            return True
        return refused.node_id in self._inspect(edited).nodes

    def _try(self, finding: Diagnostic, repair: Repair) -> _Trial:
        edited = apply_repair(self._question.diagram, repair, finding.path)
        inspected = self._inspect(edited)
        left = (*inspected.diagnostics, *check(edited))
        keys = {(one.code, one.node, one.path, one.port) for one in left}
        key = (finding.code, finding.node, finding.path, finding.port)
        return _Trial(helps=key not in keys, uncovers=not _errors(left) <= self._errors)

    def _inspect(self, diagram: Diagram) -> Inspected:
        question = self._question
        with warnings.catch_warnings():
            # What Keras warns of in a copy that nobody sees would be taken for the diagram's.
            warnings.simplefilter("ignore")
            return self._inspector.inspect(diagram, code=question.code, trusted=question.trusted)


def _remedy(finding: Diagnostic, repairs: tuple[Repair, ...]) -> Remedy:
    return Remedy(
        code=finding.code,
        node=finding.node,
        path=finding.path,
        port=finding.port,
        repairs=repairs,
    )


def _errors(findings: Iterable[Diagnostic]) -> set[_Key]:
    return {(one.code, one.node, one.path) for one in findings if one.severity is Severity.ERROR}


def _ids(diagram: Diagram) -> frozenset[str]:
    """Return the ids of every record of a project."""
    return frozenset(
        key
        for _, inner in nested_diagrams(diagram)
        for table in (inner.nodes, inner.layers, inner.wires)
        for key in table
    )


def _alike(one: Repair, other: Repair) -> bool:
    """Return whether two repairs differ in nothing that a person would choose by."""
    return one.edit == other.edit and _what(one.arguments) == _what(other.arguments)


def _what(arguments: Mapping[str, object]) -> object:
    """Return what a repair inserts or sets, without how much of it."""
    insertions = arguments.get("insertions")
    if isinstance(insertions, list):
        return [(one["wire_id"], one["class_name"]) for one in insertions]
    return {name: value for name, value in arguments.items() if name != "value"}
