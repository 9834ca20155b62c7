"""The source of `load_data`: fields that are read, made into columns, and split."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from graphstudio.code.carried import Carried, carried
from graphstudio.code.data_steps import (
    Argument,
    Call,
    Constant,
    DataPlan,
    Field,
    Fields,
    Given,
    Rows,
    Target,
)
from graphstudio.code.literals import number_literal, text_literal
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out_assignment,
    named,
    subscript,
    tuple_display,
)
from graphstudio.diagram.values import OWN

_PAIRS = "Samples = tuple[Columns, Columns]\n"
_TRIPLES = "Samples = tuple[Columns, Columns, Columns]\n"
# Where a script keeps columns that are bigger than memory.
_KEPT: Expression = ('Path(__file__).with_suffix(".kept")',)
_LOAD = '''\
def load_data() -> tuple[{type}, {type} | None]:
    """Return what to train on and what is held out: {what}."""
'''
_PREPARE = '''\
def prepare(fields: Columns) -> tuple[Columns, ...]:
    """Return {what} of some rows."""
'''
_RETURN_SPLIT = "    return train, validation if len(held_out) else None"


def data_constants(plan: DataPlan) -> dict[str, Expression]:
    """Return the values that the functions use, by the names of their constants."""
    constants = {
        one.name: _path(one.value) if one.name == "DATA" else _literal(one.value)
        for one in _parts(plan)
        if isinstance(one, Constant)
    }
    return {**constants, "KEPT": _KEPT} if plan.on_disk else constants


def data_carried(plan: DataPlan, *, texts: bool) -> Carried:
    """Return the functions that ``load_data`` calls.

    Args:
        plan: the plan of the data.
        texts: whether an input takes texts.
    """
    called = [one.function for one in _parts(plan) if isinstance(one, Call)]
    called = [function for function in called if not function.startswith(OWN)]
    taking = ["taking.take_texts" if texts else "taking.take"]
    if plan.on_disk:
        taking = ["on_disk.keep", "on_disk.key_of", "batches.batches"]
    return carried([*called, *taking, "samples.Columns"])


def samples_type(plan: DataPlan) -> str:
    """Return the name of the type of samples."""
    if plan.on_disk:
        return "Batches = tf.data.Dataset\n"
    return _TRIPLES if plan.weights else _PAIRS


def loading_functions(plan: DataPlan, *, texts: bool) -> tuple[str, ...]:
    """Return the source of ``load_data``, without that of the functions that scripts carry.

    Args:
        plan: the plan of the data.
        texts: whether an input takes texts.
    """
    what = "inputs, targets and weights" if plan.weights else "inputs and targets"
    if plan.on_disk:
        return _load_batches(plan, what), _prepare(plan, what)
    read = _expression(plan.read, plan) if plan.read else call(("generate_data",), ())
    lines = [
        lay_out_assignment("fields", read, 4),
        *_made(plan),
        lay_out_assignment("rows, held_out", _expression(plan.split, plan), 4),
        lay_out_assignment("train", _taken(_names(plan), "rows", texts=texts), 4),
        lay_out_assignment("validation", _taken(_names(plan), "held_out", texts=texts), 4),
        _RETURN_SPLIT,
    ]
    return (_LOAD.format(type="Samples", what=what) + "\n".join(lines) + "\n",)


def _load_batches(plan: DataPlan, what: str) -> str:
    """Return the source of ``load_data`` for columns that are kept on disk."""
    names = _names(plan)
    by = _split_field(plan)
    kept = [*names, "fields"] if by else names
    pieces = call(("map",), [("prepare",), _expression(plan.read, plan)] if plan.read else ())
    parts = f"({', '.join(names)})"
    lines = [
        lay_out_assignment("pieces", pieces, 4),
        f"    {', '.join(kept)} = keep(pieces, KEPT, key_of(DATA))",
        *([lay_out_assignment("fields", (f"{{{by}: fields[{by}][:]}}",), 4)] if by else []),
        lay_out_assignment("rows, held_out", _expression(plan.split, plan), 4),
        f"    train = batches({parts}, rows, BATCH_SIZE, SEED)",
        f"    validation = batches({parts}, held_out, BATCH_SIZE)",
        _RETURN_SPLIT,
    ]
    return _LOAD.format(type="Batches", what=what) + "\n".join(lines) + "\n"


def _prepare(plan: DataPlan, what: str) -> str:
    """Return the source of ``prepare``, which makes columns of some rows."""
    by = _split_field(plan)
    given = [f"{{{by}: fields[{by}]}}"] if by else []
    lines = [*_made(plan), f"    return {', '.join([*_names(plan), *given])}"]
    return _PREPARE.format(what=what) + "\n".join(lines) + "\n"


def _split_field(plan: DataPlan) -> str:
    """Return the literal of the field that rows are split by; empty where there is none."""
    fields = (one.name for one in plan.split.arguments if isinstance(one, Field))
    return next(map(text_literal, fields), "")


def _made(plan: DataPlan) -> Iterator[str]:
    """Yield the statements that make columns of fields."""
    for step in plan.steps:
        yield lay_out_assignment("fields", _expression(step, plan), 4)
    for name, part in zip(("x", "y", "weights"), (plan.x, plan.y, plan.weights), strict=True):
        if part:
            yield lay_out_assignment(name, _columns(part, plan), 4)


def _names(plan: DataPlan) -> list[str]:
    return ["x", "y", "weights"] if plan.weights else ["x", "y"]


def _taken(parts: Iterable[str], rows: str, *, texts: bool) -> Expression:
    take = "take_texts" if texts else "take"
    return tuple_display(call((take,), [(part,), (rows,)]) for part in parts)


def _columns(columns: Mapping[str, Argument], plan: DataPlan) -> Expression:
    return dict_display((name, _expression(one, plan)) for name, one in columns.items())


def _expression(argument: Argument, plan: DataPlan) -> Expression:
    match argument:
        case Field(name=name) | Target(name=name):
            table = "fields" if isinstance(argument, Field) else "y"
            return subscript((table,), (text_literal(name),))
        case Fields():
            return ("fields",)
        case Rows():
            return call(("len",), [subscript(("x",), (text_literal(next(iter(plan.x))),))])
        case Constant(name=name):
            return (name,)
        case Given(value=value):
            return _literal(value)
        case Call(function=function, arguments=arguments, options=options):
            given = [_expression(one, plan) for one in arguments]
            given += [named(name, _literal(value)) for name, value in options.items()]
            return call((function.rpartition(".")[2],), given)


def _literal(value: Any) -> Expression:
    match value:
        case str():
            return (text_literal(value),)
        case tuple() | list():
            return tuple_display(map(_literal, value))
        case Mapping() if all(isinstance(key, str) for key in value):
            return dict_display((key, _literal(one)) for key, one in value.items())
        case Mapping():
            pairs = (f"{key}: {number_literal(one)}" for key, one in value.items())
            return (f"{{{', '.join(pairs)}}}",)
        case _:
            return (number_literal(value),)


def _path(path: str) -> Expression:
    """Return the expression of a path; a relative one starts from the script's own folder."""
    if PurePath(path).is_absolute():
        return call(("Path",), [(text_literal(path),)])
    return call(("Path(__file__).parent.joinpath",), [(text_literal(path),)])


def _parts(plan: DataPlan) -> Iterator[Argument]:
    """Yield all that a plan is made of, in the order in which a script uses it."""
    read = (plan.read,) if plan.read else ()
    columns = (*plan.x.values(), *plan.y.values(), *plan.weights.values())
    for one in (*read, *plan.steps, *columns, plan.split):
        yield from _with_arguments(one)


def _with_arguments(argument: Argument) -> Iterator[Argument]:
    yield argument
    if isinstance(argument, Call):
        for one in argument.arguments:
            yield from _with_arguments(one)
