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
    lay_out,
    lay_out_assignment,
    named,
    subscript,
    tuple_display,
)
from graphstudio.diagram.values import OWN

_PAIRS = "Samples = tuple[Columns, Columns]\n"
_TRIPLES = "Samples = tuple[Columns, Columns, Columns]\n"
_LOAD = '''\
def load_data() -> tuple[Samples, Samples | None]:
    """Return what to train on and what is held out: {what}."""
'''


def data_constants(plan: DataPlan) -> dict[str, Expression]:
    """Return the values that the functions use, by the names of their constants."""
    return {
        one.name: _path(one.value) if one.name == "DATA" else _literal(one.value)
        for one in _parts(plan)
        if isinstance(one, Constant)
    }


def data_carried(plan: DataPlan, *, texts: bool) -> Carried:
    """Return the functions that ``load_data`` calls.

    Args:
        plan: the plan of the data.
        texts: whether an input takes texts.
    """
    called = [one.function for one in _parts(plan) if isinstance(one, Call)]
    called = [function for function in called if not function.startswith(OWN)]
    taking = "taking.take_texts" if texts else "taking.take"
    return carried([*called, taking, "samples.Columns"])


def samples_type(plan: DataPlan) -> str:
    """Return the name of the type of samples."""
    return _TRIPLES if plan.weights else _PAIRS


def load_data(plan: DataPlan, *, texts: bool) -> str:
    """Return the source of ``load_data``, without that of the functions that it calls.

    Args:
        plan: the plan of the data.
        texts: whether an input takes texts.
    """
    read = _expression(plan.read, plan) if plan.read else call(("generate_data",), ())
    parts = {"x": plan.x, "y": plan.y, **({"weights": plan.weights} if plan.weights else {})}
    lines = [
        lay_out_assignment("fields", read, 4),
        *(lay_out_assignment("fields", _expression(step, plan), 4) for step in plan.steps),
        *(lay_out_assignment(name, _columns(part, plan), 4) for name, part in parts.items()),
        lay_out_assignment("rows, held_out", _expression(plan.split, plan), 4),
        lay_out_assignment("train", _taken(parts, "rows", texts=texts), 4),
        lay_out_assignment("validation", _taken(parts, "held_out", texts=texts), 4),
        lay_out(("return train, validation if len(held_out) else None",), 4),
    ]
    what = "inputs, targets and weights" if plan.weights else "inputs and targets"
    return _LOAD.format(what=what) + "\n".join(lines) + "\n"


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
