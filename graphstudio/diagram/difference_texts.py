"""What a difference says: each field as it was and as it is."""

from typing import Any

from graphstudio.diagram.differences import Difference


def change_texts(one: Difference, longest: int | None = None) -> list[str]:
    """Return a text for each field that changed, such as ``"filters: 32 → 64"``.

    What was added or removed has none.

    Args:
        one: the difference.
        longest: how many characters of a value are said; all of them for none.
    """
    before, after = one.before, one.after
    if before is None or after is None:
        return []
    return [
        "what is inside"
        if key == "diagram"
        else f"{key}: {_said(before[key], longest)} → {_said(after[key], longest)}"
        for key in before
    ]


def _said(value: Any, longest: int | None) -> str:
    """Return a value on one line; a dash for what is not set."""
    text = "\N{EN DASH}" if value is None else " ".join(str(value).split())
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"
