"""From the fields of a source to the numbers that Keras takes."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from graphstudio.columns.samples import Array, Columns


def stack(
    fields: Columns, names: Sequence[str], fill: float | Sequence[float] | None = None
) -> Array:
    """Return fields of numbers side by side, as one vector a row.

    Args:
        fields: the fields by name.
        names: which of them, in which order.
        fill: what takes the place of missing numbers, in all fields or in each.
    """
    stacked = np.stack([fields[name].astype("float32") for name in names], axis=-1)
    return stacked if fill is None else np.where(np.isnan(stacked), fill, stacked)


def class_index(values: Array, classes: Sequence[Any]) -> Array:
    """Return the place of each value among the classes; of a missing one, 0.

    Raises:
        ValueError: a value is none of them.
    """
    places = {value: place for place, value in enumerate(classes)}
    known = present(values)
    for row, value in enumerate(values.tolist()):
        if known[row] and value not in places:
            raise ValueError(
                f"Row {row}: expected one of {classes}; received {value!r}"
            )
    return np.array([places.get(value, 0) for value in values.tolist()])


def one_hot(values: Array, classes: Sequence[Any]) -> Array:
    """Return vectors of zeros with a single one, at the place of each value.

    Raises:
        ValueError: a value is none of the classes.
    """
    return np.eye(len(classes), dtype="float32")[class_index(values, classes)]


def present(values: Array) -> Array:
    """Return for each row whether it has a value."""
    if values.dtype == object:
        known = (value is not None for value in values)
        return np.fromiter(known, bool, len(values))
    if values.dtype.kind in "mM":
        return ~np.isnat(values)
    if values.dtype.kind != "f":
        return np.ones(len(values), bool)
    return np.asarray(~np.isnan(values).reshape(len(values), -1).any(axis=1))


def filled(values: Array, fill: Any) -> Array:
    """Return the values with another one in place of those that are missing."""
    known = present(values)
    return values if known.all() else np.where(known, values, fill)


def forget_infinite(fields: Columns, names: Collection[str]) -> Columns:
    """Return fields of which the named ones have missing numbers for infinite ones."""
    finite = {name: fields[name] for name in names}
    for name, values in finite.items():
        if values.dtype.kind == "f":
            finite[name] = np.where(np.isinf(values), np.nan, values)
    return fields | finite


def forget_others(fields: Columns, name: str, classes: Sequence[Any]) -> Columns:
    """Return fields of which one misses its values that are none of the classes."""
    values = fields[name]
    kept = known_classes(values, classes)
    if values.dtype.kind in "biuf":
        return fields | {name: np.where(kept, values, np.nan)}
    texts = values.astype(object)
    texts[~kept] = None
    return fields | {name: texts}


def known_classes(values: Array, classes: Sequence[Any]) -> Array:
    """Return for each row whether its value is one of the classes."""
    known = set(classes)
    return np.fromiter((value in known for value in values.tolist()), bool, len(values))


def drop_missing(fields: Columns, names: Collection[str]) -> Columns:
    """Return the rows in which none of the named fields is missing."""
    known = np.all([present(fields[name]) for name in names], axis=0)
    return {name: values[known] for name, values in fields.items()}


def weigh(known: Array, labels: Array, class_weights: dict[int, float]) -> Array:
    """Return how much each sample counts: by its class, and nothing without a label.

    Args:
        known: whether each sample has a label.
        labels: class numbers, or vectors with a single one; other numbers, where there
            are no class weights.
        class_weights: by class number; a class that is not named counts 1.
    """
    weights = known.astype("float32")
    if class_weights:
        numbers = (
            labels.argmax(-1) if labels.ndim > 1 and labels.shape[-1] > 1 else labels
        )
        for number, weight in class_weights.items():
            weights[numbers.reshape(len(known)) == number] *= weight
    return weights
