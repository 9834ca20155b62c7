"""The source of `load_data`: columns from a NumPy file or generated, shuffled and split."""

from collections.abc import Iterable
from pathlib import PurePath

from graphstudio.code.generated_source import generated_constants, generating_functions
from graphstudio.code.literals import text_literal
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out_assignment,
    subscript,
)
from graphstudio.code.steps import HeadStep, InputStep, Plan
from graphstudio.diagram.diagram import HeadNode, InputNode
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Source
from graphstudio.diagram.suggest_columns import takes_text

_SAMPLES = "Samples = tuple[Columns, Columns]\n"
_TAKE = '''\
def take(columns: Columns, rows: np.ndarray) -> Columns:
    """Return some rows of every column."""
    return {name: column[rows] for name, column in columns.items()}
'''
# Keras trains on texts in tensors, and on no arrays of them.
_TAKE_TEXTS = '''\
def take(columns: Columns, rows: np.ndarray) -> Columns:
    """Return some rows of every column, with texts in tensors."""
    return {
        name: keras.ops.convert_to_tensor(column[rows])
        if column.dtype.kind in "SU"
        else column[rows]
        for name, column in columns.items()
    }
'''
_WHOLE_HEAD = '''\
def load_data() -> tuple[Columns, Columns]:
    """Return the inputs and the targets by name, in an order drawn from the seed."""
'''
_WHOLE_TAIL = "    return take(x, order), take(y, order)\n"
_SPLIT_HEAD = '''\
def load_data() -> tuple[Samples, Samples | None]:
    """Return the samples to train on and those held out, each as inputs and targets."""
'''
_SPLIT_TAIL = """\
    held_out = int(samples * VALIDATION)
    train = take(x, order[held_out:]), take(y, order[held_out:])
    validation = take(x, order[:held_out]), take(y, order[:held_out])
    return train, validation if held_out else None
"""


def data_imports(plan: Plan, source: Source) -> str:
    """Return the imports that the other parts need."""
    path = "" if isinstance(source, GeneratedSource) else "from pathlib import Path\n"
    texts = "from typing import Any\n" if _has_texts(plan) else ""
    return f"{path}{texts}\nimport keras\nimport numpy as np\n".lstrip("\n")


def data_constants(source: Source) -> dict[str, Expression]:
    """Return the values that say where the data comes from, by the names of their constants."""
    if isinstance(source, GeneratedSource):
        return generated_constants(source)
    return {"DATA": _path(source.path)}


def data_types(plan: Plan, *, split: bool) -> str:
    """Return the names of the types that the functions take and return."""
    columns = f"Columns = dict[str, {'Any' if _has_texts(plan) else 'np.ndarray'}]\n"
    return columns + (_SAMPLES if split else "")


def data_functions(plan: Plan, source: Source, *, split: bool) -> tuple[str, ...]:
    """Return the sources of ``load_data`` and of what it calls.

    Args:
        plan: the inputs and heads whose columns are read.
        source: where they come from.
        split: whether some of the samples are held out; else all of them are returned.
    """
    inputs = [step for step in plan.inputs if step.node.in_model]
    samples = call(("len",), [subscript(("x",), (text_literal(inputs[0].node.name),))])
    generated = isinstance(source, GeneratedSource)
    indent = 4 if generated else 8
    body = [
        "    arrays = generate_data()" if generated else "    with np.load(DATA) as arrays:",
        lay_out_assignment("x", _columns(inputs), indent),
        lay_out_assignment("y", _columns(plan.trained_heads), indent),
        lay_out_assignment("samples", samples, indent=4),
        "    order = np.random.default_rng(SEED).permutation(samples)\n",
    ]
    head, tail = (_SPLIT_HEAD, _SPLIT_TAIL) if split else (_WHOLE_HEAD, _WHOLE_TAIL)
    take = _TAKE_TEXTS if _has_texts(plan) else _TAKE
    made = generating_functions(source) if isinstance(source, GeneratedSource) else ()
    return *made, head + "\n".join(body) + tail, take


def _has_texts(plan: Plan) -> bool:
    return any(takes_text(step.node) for step in plan.inputs if step.node.in_model)


def _path(path: str) -> Expression:
    """Return the expression of a path; a relative one starts from the script's own folder."""
    if PurePath(path).is_absolute():
        return call(("Path",), [(text_literal(path),)])
    return call(("Path(__file__).parent.joinpath",), [(text_literal(path),)])


def _columns(steps: Iterable[InputStep | HeadStep]) -> Expression:
    return dict_display((step.node.name, _column(step.node)) for step in steps)


def _column(node: InputNode | HeadNode) -> Expression:
    return subscript(("arrays",), (text_literal(node.column or node.name),))
