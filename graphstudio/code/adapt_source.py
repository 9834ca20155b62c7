"""The source of `adapt`: layers that learn from data before training do so."""

from collections.abc import Generator, Iterator

from graphstudio.code.adapting import Adapting
from graphstudio.code.literals import text_literal
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    lay_out_assignment,
    subscript,
)

_HEAD = '''\
def adapt(model: keras.Model, x: Columns) -> None:
    """Let layers learn from the inputs what they have to know before training."""
'''
_HEAD_OF_BATCHES = _HEAD.replace("x: Columns", "train: Batches")
_INDENT = 4


def adapt_function(layers: tuple[Adapting, ...], *, on_disk: bool) -> str:
    """Return the source of ``adapt``, which takes a model that is not yet compiled.

    Args:
        layers: the layers to adapt.
        on_disk: whether it takes batches in place of columns.
    """
    statements = _of_batches if on_disk else _of_columns
    head = _HEAD_OF_BATCHES if on_disk else _HEAD
    return head + "".join(f"{line}\n" for one in layers for line in statements(one))


def _of_batches(one: Adapting) -> Iterator[str]:
    owner = yield from _owner(one)
    if one.input is not None:
        value = _column(one.input)
    else:
        part = call(("keras.Model",), [(f"{owner}.inputs",), ("layer.input",)])
        yield lay_out_assignment("part", part, _INDENT)
        named = dict_display((name, _column(read)) for name, read in one.columns.items())
        value = call(("part",), [named if one.path else ("x",)])
    values = call(("train.map",), [("lambda x, *_: ", *value)])
    yield lay_out(call(("layer.adapt",), [values]), _INDENT)


def _owner(one: Adapting) -> Generator[str, None, str]:
    owner = "model"
    for name in one.path:
        yield _got("inner", owner, name)
        owner = "inner"
    yield _got("layer", owner, one.step.layer.name)
    return owner


def _of_columns(one: Adapting) -> Iterator[str]:
    owner = yield from _owner(one)
    if one.input is not None:
        yield lay_out(call(("layer.adapt",), [_column(one.input)]), _INDENT)
        return
    if one.path:
        values = dict_display((name, _column(read)) for name, read in one.columns.items())
        yield lay_out_assignment("values", values, _INDENT)
    given = "values" if one.path else "x"
    reaching = f"keras.Model({owner}.inputs, layer.input).predict({given}, verbose=0)"
    yield lay_out((f"layer.adapt({reaching})",), _INDENT)


def _got(variable: str, owner: str, name: str) -> str:
    return lay_out_assignment(variable, call((f"{owner}.get_layer",), [_text(name)]), _INDENT)


def _column(name: str) -> Expression:
    return subscript(("x",), _text(name))


def _text(text: str) -> tuple[str]:
    return (text_literal(text),)
