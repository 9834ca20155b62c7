"""The source of `build_model`, and of a function for each nested model, from the plan of calls."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from graphstudio.catalog.entries import Catalog, Role
from graphstudio.code.identifiers import Identifiers
from graphstudio.code.kept_names import kept_names
from graphstudio.code.literals import text_literal
from graphstudio.code.plan import PlanError, own_identifiers
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
from graphstudio.code.steps import CallStep, Constant, InputStep, Item, Plan, TensorRef
from graphstudio.code.values import (
    UnwritableError,
    constructor_arguments,
    keyword_arguments,
    public_name,
    value_source,
)
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.models import SEQUENTIAL, constructor_config

_INDENT = 4


def model_functions(plan: Plan, catalog: Catalog) -> Iterator[str]:
    """Yield the source of a function for each nested model, and last that of ``build_model``.

    Raises:
        PlanError: a value cannot be written as Python; the diagnostic names the node.
    """
    # A variable in the place of a function would hide it.
    used = (name for step in plan.nested if step.inner for name in step.inner.identifiers)
    names = Identifiers(("build_model", *own_identifiers(catalog), *plan.identifiers, *used))
    functions: dict[NodeId, str] = {}
    for step in plan.nested:
        functions[step.id] = names.take(f"build_{step.layer.name}")
        if step.inner is not None:
            yield _function(functions[step.id], step.inner, catalog, functions, step)
    yield _function("build_model", plan, catalog, functions)


def _function(
    name: str,
    plan: Plan,
    catalog: Catalog,
    functions: Mapping[NodeId, str],
    step: CallStep | None = None,
) -> str:
    what = "the model, not yet compiled" if step is None else f"a new {step.layer.name}"
    cls = "keras.Model" if step is None else step.layer.class_name
    body = _sequential if cls == SEQUENTIAL else _statements
    lines = [
        f"def {name}() -> {cls}:",
        f'    """Return {what.replace(chr(92), chr(92) * 2)}."""',
        *body(plan, catalog, functions),
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


def _statements(plan: Plan, catalog: Catalog, functions: Mapping[NodeId, str]) -> Iterator[str]:
    variables = plan.variables
    yield from _kept_names(plan, catalog)
    for source in plan.inputs:
        with naming(source.id, source.node.name):
            yield lay_out_assignment(source.variable, _input(source, catalog), _INDENT)
    for step in plan.calls:
        with naming(step.id, step.layer.name):
            yield from _layer_and_call(step, catalog, variables, functions)
    yield lay_out(_model(plan, variables, nested=plan.is_nested), _INDENT)


def _sequential(plan: Plan, catalog: Catalog, functions: Mapping[NodeId, str]) -> Iterator[str]:
    layers: list[Expression] = []
    for source in plan.inputs:
        with naming(source.id, source.node.name):
            layers.append(_input(source, catalog))
    for step in plan.calls:
        with naming(step.id, step.layer.name):
            layer = _layer(step, catalog, functions)
            changes = list(_changes(step))
            if changes and step.layer_variable:
                yield lay_out_assignment(step.layer_variable, layer, _INDENT)
                yield from changes
                layer = (step.layer_variable,)
            layers.append(layer)
    arguments = [list_display(layers), _name(plan.name)]
    yield lay_out(("return ", *call((SEQUENTIAL,), arguments)), _INDENT)


def _input(step: InputStep, catalog: Catalog) -> Expression:
    config = step.node.config
    _refuse("an argument other than the name", {"name"} & set(config))
    order = [one.name for one in catalog.input.parameters if one.name in config]
    names = [*order, *sorted(set(config) - set(order))]
    arguments = keyword_arguments({name: config[name] for name in names}, catalog)
    return call(("keras.Input",), [*arguments, _name(step.node.name)])


def _layer_and_call(
    step: CallStep,
    catalog: Catalog,
    variables: Mapping[NodeId, str],
    functions: Mapping[NodeId, str],
) -> Iterator[str]:
    layer = _layer(step, catalog, functions)
    if step.layer_variable and step.first:
        yield lay_out_assignment(step.layer_variable, layer, _INDENT)
        yield from _changes(step)
    called: Expression = (step.layer_variable,) if step.layer_variable else layer
    arguments = _call_arguments(step, catalog, variables)
    yield lay_out_assignment(step.variable, call(called, arguments), _INDENT)


def _changes(step: CallStep) -> Iterator[str]:
    """Yield what is set on a new layer or model since its constructor does not take it."""
    if not step.entry.named:
        name = (f"{step.layer_variable}.name = ", text_literal(step.layer.name))
        yield lay_out(name, _INDENT)
    if step.is_frozen:
        yield lay_out((f"{step.layer_variable}.trainable = False",), _INDENT)


def _kept_names(plan: Plan, catalog: Catalog) -> Iterator[str]:
    margin = " " * _INDENT
    for counter, number in kept_names(plan, catalog).items():
        move = f"{margin}keras.backend.get_uid({text_literal(counter)})"
        yield f"{margin}# Keras names calls of functions itself: not as layers are named."
        yield f"{margin}for _ in range({number + 1}):\n{margin}{move}" if number else move


def _layer(step: CallStep, catalog: Catalog, functions: Mapping[NodeId, str]) -> Expression:
    layer = step.layer
    _refuse("an argument other than the name", {"name"} & set(layer.config))
    if step.inner is not None:
        return call((functions[step.id],), ()) if step.id in functions else ()
    path = public_name(layer.class_name)
    if step.entry.role is Role.FUNCTION:
        return (path,)
    config = constructor_config(layer) if step.entry.role is Role.MODEL else layer.config
    arguments = constructor_arguments(step.entry, config, catalog)
    return call((path,), [*arguments, _name(layer.name)] if step.entry.named else arguments)


def _call_arguments(
    step: CallStep, catalog: Catalog, variables: Mapping[NodeId, str]
) -> Iterator[Expression]:
    for given in step.given:
        argument = given.argument
        if isinstance(argument, Constant) and given.keyword is not None:
            # A name that the document gives could be none of Python's.
            yield from keyword_arguments({given.keyword: argument.value}, catalog)
        else:
            source = _argument(argument, catalog, variables)
            yield source if given.keyword is None else named(given.keyword, source)


def _model(plan: Plan, variables: Mapping[NodeId, str], *, nested: bool) -> Expression:
    # A list, even of one: Keras then takes columns by name without a warning.
    inputs: list[Expression] = [(step.variable,) for step in plan.inputs if step.node.in_model]
    tensors = [(head.node.name, _tensor(head.tensor, variables)) for head in plan.heads]
    if nested:
        outputs = [tensor for _, tensor in tensors]
        arguments = [named("inputs", _one_or_list(inputs)), named("outputs", _one_or_list(outputs))]
    else:
        arguments = [named("inputs", list_display(inputs)), named("outputs", dict_display(tensors))]
    return ("return ", *call(("keras.Model",), [*arguments, _name(plan.name)]))


def _one_or_list(items: list[Expression]) -> Expression:
    return items[0] if len(items) == 1 else list_display(items)


def _argument(
    argument: Item | tuple[Item, ...], catalog: Catalog, variables: Mapping[NodeId, str]
) -> Expression:
    if isinstance(argument, Constant):
        return value_source(argument.value, catalog)
    if isinstance(argument, TensorRef):
        return _tensor(argument, variables)
    return list_display(_argument(one, catalog, variables) for one in argument)


def _tensor(ref: TensorRef, variables: Mapping[NodeId, str]) -> Expression:
    tensor: Expression = (variables[ref.node],)
    for key in ref.path:
        tensor = subscript(tensor, (text_literal(key) if isinstance(key, str) else str(key),))
    return tensor


def _name(name: str) -> Expression:
    return named("name", (text_literal(name),))


def _refuse(expected: str, names: set[str]) -> None:
    if names:
        raise UnwritableError(expected, ", ".join(repr(name) for name in sorted(names)))
