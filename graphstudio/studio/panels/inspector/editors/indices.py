"""The key of ``x[key]``, as it stands between the brackets: ``:, 0`` or ``1:-1``."""

import ast

import msgspec

from graphstudio.diagram.values import SLICE, Value, is_list, is_object, make_object, slice_text
from graphstudio.studio.panels.inspector.editors.notation import to_json

_ENDS = ("start", "stop", "step")


class IndexNotation(msgspec.Struct, frozen=True):
    """Whole numbers, slices and None, with commas between them."""

    expected: str = "an index as it stands in brackets, such as 0, 1:3 or :, -1"

    def parse(self, text: str) -> Value:
        """Return a number, a slice, or a list of them."""
        try:
            tree = ast.parse(f"x[{text}]", mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise ValueError(text) from error
        # Without brackets of its own, the text is what the one pair of brackets holds.
        if not isinstance(tree, ast.Subscript) or not isinstance(tree.value, ast.Name):
            raise ValueError(text)  # noqa: TRY004 - what was typed is no key, of whatever type
        key = tree.slice
        return (
            [_item(one, text) for one in key.elts]
            if isinstance(key, ast.Tuple)
            else _item(key, text)
        )

    def format(self, value: Value) -> str:
        """Return the key without its brackets; JSON for what is none."""
        if is_list(value):
            return ", ".join(_word(item) for item in value) + ("," if len(value) == 1 else "")
        return _word(value)

    def step(self, value: Value, direction: int) -> Value:
        """Return the next index, if the value is one."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return value + direction


def _item(tree: ast.expr, text: str) -> Value:
    if isinstance(tree, ast.Slice):
        ends = (tree.lower, tree.upper, tree.step)
        given = (None if one is None else _number(one, text) for one in ends)
        return make_object(SLICE, dict(zip(_ENDS, given, strict=True)))
    return _number(tree, text)


def _number(tree: ast.expr, text: str) -> Value:
    value = ast.literal_eval(tree)
    if isinstance(value, bool) or not isinstance(value, int | None):
        raise ValueError(text)  # noqa: TRY004
    return value


def _word(value: Value) -> str:
    if is_object(value) and value["class"] == SLICE:
        return slice_text(value)
    return str(value) if isinstance(value, int | None) else to_json(value)
