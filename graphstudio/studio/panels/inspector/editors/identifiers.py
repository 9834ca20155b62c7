"""Which entry of a family a value stands for."""

from collections.abc import Mapping

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.names import snake_case
from graphstudio.diagram.values import Value, is_object

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


def family_entries(catalog: Catalog, family: str | None) -> Mapping[str, Entry]:
    """Return the entries of a family by public path; layers are one too."""
    if family == "layers":
        return catalog.layers
    return catalog.objects.get(family or "", {})


def find_entry(entries: Mapping[str, Entry], value: Value) -> Entry | None:
    """Return the entry that an object or an identifier stands for, if it is one of these."""
    if is_object(value):
        path = str(value["class"])
        return entries.get(path) or _by_name(entries, path.rpartition(".")[2])
    return (entries.get(value) or _by_name(entries, value)) if isinstance(value, str) else None


def known_names(entries: Mapping[str, Entry]) -> set[str]:
    """Return every name that :func:`find_entry` finds."""
    names = {name for entry in entries.values() for name in _names(entry)}
    return names | {alias for alias, name in _ALIASES.items() if name in names}


def _by_name(entries: Mapping[str, Entry], name: str) -> Entry | None:
    wanted = _ALIASES.get(name, name)
    return next((entry for entry in entries.values() if wanted in _names(entry)), None)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, snake_case(entry.name), *([entry.identifier] if entry.identifier else []))
