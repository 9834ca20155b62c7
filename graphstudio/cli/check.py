"""``graphstudio check FILE``: what is wrong with a diagram."""

from argparse import Namespace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import full_record, say, say_diagnostics, say_json
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import has_errors
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.inspect import Inspector


def run(arguments: Namespace) -> int:
    """Print the findings; return 1 if any is an error."""
    diagram = load_project(arguments.file).diagram
    found = (*check(diagram), *Inspector(shipped_catalog()).inspect(diagram).diagnostics)
    if arguments.json:
        say_json([full_record(one) for one in found])
    else:
        say_diagnostics(diagram, found)
        if not found:
            say("No problems: the diagram is a model.")
    return 1 if has_errors(found) else 0
