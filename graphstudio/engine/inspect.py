"""Shapes, dtypes and parameters of a diagram, asked of Keras itself.

Each call is made once on symbolic tensors, with weights that have shapes but take no memory.
Answers are kept: an edit costs what it changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.class_checks import check_classes
from graphstudio.code.plan import outline
from graphstudio.code.steps import CallStep, HeadStep, InputStep, Plan, TensorRef
from graphstudio.diagram.active import active, in_use
from graphstudio.diagram.checks import find
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import Diagram, Layer, LayerId, NodeId
from graphstudio.diagram.nesting import LayerPath, diagram_at, nested_diagrams
from graphstudio.diagram.pages import as_dict
from graphstudio.diagram.values import OWN
from graphstudio.engine.answer import Answer, ask, specs_of
from graphstudio.engine.build import BuildError, check_head, make_input, pick
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason, refusal, refused_part
from graphstudio.engine.nested_answer import answer_from_inside, totals
from graphstudio.engine.own_code import located, prepare, untrusted_part
from graphstudio.protocol import Inspected, NodeInfo

# Answers that are kept: enough for a few states of the largest diagrams.
_KEPT = 8192
# What stands in the key of a question about something that names own code.
_OWN_MARK = b'"own.'
Kept = TypeVar("Kept")


class Inspector:
    """Answers for diagrams, and remembers what it was told.

    Args:
        catalog: the classes that diagrams can hold.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._answers: dict[bytes, Answer] = {}
        self._checked_heads: dict[bytes, tuple[Diagnostic, ...]] = {}
        self._code = ("", False)
        self._own = prepare("", trusted=False)
        self._known = catalog

    def inspect(
        self, diagram: Diagram, request: int = 0, *, code: str = "", trusted: bool = False
    ) -> Inspected:
        """Return what Keras says about every call that can be made, in nested models too.

        A call that Keras refuses is a diagnostic; the calls that depend on it are left out. Of
        what is not active nothing is said, but that a skipped call gives a tensor on.

        Args:
            diagram: the diagram.
            request: number that the answer repeats.
            code: the project's own code.
            trusted: whether the user has agreed that it runs. Without, calls that need it are
                left out, and a diagnostic says so.
        """
        self._take_code(code, trusted=trusted)
        classes = check_classes(diagram, self._known)
        found = _Found([*self._own.findings, *self._without_own(classes)])
        plan = outline(diagram, self._known)
        self._walk(plan, (), found)
        total, trainable = totals(active(diagram), plan, found.nodes)
        found.take_given_on(diagram)
        return Inspected(
            id=request,
            nodes=found.nodes,
            diagnostics=tuple(found.diagnostics),
            total_params=total,
            trainable_params=trainable,
        )

    def _take_code(self, code: str, *, trusted: bool) -> None:
        """Make the project's own code what diagrams name from now on, if it is another one."""
        if (code, trusted) != self._code:
            self._code = (code, trusted)
            self._known = with_own(self._catalog, code)
            self._own = prepare(code, trusted=trusted)

    def _walk(self, plan: Plan, path: LayerPath, found: "_Found") -> None:
        """Find out what can be known about the plan of a diagram that lies at a path."""
        tensors: dict[NodeId, Any] = {}
        history: dict[LayerId, bytes] = {}
        for step in plan.inputs:
            found.take(path, self._inspect_input(step, tensors, found.nodes))
        for call in plan.calls:
            sound = call.inner is None or self._walk_inside(call, path, found)
            if not sound or not call.is_whole or not _known(call, tensors):
                continue
            answer = answer_from_inside(call, found.nodes) or self._ask(
                call, tensors, found.nodes, history
            )
            if answer is None:
                found.take(path, self._not_run(call.layer.name, call.id))
                continue
            if answer.error is not None:
                finding = refusal(answer.error, call, tensors)
                found.take(path, [located(finding, answer.error, call)])
                continue
            tensors[call.id], found.nodes[call.id] = answer.outputs, answer.info
        for head in plan.heads:
            found.take(path, self._inspect_head(head, plan, tensors, found.nodes))

    def _walk_inside(self, step: CallStep, path: LayerPath, found: "_Found") -> bool:
        """Find out about the nested model of a call; return whether it is one."""
        if step.inner is None or step.layer.diagram is None:
            return True
        inside = (*path, step.layer_id)
        if step.first:
            self._walk(step.inner, inside, found)
        linked = (one.bare for one in find(step.layer.diagram))
        links = (one for one in linked if one.severity is Severity.ERROR)
        problems = [*found.errors_in(inside), *links]
        if problems and step.first:
            found.take(path, [_problem_inside(step, problems)])
        return not problems

    def _inspect_input(
        self, step: InputStep, tensors: dict[NodeId, Any], nodes: dict[NodeId, NodeInfo]
    ) -> Iterable[Diagnostic]:
        try:
            tensors[step.id] = make_input(step)
        except KERAS_ERRORS as error:
            yield Diagnostic(
                code="refused",
                severity=Severity.ERROR,
                message=f"{step.node.name}: {reason(error)}",
                node=step.id,
                expected="arguments that keras.Input takes",
                received=msgspec.json.encode(step.node.config).decode(),
            )
            return
        nodes[step.id] = NodeInfo(outputs=specs_of(tensors[step.id]))

    def _inspect_head(
        self,
        head: HeadStep,
        plan: Plan,
        tensors: Mapping[NodeId, Any],
        nodes: dict[NodeId, NodeInfo],
    ) -> Iterable[Diagnostic]:
        if not plan.is_nested:
            yield from self._check_head(head)
        if head.tensor.node not in tensors:
            return
        try:
            nodes[head.id] = NodeInfo(outputs=specs_of(pick(tensors, head.tensor)))
        except ValueError as error:
            yield refused_part(error, head.node.name, "a tensor", head.id)

    def _check_head(self, head: HeadStep) -> tuple[Diagnostic, ...]:
        """Return what Keras says against a head's loss and metrics."""
        asked = self._with_own(_key([head.id, head.node.name, head.node.loss, head.node.metrics]))
        if asked is None:
            return self._not_run(head.node.name, head.id)
        key = asked
        if key not in self._checked_heads:
            try:
                check_head(head)
                found: tuple[Diagnostic, ...] = ()
            except BuildError as error:
                found = error.diagnostics
            _keep(self._checked_heads, key, found)
        return self._checked_heads[key]

    def _ask(
        self,
        step: CallStep,
        tensors: Mapping[NodeId, Any],
        nodes: Mapping[NodeId, NodeInfo],
        history: dict[LayerId, bytes],
    ) -> Answer | None:
        """Return the answer to a call, given the calls of the same layer that came before it.

        There is none to one that needs own code which does not run.
        """
        before = history.get(step.layer_id) or _key([_meaning(step.layer), step.is_shared])
        key = self._with_own(before + _key([step.node.arguments, _argument_specs(step, nodes)]))
        if key is None:
            return None
        history[step.layer_id] = key
        # The newest stand last, so that what is dropped is what was not asked for the longest.
        answer = self._answers.pop(key, None) or ask(step, tensors, self._answers.get(before))
        _keep(self._answers, key, answer)
        return answer

    def _with_own(self, key: bytes) -> bytes | None:
        """Return the key of a question, told apart by the own code that it names.

        There is none if that code does not run.
        """
        if _OWN_MARK not in key:
            return key
        return key + self._own.key if self._own.runs else None

    def _without_own(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Leave out that own classes are unknown where the code that defines them is no Python."""
        for one in found:
            if not (self._own.findings and (one.received or "").startswith(OWN)):
                yield one

    def _not_run(self, name: str, node: NodeId) -> tuple[Diagnostic, ...]:
        """Return what is said of a node that needs own code; what is wrong in it is said once."""
        return () if self._own.findings else (untrusted_part(name, node),)


class _Found:
    """What is found out about a diagram and the ones inside of it.

    Attributes:
        diagnostics: the findings, each with the path to its diagram.
        nodes: what is known about nodes.
    """

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        self.nodes: dict[NodeId, NodeInfo] = {}

    def take(self, path: LayerPath, diagnostics: Iterable[Diagnostic]) -> None:
        """Take findings about the diagram that lies at a path."""
        self.diagnostics += [replace(one, path=path) for one in diagnostics]

    def take_given_on(self, diagram: Diagram) -> None:
        """Take the tensors that skipped calls give on, in nested models too."""
        for path, _ in nested_diagrams(active(diagram)):
            for node, given in in_use(diagram_at(diagram, path)).given_on.items():
                info = self.nodes.get(given.node, NodeInfo())
                outputs = info.outputs[given.output : given.output + 1]
                if outputs:
                    self.nodes[node] = NodeInfo(outputs)

    def errors_in(self, path: LayerPath) -> Iterator[Diagnostic]:
        """Yield the errors of the diagram at a path and of those inside of it."""
        for one in self.diagnostics:
            if one.severity is Severity.ERROR and one.path[: len(path)] == path:
                yield one


def _problem_inside(step: CallStep, problems: Sequence[Diagnostic]) -> Diagnostic:
    count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
    return Diagnostic(
        code="problem-inside",
        severity=Severity.ERROR,
        message=f"{step.layer.name!r} has {count} inside: {problems[0].message}",
        node=step.id,
        expected="a model that can be built",
        received=count,
    )


def _meaning(layer: Layer) -> Any:
    """Return a layer as plain values, without the places of nested nodes, which mean nothing."""
    inner = layer.diagram
    if inner is None:
        return layer
    layers = {key: _meaning(inner.layers[key]) for key in inner.calls}
    # As a list, since the order of inputs and heads is that of the ports and outputs.
    nodes = list(inner.nodes.items())
    return [layer.class_name, layer.name, layer.config, layers, nodes, inner.wires]


def _known(step: CallStep, tensors: Mapping[NodeId, Any]) -> bool:
    return all(ref.node in tensors for ref in step.refs)


def _keep(answers: dict[bytes, Kept], key: bytes, answer: Kept) -> None:
    """Keep an answer as the newest, and drop the oldest where there are too many."""
    answers[key] = answer
    if len(answers) > _KEPT:
        answers.pop(next(iter(answers)))


def _argument_specs(step: CallStep, nodes: Mapping[NodeId, NodeInfo]) -> list[Any]:
    ports = [[port, isinstance(arg, TensorRef)] for port, arg in step.tensors.items()]
    return [ports, [[nodes[ref.node].outputs, ref.output] for ref in step.refs]]


def _key(value: Any) -> bytes:
    return msgspec.json.encode(value, order="deterministic", enc_hook=as_dict)
