"""Which rows are trained on, and which are held out."""

from typing import Any, TypeAlias

import numpy as np

from graphstudio.columns.samples import Array

# The rows to train on, and those held out.
Parts: TypeAlias = tuple[Array, Array]


def split_by_chance(rows: int, share: float, seed: int) -> Parts:
    """Hold out a share of the rows, in an order drawn from a seed."""
    order = np.random.default_rng(seed).permutation(rows)
    held_out = int(rows * share)
    return order[held_out:], order[:held_out]


def split_by_class(classes: Array, share: float, seed: int) -> Parts:
    """Hold out a share of the rows of each class, drawn from a seed."""
    order = np.random.default_rng(seed).permutation(len(classes))
    _, numbers = np.unique(classes[order], return_inverse=True)
    held_out = np.zeros(len(classes), bool)
    for number in range(numbers.max() + 1):
        members = np.flatnonzero(numbers == number)
        held_out[members[: round(len(members) * share)]] = True
    return order[~held_out], order[held_out]


def split_by_group(groups: Array, share: float, seed: int) -> Parts:
    """Hold out whole groups, drawn from a seed, until they hold a share of the rows."""
    random = np.random.default_rng(seed)
    names, numbers = np.unique(groups, return_inverse=True)
    drawn = random.permutation(len(names))
    sizes = np.bincount(numbers)[drawn]
    held_out = np.isin(numbers, drawn[np.cumsum(sizes) <= len(groups) * share])
    order = random.permutation(len(groups))
    return order[~held_out[order]], order[held_out[order]]


def split_by_time(times: Array, share: float, seed: int) -> Parts:
    """Hold out the last rows in time; the others are in an order drawn from a seed."""
    order = np.argsort(times, kind="stable")
    training = len(times) - int(len(times) * share)
    return np.random.default_rng(seed).permutation(order[:training]), order[training:]


def split_as_given(parts: Array, value: Any, seed: int) -> Parts:
    """Hold out the rows that have a value, in an order drawn from a seed."""
    order = np.random.default_rng(seed).permutation(len(parts))
    held_out = parts[order] == value
    return order[~held_out], order[held_out]
