"""Carries out the plan of the data: calls what the plan names, with what it says."""

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from graphstudio.code.data_steps import (
    Argument,
    Call,
    Constant,
    Field,
    Fields,
    Given,
    Rows,
    Target,
)
from graphstudio.engine.data.samples import Columns

_FUNCTIONS = "graphstudio.columns"


def carry_out(
    argument: Argument,
    folder: Path,
    fields: Columns | None = None,
    rows: int = 0,
    targets: Columns | None = None,
) -> Any:
    """Return the value of a part of a plan.

    Args:
        argument: the part.
        folder: what relative paths start from.
        fields: the fields that have been read.
        rows: how many samples there are.
        targets: what the trained heads learn from, once that is made.

    Raises:
        Exception: whatever the function raises that the part calls.
    """
    value_of = partial(carry_out, folder=folder, fields=fields, rows=rows, targets=targets)
    match argument:
        case Field(name=name) | Target(name=name):
            return ((fields if isinstance(argument, Field) else targets) or {})[name]
        case Fields():
            return fields
        case Rows():
            return rows
        case Constant(name="DATA", value=path):
            return folder / path
        case Constant(value=value) | Given(value=value):
            return value
        case Call(function=path, arguments=arguments, options=options):
            return _function(path)(*map(value_of, arguments), **_plain(options))


def _function(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(f"{_FUNCTIONS}.{module}"), name)


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    return dict(options)
