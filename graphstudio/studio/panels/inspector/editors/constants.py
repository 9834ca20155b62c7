"""Constants in the place of tensors: a number, a list or an array, as Python writes them."""

import ast
import math

import msgspec

from graphstudio.diagram.values import ARRAY, Value, is_list, is_object, make_object
from graphstudio.studio.panels.inspector.editors.notation import to_json

_NAMES = frozenset({"array", "np.array", "numpy.array"})


class ConstantNotation(msgspec.Struct, frozen=True):
    """A number, or an array such as ``array([[1, 0]], "float32")``.

    A list is taken for an array: hardly a function of Keras takes a bare one for a tensor.
    """

    expected: str = 'a number, a list or an array, such as 2.0, [1, 2] or array([[1, 2]], "int32")'

    def parse(self, text: str) -> Value:
        """Return the number or the object of the array."""
        try:
            tree = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise ValueError(text) from error
        if isinstance(tree, ast.Call):
            return _array(tree, text)
        value = _numbers(tree, text)
        return make_array(value, _dtype_of(value)) if is_list(value) else value

    def format(self, value: Value) -> str:
        """Return the constant as it can be typed; JSON for what is none."""
        if is_object(value) and value["class"] == ARRAY:
            config = value.get("config") or {}
            dtype = f', "{config["dtype"]}"' if config.get("dtype") else ""
            return f"array({_written(config.get('object'))}{dtype})"
        return (
            _written(value) if is_list(value) or isinstance(value, int | float) else to_json(value)
        )

    def step(self, value: Value, direction: int) -> Value:
        """Return the next whole number, if the value is one."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return value + direction


def make_array(numbers: Value, dtype: str | None) -> Value:
    """Return the value that stands for an array of numbers in lists.

    Args:
        numbers: a number, or lists of lists that are all of one length.
        dtype: the type of the numbers; none to leave it to NumPy.
    """
    return make_object(ARRAY, {"object": numbers} | ({"dtype": dtype} if dtype else {}))


def array_shape(numbers: Value) -> tuple[int, ...]:
    """Return the shape of numbers in lists.

    Raises:
        ValueError: two lists of one depth have different lengths.
    """
    if not is_list(numbers):
        return ()
    shapes = {array_shape(item) for item in numbers}
    if len(shapes) > 1:
        raise ValueError(f"Expected lists of one length; received {sorted(shapes)}.")
    return (len(numbers), *(shapes.pop() if shapes else ()))


def _array(tree: ast.Call, text: str) -> Value:
    """Return the array of a text such as ``np.array([1, 2], dtype="int32")``."""
    numbers, *dtypes = tree.args
    named = {one.arg: one.value for one in tree.keywords}
    dtypes += [named.pop("dtype")] if "dtype" in named else []
    if named or len(dtypes) > 1 or ast.unparse(tree.func) not in _NAMES:
        raise ValueError(text)
    value = _numbers(numbers, text)
    dtype = ast.literal_eval(dtypes[0]) if dtypes else _dtype_of(value)
    if not isinstance(dtype, str):
        raise ValueError(text)  # noqa: TRY004 - what was typed is no value, of whatever type
    return make_array(value, dtype)


def _numbers(tree: ast.expr, text: str) -> Value:
    """Return a number, or lists of numbers that are all of one length."""
    value = _plain(ast.literal_eval(tree), text)
    array_shape(value)
    return value


def _plain(value: object, text: str) -> Value:
    if isinstance(value, list | tuple) and value:
        return [_plain(item, text) for item in value]
    if isinstance(value, int | float) and math.isfinite(value):
        return value
    raise ValueError(text)


def _dtype_of(value: Value) -> str:
    """Return the dtype that Keras's defaults give to numbers as they are written."""
    kinds = {type(number) for number in _flat(value)}
    if kinds == {bool}:
        return "bool"
    return "float32" if float in kinds else "int32"


def _flat(value: Value) -> list[Value]:
    return [number for item in value for number in _flat(item)] if is_list(value) else [value]


def _written(value: Value) -> str:
    if is_list(value):
        return f"[{', '.join(_written(item) for item in value)}]"
    return repr(value)
