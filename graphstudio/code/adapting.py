"""Layers that learn their state from the data before training: which, in what order, from what."""

from collections.abc import Iterator, Mapping

import msgspec

from graphstudio.code.plan import PlanError
from graphstudio.code.steps import CallStep, Plan, TensorRef
from graphstudio.diagram.diagnostics import Diagnostic, Severity


class Adapting(msgspec.Struct, frozen=True):
    """A layer to adapt, by its first call.

    Attributes:
        step: the call.
        path: names of the nested models that it stands in, the outermost first.
        input: the model's input that the layer reads as it is; none where others come before it.
        columns: for each input of the nested model, the model's input that it reads as it is.
    """

    step: CallStep
    path: tuple[str, ...]
    input: str | None
    columns: Mapping[str, str]


def adapting(plan: Plan) -> tuple[Adapting, ...]:
    """Return the layers to adapt, in the order in which data reaches them.

    Layers whose configuration gives them their state are left out.

    Raises:
        PlanError: such a layer is in a nested model that reads no input of the model as it is.
    """
    columns = {step.node.name: step.node.name for step in plan.inputs if step.node.in_model}
    return tuple(_adapting(plan, (), columns))


def _adapting(plan: Plan, path: tuple[str, ...], columns: Mapping[str, str]) -> Iterator[Adapting]:
    sources = {
        step.id: columns[step.node.name] for step in plan.inputs if step.node.name in columns
    }
    for step in plan.calls:
        reads = {
            port: sources[argument.node]
            for port, argument in step.tensors.items()
            if isinstance(argument, TensorRef) and argument.node in sources
        }
        if step.first and step.inner is not None:
            yield from _adapting(step.inner, (*path, step.layer.name), reads)
        elif step.first and learns(step):
            one = Adapting(step, path, next(iter(reads.values()), None), columns)
            if one.input is None and path and len(columns) < len(plan.inputs):
                raise PlanError((_out_of_reach(one),))
            yield one


def learns(step: CallStep) -> bool:
    """Return whether a layer has to learn its state from data, as its configuration gives none."""
    given = (step.layer.config.get(name) for name in step.entry.state)
    return step.entry.adapts and all(value is None for value in given)


def _out_of_reach(one: Adapting) -> Diagnostic:
    name, outer = one.step.layer.name, " in ".join(reversed(one.path))
    return Diagnostic(
        code="out-of-reach",
        severity=Severity.ERROR,
        message=f"{name!r} learns from data before training: expected {outer} to read inputs of "
        f"the model; received the outputs of other layers.",
        node=one.step.id,
        expected=f"{outer} behind inputs of the model",
        received="the outputs of other layers",
    )
