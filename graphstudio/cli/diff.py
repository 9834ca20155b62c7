"""``graphstudio diff A B``: compare two diagrams."""

from argparse import Namespace

from graphstudio.cli.output import say, say_json
from graphstudio.diagram.difference_texts import change_texts
from graphstudio.diagram.differences import Difference, differences
from graphstudio.diagram.project_file import load_project


def run(arguments: Namespace) -> int:
    """Print what differs; positions do not count."""
    found = differences(load_project(arguments.a).diagram, load_project(arguments.b).diagram)
    if arguments.json:
        say_json(found)
        return 0
    for one in found:
        say(_line(one))
    if not found:
        say("The diagrams mean the same.")
    return 0


def _line(one: Difference) -> str:
    line = f"{one.kind} {one.what} {one.name}"
    changes = "; ".join(change_texts(one))
    return f"{line}: {changes}" if changes else line
