"""The plain values that configurations are made of.

A configuration holds JSON values alone, so that every diagram can be saved, compared and sent to
the engine as it is. An object of Keras (an initializer, a regularizer, a loss with arguments) is
a mapping with two keys, ``class`` and ``config``.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

if TYPE_CHECKING:
    Value: TypeAlias = "bool | int | float | str | Sequence[Value] | Mapping[str, Value] | None"
else:
    # msgspec reads annotations when the program runs and does not resolve recursive ones.
    Value = Any


# An array of constants, whose config holds ``object`` (numbers in lists) and ``dtype``.
ARRAY = "numpy.array"
# A slice of an index, whose config holds ``start``, ``stop`` and ``step``.
SLICE = "slice"
# What the paths of the project's own classes and functions begin with.
OWN = "own."


def make_object(
    class_name: str, config: "Mapping[str, Value] | None" = None
) -> "Mapping[str, Value]":
    """Return the value that stands for an object of a Keras class.

    Args:
        class_name: public path of the class, such as ``"keras.initializers.HeNormal"``.
        config: the arguments that differ from the class's defaults.
    """
    return {"class": class_name, "config": dict(config or {})}


def is_object(value: "Value") -> "TypeGuard[Mapping[str, Any]]":
    """Return whether a value stands for an object of a Keras class."""
    return isinstance(value, Mapping) and isinstance(value.get("class"), str)


def slice_text(value: "Mapping[str, Any]") -> str:
    """Return the object of a slice as it stands in brackets, such as ``1:-1``."""
    config = value.get("config") or {}
    ends = [config.get(name) for name in ("start", "stop", "step")]
    words = ends if ends[2] is not None else ends[:2]
    return ":".join("" if end is None else str(end) for end in words)


def is_list(value: "Value") -> "TypeGuard[Sequence[Value]]":
    """Return whether a value is a list (text is not)."""
    return isinstance(value, Sequence) and not isinstance(value, str)
