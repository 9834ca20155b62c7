"""The source of `load_data`: the columns of a NumPy file, shuffled by the seed and split."""

from collections.abc import Iterable

from graphstudio.code.literals import text_literal
from graphstudio.code.plan import HeadStep, InputStep, Plan
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out_assignment,
    subscript,
)
from graphstudio.diagram.diagram import HeadNode, InputNode

COLUMNS = "Columns = dict[str, np.ndarray]\n"
SAMPLES = "Samples = tuple[Columns, Columns]\n"

_TAKE = '''\
def take(columns: Columns, rows: np.ndarray) -> Columns:
    """Return some rows of every column."""
    return {name: column[rows] for name, column in columns.items()}
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


def data_functions(plan: Plan, *, split: bool) -> tuple[str, ...]:
    """Return the sources of ``load_data`` and of what it calls.

    Args:
        plan: the inputs and heads whose columns are read.
        split: whether some of the samples are held out; else all of them are returned.
    """
    inputs = [step for step in plan.inputs if step.node.in_model]
    samples = call(("len",), [subscript(("x",), (text_literal(inputs[0].node.name),))])
    body = [
        "    with np.load(DATA) as arrays:",
        lay_out_assignment("x", _columns(inputs), indent=8),
        lay_out_assignment("y", _columns(plan.trained_heads), indent=8),
        lay_out_assignment("samples", samples, indent=4),
        "    order = np.random.default_rng(SEED).permutation(samples)\n",
    ]
    head, tail = (_SPLIT_HEAD, _SPLIT_TAIL) if split else (_WHOLE_HEAD, _WHOLE_TAIL)
    return head + "\n".join(body) + tail, _TAKE


def _columns(steps: Iterable[InputStep | HeadStep]) -> Expression:
    return dict_display((step.node.name, _column(step.node)) for step in steps)


def _column(node: InputNode | HeadNode) -> Expression:
    return subscript(("arrays",), (text_literal(node.column or node.name),))
