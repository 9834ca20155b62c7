"""Names that Keras must not give to calls of functions, since layers and inputs have them.

Keras names each call of a function itself, after the function's class and by a counter for each
class: ``relu``, ``relu_1`` and so on. It refuses a model in which one of its own names is also
that of a layer, and does not look before. A counter that was moved on gives other names.
"""

import re
from collections.abc import Iterable, Mapping

from graphstudio.catalog.entries import Catalog, Entry, Role
from graphstudio.code.steps import Plan
from graphstudio.diagram.names import snake_case

# No counter gets further than these digits let it, so that longer numbers need no keeping.
_NUMBERED = re.compile(r"(.+?)(?:_(\d{1,4}))?")


def kept_names(plan: Plan, catalog: Catalog) -> Mapping[str, int]:
    """Return the counters to move on, each with the number behind which it has to stand.

    Args:
        plan: the plan of one model; those nested in it have their own.
        catalog: the functions that the project's own ones may call.

    Example:
        A layer ``add`` beside a call of ``keras.ops.add`` gives ``{"add": 0}``.
    """
    called = [one.entry for one in plan.calls if one.entry.role is Role.FUNCTION]
    if any(not entry.operation for entry in called):
        called = list(catalog.functions.values())
    counters = _counters(called)
    kept: dict[str, int] = {}
    layers = (one.layer.name for one in plan.calls if one.entry.role is not Role.FUNCTION)
    for name in (*(one.node.name for one in plan.inputs), *layers):
        stem, number = _parts(name)
        if stem in counters:
            kept[stem] = max(kept.get(stem, 0), number)
    return dict(sorted(kept.items()))


def _counters(called: Iterable[Entry]) -> frozenset[str]:
    paths = {entry.operation for entry in called if entry.operation}
    return frozenset(snake_case(path.rpartition(".")[2]) for path in paths)


def _parts(name: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(name)
    return (found.group(1), int(found.group(2) or 0)) if found else (name, 0)
