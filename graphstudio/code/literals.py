"""Python's literals of numbers and text, as `ruff format` leaves them."""

import unicodedata


def number_literal(value: float | None) -> str:
    """Return the source of a finite number, a truth value or None."""
    return repr(value).replace("e+", "e")


def text_literal(text: str) -> str:
    """Return the source of a text, on one line and without a character that cannot be seen.

    Letters of other alphabets stay as they are; what could break a line, hide, or turn the
    direction of reading is escaped. The quotes are double unless that takes more escapes.
    """
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def _escaped(character: str, quote: str) -> str:
    if character in {quote, "\\"}:
        return f"\\{character}"
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def text_width(text: str) -> int:
    """Return how many columns a text takes: two for a wide letter, none for a mark on another."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
