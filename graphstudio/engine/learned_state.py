"""Which layers learn a state from data before training, and what may give it to them instead."""

import inspect
import re

_INSTEAD = re.compile(r"is an alternative to\s+passing(.*?)\.\s", re.DOTALL)
_NAMED = re.compile(r"`(\w+)`")


def adapts(cls: type) -> bool:
    """Return whether a layer class learns a state from data before training."""
    return callable(getattr(cls, "adapt", None))


def state_parameters(cls: type) -> tuple[str, ...]:
    """Return the parameters of such a class that give a layer its state, as its ``adapt`` tells."""
    told = _INSTEAD.search(inspect.getdoc(getattr(cls, "adapt", None)) or "")
    named = set(_NAMED.findall(told.group(1))) if told else set()
    return tuple(name for name in inspect.signature(cls).parameters if name in named)
