"""``graphstudio summary FILE``: a model's calls with their shapes and parameters."""

from argparse import Namespace
from typing import Any

from msgspec.structs import asdict

from graphstudio.cli.output import (
    CommandError,
    full_record,
    say,
    say_diagnostics,
    say_error,
    say_json,
    say_table,
)
from graphstudio.diagram.active import active
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import has_errors
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.cost import Meter
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.own_code import UNTRUSTED
from graphstudio.engine.room import RoomError
from graphstudio.engine.timing import time_calls
from graphstudio.protocol import Cost, Inspected, Measure, Measured, NodeInfo, TimeCalls, Timed


def run(arguments: Namespace) -> int:
    """Print the summary; return 1, and print why, if something of it cannot be known."""
    project = load_project(arguments.file)
    diagram = project.diagram
    inspector = Inspector(installed_catalog())
    inspected = inspector.inspect(diagram, code=project.code, trusted=arguments.trust)
    found = (*check(diagram), *inspected.diagnostics)
    measured = None
    if arguments.cost:
        meter = Meter(inspector, installed_catalog())
        measured = meter.measure(_cost_question(project, arguments))
    timed = _timed(project, arguments, inspector) if arguments.time else None
    incomplete = has_errors(found) or any(one.code == UNTRUSTED for one in found)
    summary = _summary(active(diagram), inspected, measured, timed)
    if arguments.json:
        say_json({**summary, "diagnostics": [full_record(one) for one in found]})
    elif incomplete:
        say_diagnostics(diagram, found)
    else:
        _say_summary(diagram, summary)
    return 1 if incomplete else 0


def _cost_question(project: Project, arguments: Namespace) -> Measure:
    return Measure(
        id=0,
        diagram=project.diagram,
        size=arguments.size,
        code=project.code,
        trusted=arguments.trust,
    )


def _timed(project: Project, arguments: Namespace, inspector: Inspector) -> Timed:
    """Return how long calls take.

    Raises:
        CommandError: there is not enough memory, or the batch is empty.
    """
    given = arguments.batch_size
    batch_size = project.training.batch_size if given is None else given
    if batch_size < 1:
        raise CommandError(f"Expected a batch size of 1 or more; received {batch_size}.")
    question = TimeCalls(
        id=0,
        diagram=project.diagram,
        batch_size=batch_size,
        size=arguments.size,
        code=project.code,
        trusted=arguments.trust,
    )
    try:
        timed = time_calls(question, inspector, installed_catalog())
    except RoomError as error:
        raise CommandError(str(error)) from error
    if timed.reason:
        say_error(f"a call could not be run, and those that depend on it: {timed.reason}")
    return timed


def _summary(
    diagram: Diagram, inspected: Inspected, measured: Measured | None, timed: Timed | None
) -> dict[str, Any]:
    rows: dict[str, list[dict[str, Any]]] = {"inputs": [], "calls": [], "heads": []}
    for node_id in calling_order(diagram):
        layer = diagram.layer_of(node_id)
        info = inspected.nodes.get(node_id, NodeInfo())
        row: dict[str, Any] = {
            "name": diagram.name_of(node_id),
            "class": layer.class_name if layer else None,
            "outputs": [{"shape": one.shape, "dtype": one.dtype} for one in info.outputs],
            "params": info.params,
        }
        if measured and layer:
            row |= asdict(measured.nodes.get(node_id, Cost()))
        if timed and layer:
            row["seconds"] = timed.nodes.get(node_id)
        kind = "calls" if layer else "inputs" if node_id in diagram.inputs else "heads"
        rows[kind].append(row)
    return {
        "name": diagram.name,
        "total_params": inspected.total_params,
        "trainable_params": inspected.trainable_params,
        **({"total_cost": asdict(measured.total)} if measured else {}),
        **({"time": _time(timed)} if timed else {}),
        **rows,
    }


def _time(timed: Timed) -> dict[str, Any]:
    """Return what was timed as a whole; for each call the seconds stand in its own row."""
    return {
        "batch_size": timed.batch_size,
        "size": timed.size,
        "total": timed.total,
        "whole": timed.whole,
    }


def _say_summary(diagram: Diagram, summary: dict[str, Any]) -> None:
    total_cost, time = summary.get("total_cost"), summary.get("time")
    costs = tuple(total_cost or ())
    rows = [("name", "class", "output", "parameters", *costs, *(("ms",) if time else ()))]
    for kind, word in (("inputs", "Input"), ("calls", ""), ("heads", "Head")):
        for row in summary[kind]:
            shapes = ", ".join(f"{one['shape']} {one['dtype']}" for one in row["outputs"])
            counts = (_count(row.get(name)) if row["class"] else "" for name in costs)
            times = (_milliseconds(row.get("seconds")) if row["class"] else "",) if time else ()
            words = (row["name"], row["class"] or word, shapes, f"{row['params']:,}")
            rows.append((*words, *counts, *times))
    say_table(rows)
    total, trained = summary["total_params"], summary["trainable_params"]
    say(f"{diagram.name}: {total:,} parameters, of which {trained:,} are trained.")
    if total_cost:
        told = ", ".join(f"{name} {_count(value)}" for name, value in total_cost.items())
        say(f"For one sample: {told}.")
    if time:
        _say_time(time)


def _say_time(time: dict[str, Any]) -> None:
    batch = f"a batch of {time['batch_size']}"
    sizes = "" if time["size"] is None else f", with unknown sizes taken for {time['size']}"
    total, whole = _milliseconds(time["total"]), _milliseconds(time["whole"])
    say(f"On the CPU, {batch}{sizes}: {total} ms call by call, {whole} ms in one.")


def _milliseconds(seconds: float | None) -> str:
    return "?" if seconds is None else f"{seconds * 1000:,.3f}"


def _count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"
