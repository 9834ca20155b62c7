"""JSON that comes from outside: where it stops to be JSON, and whether it can be written again."""

import json
from typing import Any


def stop(error: Exception) -> str:
    """Return in words where the reading of JSON stopped."""
    if isinstance(error, json.JSONDecodeError):
        return f"something else in line {error.lineno}, column {error.colno}"
    return "brackets too deep to be one"


def check_letters(document: Any) -> None:
    """Make sure that the texts, which JSON can spell with halves of letters, can be written.

    Raises:
        ValueError: one cannot.
    """
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start : error.end]
        raise ValueError(f"expected whole letters; received {half!a}") from error
