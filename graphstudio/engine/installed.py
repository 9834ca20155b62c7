"""The catalog of what is installed here: Keras's own, and what packages add to it."""

import inspect
from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.engine.packages import offered_layers


@cache
def installed_catalog() -> Catalog:
    """Return the shipped catalog with the layers that installed packages offer."""
    return replace(shipped_catalog(), own=package_entries())


@cache
def package_entries() -> Mapping[str, Entry]:
    """Return what is known of the layers that packages offer, by path."""
    return {path: _entry(path, cls) for path, cls in offered_layers().items()}


def _entry(path: str, cls: type) -> Entry:
    # Imported here, since most engines have no package to read.
    from graphstudio.engine.introspect_layers import layer_entry  # noqa: PLC0415

    takes = inspect.signature(cls).parameters.values()
    named = any(one.name == "name" or one.kind is one.VAR_KEYWORD for one in takes)
    return replace(layer_entry(path, cls), named=named)
