"""Repairs of a refused call that change an argument, of its own or of what feeds it."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.catalog.starting import starting_arguments, starting_config
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import CallNode, InputNode, NodeId
from graphstudio.diagram.values import Value, is_list
from graphstudio.engine.refused_call import RefusedCall

# A length that is assumed where one is needed and none is known; the user sees it on the input.
_LENGTH = 32
_SAME = "same"


def parameter_repairs(refused: RefusedCall) -> Iterator[Repair]:
    """Yield other values of arguments, the smallest changes first."""
    yield from _arguments(refused, "set_parameter", "reset_parameter")
    yield from _arguments(refused, "set_argument", "reset_argument")
    yield from _switches_of_sources(refused)
    yield from _input_lengths(refused)


def _arguments(refused: RefusedCall, set_edit: str, reset_edit: str) -> Iterator[Repair]:
    """Yield changes of the arguments that one edit sets."""
    entry = refused.entry
    of_layer = set_edit == "set_parameter"
    given = refused.layer.config if of_layer else refused.call.arguments
    known = {one.name: one for one in (entry.parameters if of_layer else entry.call_parameters)}
    starting = starting_config(entry) if of_layer else starting_arguments(entry)

    def repair(name: str, value: Value) -> Repair:
        arguments = {"node_id": refused.node_id, of_layer_key: name, "value": value}
        return Repair(f"Set {name} to {value!r}", set_edit, arguments)

    of_layer_key = "parameter" if of_layer else "name"
    # What pads is tried before what makes windows smaller.
    for name, parameter in sorted(known.items(), key=lambda item: _SAME not in item[1].choices):
        if name not in given and parameter.required and name in starting:
            yield repair(name, starting[name])
        for value in _other_values(parameter, given, refused):
            if value != given.get(name):
                yield repair(name, value)
    for name in given:
        one = known.get(name)
        if one is not None and one.required:
            yield repair(name, starting.get(name))
        elif one is not None or not any(port.name == name for port in entry.ports):
            arguments = {"node_id": refused.node_id, of_layer_key: name}
            title = f"Set {name} back to Keras's default" if one else f"Remove the argument {name}"
            yield Repair(title, reset_edit, arguments)


def _other_values(
    parameter: Parameter, given: Mapping[str, Value], refused: RefusedCall
) -> Iterator[Value]:
    """Yield other values of an argument that could be right."""
    value = given.get(parameter.name)
    if _SAME in parameter.choices:
        yield _SAME
    if parameter.name.startswith("axis") or parameter.name == "axes":
        yield from _axes(refused)
    if isinstance(value, str):
        yield from get_close_matches(value, _names(parameter, refused), n=2)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from _limits(parameter, value)
    if isinstance(value, int | list | tuple) and not isinstance(value, bool):
        yield from _windows(value, refused)
    if is_list(value) and parameter.kind is Kind.NUMBERS:
        yield from ([*value[:place], -1, *value[place + 1 :]] for place in range(len(value)))


def _names(parameter: Parameter, refused: RefusedCall) -> list[str]:
    """Return the texts that an argument takes: its choices, or the objects of its family."""
    if parameter.family is None:
        return list(parameter.choices)
    family = refused.catalog.objects.get(parameter.family, {}).values()
    return [one.identifier for one in family if one.identifier]


def _axes(refused: RefusedCall) -> Iterator[Value]:
    rank = max((len(one.tensor.shape) for one in refused.arrivals), default=0)
    yield -1
    yield from range(1, rank)


def _limits(parameter: Parameter, value: float) -> Iterator[Value]:
    """Yield the nearest number that is within the limits of an argument."""
    if parameter.minimum is not None and value < parameter.minimum:
        yield parameter.minimum
    if parameter.maximum is not None and value > parameter.maximum:
        yield parameter.maximum
    if value < 0:
        yield -value


def _windows(value: Value, refused: RefusedCall) -> Iterator[Value]:
    """Yield a window, or any other sizes, that the first tensor is large enough for."""
    if len(refused.arrivals) != 1:
        return
    known = [size for size in refused.arrivals[0].tensor.shape[1:-1] if size]
    if not known:
        return
    smallest = min(known)
    if is_list(value):
        yield [min(one, smallest) if isinstance(one, int) else one for one in value]
    elif isinstance(value, int) and value > smallest:
        yield smallest


def _switches_of_sources(refused: RefusedCall) -> Iterator[Repair]:
    """Yield the other way of each switch of the calls that feed this one."""
    for source in dict.fromkeys(one.wire.source for one in refused.arrivals):
        layer = refused.diagram.layer_of(source)
        entry = refused.catalog.entry_of(layer) if layer else None
        if layer is None or entry is None:
            continue
        for one in _switches(entry):
            value = not layer.config.get(one.name, one.default)
            arguments: Mapping[str, Value] = {
                "node_id": source,
                "parameter": one.name,
                "value": value,
            }
            yield Repair(f"Set {one.name} to {value} in {layer.name}", "set_parameter", arguments)


def _switches(entry: Entry) -> Iterator[Parameter]:
    return (one for one in entry.parameters if one.kind is Kind.BOOLEAN)


def _input_lengths(refused: RefusedCall) -> Iterator[Repair]:
    """Yield a length for inputs of unknown size that lead to the call, directly or over one."""
    near = {one.wire.source for one in refused.arrivals}
    sources: dict[NodeId, None] = dict.fromkeys(near)
    for one in near:
        if isinstance(refused.diagram.nodes[one], CallNode):
            sources |= dict.fromkeys(w.source for w in refused.diagram.incoming.get(one, ()))
    for source in sources:
        node = refused.diagram.nodes[source]
        shape = node.config.get("shape") if isinstance(node, InputNode) else None
        if is_list(shape) and None in shape:
            value: Value = [_LENGTH if size is None else size for size in shape]
            yield Repair(
                f"Give the input {refused.diagram.name_of(source)} the shape {value}",
                "set_parameter",
                {"node_id": source, "parameter": "shape", "value": value},
            )
