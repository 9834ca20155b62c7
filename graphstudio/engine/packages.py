"""Layers that installed packages offer, through the entry points ``graphstudio.layers``."""

import inspect
import logging
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

import keras

GROUP = "graphstudio.layers"
_log = logging.getLogger(__name__)


@cache
def offered_layers() -> Mapping[str, type]:
    """Return the classes that packages offer by path, such as ``"package.module.Class"``.

    An entry point that cannot be loaded, or is no layer, is said in the log and left out.
    """
    return dict(_load())


def _load() -> Iterator[tuple[str, type]]:
    for point in entry_points(group=GROUP):
        found = _loaded(point)
        if inspect.isclass(found) and issubclass(found, keras.layers.Layer):
            yield f"{point.module}.{point.attr}", found
        elif found is not None:
            _log.warning("%s: expected a layer; received %r.", point.value, found)


def _loaded(point: EntryPoint) -> object:
    try:
        return point.load()
    except Exception as error:  # noqa: BLE001 - a broken package takes nothing else with it
        _log.warning("The layer %s cannot be loaded: %s", point.value, error)
        return None
