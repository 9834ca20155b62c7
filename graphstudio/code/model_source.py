"""The source of `build_model`, written from the plan of calls."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from graphstudio.catalog.entries import Catalog
from graphstudio.code.literals import text_literal
from graphstudio.code.plan import Argument, CallStep, InputStep, Plan, PlanError, TensorRef
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    lay_out_assignment,
    list_display,
    named,
    subscript,
)
from graphstudio.code.values import UnwritableError, constructor_arguments, keyword_arguments
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId

_INDENT = 4


def model_function(plan: Plan, catalog: Catalog) -> str:
    """Return the source of a function ``build_model`` that returns the plan's model.

    Raises:
        PlanError: a value cannot be written as Python; the diagnostic names the node.
    """
    lines = [
        "def build_model() -> keras.Model:",
        '    """Return the model, not yet compiled."""',
        *_statements(plan, catalog),
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def naming(node: NodeId | None, name: str) -> Iterator[None]:
    """Turn the refusal of a value into a finding about the node that holds it.

    Raises:
        PlanError: in place of an :class:`UnwritableError`.
    """
    try:
        yield
    except UnwritableError as error:
        finding = Diagnostic(
            code="unwritable",
            severity=Severity.ERROR,
            message=f"{name!r} cannot be written as Python: expected {error.expected}; "
            f"received {error.received}.",
            node=node,
            expected=error.expected,
            received=error.received,
        )
        raise PlanError((finding,)) from error


def _statements(plan: Plan, catalog: Catalog) -> Iterator[str]:
    variables = plan.variables
    for source in plan.inputs:
        with naming(source.id, source.node.name):
            yield lay_out_assignment(source.variable, _input(source, catalog), _INDENT)
    for step in plan.calls:
        with naming(step.id, step.layer.name):
            yield from _layer_and_call(step, catalog, variables)
    yield lay_out(_model(plan, variables), _INDENT)


def _input(step: InputStep, catalog: Catalog) -> Expression:
    config = step.node.config
    _refuse("an argument other than the name", {"name"} & set(config))
    order = [one.name for one in catalog.input.parameters if one.name in config]
    names = [*order, *sorted(set(config) - set(order))]
    arguments = keyword_arguments({name: config[name] for name in names}, catalog)
    return call(("keras.Input",), [*arguments, _name(step.node.name)])


def _layer_and_call(
    step: CallStep, catalog: Catalog, variables: Mapping[NodeId, str]
) -> Iterator[str]:
    layer: Expression = (step.layer_variable,) if step.layer_variable else _layer(step, catalog)
    if step.layer_variable and step.first:
        yield lay_out_assignment(step.layer_variable, _layer(step, catalog), _INDENT)
    (_, first), *others = step.tensors.items()
    _refuse("an argument that no wire gives", set(step.tensors) & set(step.node.arguments))
    arguments = [
        _argument(first, variables),
        *(named(port, _argument(argument, variables)) for port, argument in others),
        *keyword_arguments(dict(sorted(step.node.arguments.items())), catalog),
    ]
    yield lay_out_assignment(step.variable, call(layer, arguments), _INDENT)


def _layer(step: CallStep, catalog: Catalog) -> Expression:
    layer = step.layer
    _refuse("an argument other than the name", {"name"} & set(layer.config))
    arguments = constructor_arguments(step.entry, layer.config, catalog)
    return call((layer.class_name,), [*arguments, _name(layer.name)])


def _model(plan: Plan, variables: Mapping[NodeId, str]) -> Expression:
    # A list, even of one: Keras then takes columns by name without a warning.
    inputs: list[Expression] = [(step.variable,) for step in plan.inputs if step.node.in_model]
    outputs = ((head.node.name, _tensor(head.tensor, variables)) for head in plan.heads)
    arguments = [
        named("inputs", list_display(inputs)),
        named("outputs", dict_display(outputs)),
        _name(plan.name),
    ]
    return ("return ", *call(("keras.Model",), arguments))


def _argument(argument: Argument, variables: Mapping[NodeId, str]) -> Expression:
    if isinstance(argument, TensorRef):
        return _tensor(argument, variables)
    return list_display(_tensor(one, variables) for one in argument)


def _tensor(ref: TensorRef, variables: Mapping[NodeId, str]) -> Expression:
    variable: Expression = (variables[ref.node],)
    return variable if ref.output is None else subscript(variable, (str(ref.output),))


def _name(name: str) -> Expression:
    return named("name", (text_literal(name),))


def _refuse(expected: str, names: set[str]) -> None:
    if names:
        raise UnwritableError(expected, ", ".join(repr(name) for name in sorted(names)))
