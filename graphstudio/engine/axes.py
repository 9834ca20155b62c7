"""How many axes a layer's tensor has to have, as far as Keras says it before a call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
from msgspec.structs import replace

from graphstudio.catalog.entries import Entry, Kind, Port
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram.values import Value
from graphstudio.engine.introspect_classes import maker
from graphstudio.engine.keras_errors import KERAS_ERRORS


def with_axes(ports: Sequence[Port], entry: Entry, cls: type) -> tuple[Port, ...]:
    """Return a layer's ports, the first with the least and the greatest number of its axes.

    Keras says it in ``input_spec``. It is left open where it follows from how the layer is
    configured, as the axes of a permutation do.

    Args:
        ports: tensor arguments of the call.
        entry: the layer class, with the arguments of its constructor.
        cls: the layer class itself.
    """
    make = maker(entry, cls)
    tried = (_axes(make, changed) for changed in ({}, *_longer(entry)))
    said = {axes for axes in tried if axes is not None}
    if len(said) != 1 or not ports:
        return tuple(ports)
    ((least, most),) = said
    return (replace(ports[0], min_ndim=least, max_ndim=most), *ports[1:])


def _longer(entry: Entry) -> list[Mapping[str, Value]]:
    """Return values that are one number longer, for what a layer cannot do without."""
    started = starting_config(entry)
    lists = {one.name: started.get(one.name) for one in entry.parameters
             if one.required and one.kind is Kind.NUMBERS}  # fmt: skip
    return [{name: [*range(1, len(value) + 2)]} for name, value in lists.items()
            if isinstance(value, list)]  # fmt: skip


def _axes(
    make: Callable[..., Any], changed: Mapping[str, Value]
) -> tuple[int | None, int | None] | None:
    """Return what a layer says about its axes; none where there is no such layer, or no word."""
    try:
        spec = make(**changed).input_spec
    except KERAS_ERRORS:
        return None
    if not isinstance(spec, keras.InputSpec):
        return None
    axes = (spec.ndim or spec.min_ndim, spec.ndim or spec.max_ndim)
    return axes if any(axes) else None
