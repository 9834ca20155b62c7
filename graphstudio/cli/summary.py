"""``graphstudio summary FILE``: a model's calls with their shapes and parameters."""

from argparse import Namespace
from typing import Any

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import full_record, say, say_diagnostics, say_json, say_table
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import has_errors
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.inspect import Inspector
from graphstudio.protocol import Inspected, NodeInfo


def run(arguments: Namespace) -> int:
    """Print the summary; return 1, and print what is wrong, if the diagram has errors."""
    diagram = load_project(arguments.file).diagram
    inspected = Inspector(shipped_catalog()).inspect(diagram)
    found = (*check(diagram), *inspected.diagnostics)
    if arguments.json:
        say_json(
            {**_summary(diagram, inspected), "diagnostics": [full_record(one) for one in found]}
        )
    elif has_errors(found):
        say_diagnostics(diagram, found)
    else:
        _say_summary(diagram, _summary(diagram, inspected))
    return 1 if has_errors(found) else 0


def _summary(diagram: Diagram, inspected: Inspected) -> dict[str, Any]:
    rows: dict[str, list[dict[str, Any]]] = {"inputs": [], "calls": [], "heads": []}
    for node_id in calling_order(diagram):
        layer = diagram.layer_of(node_id)
        info = inspected.nodes.get(node_id, NodeInfo())
        row = {
            "name": diagram.name_of(node_id),
            "class": layer.class_name if layer else None,
            "outputs": [{"shape": one.shape, "dtype": one.dtype} for one in info.outputs],
            "params": info.params,
        }
        kind = "calls" if layer else "inputs" if node_id in diagram.inputs else "heads"
        rows[kind].append(row)
    return {
        "name": diagram.name,
        "total_params": inspected.total_params,
        "trainable_params": inspected.trainable_params,
        **rows,
    }


def _say_summary(diagram: Diagram, summary: dict[str, Any]) -> None:
    rows = [("name", "class", "output", "parameters")]
    for kind, word in (("inputs", "Input"), ("calls", ""), ("heads", "Head")):
        for row in summary[kind]:
            shapes = ", ".join(f"{one['shape']} {one['dtype']}" for one in row["outputs"])
            rows.append((row["name"], row["class"] or word, shapes, f"{row['params']:,}"))
    say_table(rows)
    total, trained = summary["total_params"], summary["trainable_params"]
    say(f"{diagram.name}: {total:,} parameters, of which {trained:,} are trained.")
