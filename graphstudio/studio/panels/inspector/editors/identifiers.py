"""Which entry of a family a value stands for."""

from collections.abc import Mapping

from graphstudio.catalog.entries import Catalog, Entry, Kind, Parameter, Role
from graphstudio.diagram.names import snake_case
from graphstudio.diagram.values import Value, is_list, is_object

# The short names of Keras that do not follow from the class's.
_ALIASES: Mapping[str, str] = {
    "acc": "Accuracy",
    "bce": "BinaryCrossentropy",
    "kld": "KLDivergence",
    "mae": "MeanAbsoluteError",
    "mape": "MeanAbsolutePercentageError",
    "mse": "MeanSquaredError",
    "msle": "MeanSquaredLogarithmicError",
    "normal": "RandomNormal",
    "uniform": "RandomUniform",
}
# Parameters of these names, alone or as the end of a longer one, take cells.
_CELLS = frozenset({"cell", "cells"})


def fitting_entries(catalog: Catalog, parameter: Parameter) -> Mapping[str, Entry]:
    """Return the entries that a parameter takes by public path, the project's own last.

    Args:
        catalog: what there is.
        parameter: what takes objects of a family; layers are one, and cells are layers that are
            called on states.
    """
    if parameter.family == "layers":
        wants_cells = parameter.name.rpartition("_")[2] in _CELLS
        layers = {**catalog.layers, **_own(catalog, "layers")}
        return {path: one for path, one in layers.items() if is_cell(one) is wants_cells}
    family = parameter.family or ""
    entries = _functions(catalog) if family == "functions" else catalog.objects.get(family, {})
    return {**entries, **_own(catalog, family)}


def _functions(catalog: Catalog) -> Mapping[str, Entry]:
    """Return the functions that can be called on one tensor and nothing else."""
    return {
        path: one
        for path, one in catalog.functions.items()
        if sum(not port.optional for port in one.ports) == 1
        and not any(argument.required for argument in one.call_parameters)
    }


def _own(catalog: Catalog, family: str) -> Mapping[str, Entry]:
    """Return the project's own objects of a family; a function may serve as an activation."""

    def fits(entry: Entry) -> bool:
        if entry.role is Role.FUNCTION:
            return family in {"activations", "functions"}
        return family == ("layers" if entry.ports else entry.category)

    return {path: entry for path, entry in catalog.own.items() if fits(entry)}


def is_cell(entry: Entry) -> bool:
    """Return whether a layer is a step of a recurrent one: it takes the states before the step."""
    return any(port.name == "states" for port in entry.ports)


def find_entry(entries: Mapping[str, Entry], value: Value) -> Entry | None:
    """Return the entry that an object, an identifier or a list stands for, if there is one.

    A list stands for the class that is made of such a list: Keras stacks a list of cells.
    """
    if is_object(value):
        path = str(value["class"])
        return entries.get(path) or _by_name(entries, path.rpartition(".")[2])
    if is_list(value):
        return next((one for one in entries.values() if list_parameter(one)), None)
    return (entries.get(value) or _by_name(entries, value)) if isinstance(value, str) else None


def list_parameter(entry: Entry) -> Parameter | None:
    """Return the parameter of a class that needs nothing but a list of objects."""
    required = [one for one in entry.parameters if one.required]
    return required[0] if [one.kind for one in required] == [Kind.OBJECTS] else None


def arguments_of(entry: Entry | None, value: Value) -> Mapping[str, Value]:
    """Return the arguments that a value gives to the class that it stands for."""
    listed = list_parameter(entry) if entry else None
    if is_list(value) and listed:
        return {listed.name: value}
    config = value.get("config") if is_object(value) else None
    return config if isinstance(config, Mapping) else {}


def known_names(entries: Mapping[str, Entry]) -> set[str]:
    """Return every name that :func:`find_entry` finds."""
    names = {name for entry in entries.values() for name in _names(entry)}
    return names | {alias for alias, name in _ALIASES.items() if name in names}


def _by_name(entries: Mapping[str, Entry], name: str) -> Entry | None:
    wanted = _ALIASES.get(name, name)
    return next((entry for entry in entries.values() if wanted in _names(entry)), None)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, snake_case(entry.name), *([entry.identifier] if entry.identifier else []))
