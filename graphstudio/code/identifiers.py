"""Python identifiers for the names that people give to layers, inputs and heads."""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

_TAKEN = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist) | frozenset(dir(builtins))


class Identifiers:
    """Hands out identifiers, each one once.

    Args:
        reserved: identifiers that the surrounding code uses.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._used = set(reserved) | _TAKEN

    def take(self, name: str) -> str:
        """Return a new identifier like ``name``; letters of other alphabets stay as they are."""
        # Python reads identifiers in this form, so that two spellings of one letter are one.
        letters = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower())
        stem = re.sub(r"\W+", "_", letters).strip("_") or "x"
        if stem[0].isdigit() or not stem.isidentifier():
            stem = f"x_{re.sub(r'[^0-9a-z_]', '_', stem)}"
        candidate, number = stem, 1
        while candidate in self._used:
            number += 1
            candidate = f"{stem}_{number}"
        self._used.add(candidate)
        return candidate
