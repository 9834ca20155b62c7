"""``graphstudio layout FILE``: arrange a diagram so that it can be read."""

from argparse import Namespace

from graphstudio.cli.output import say
from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.project_file import load_project, save_project


def run(arguments: Namespace) -> int:
    """Write the arranged project."""
    project = load_project(arguments.file)
    output = arguments.output or arguments.file
    diagram = arranged(project.diagram, direction=Direction(arguments.direction))
    save_project(project.with_diagram(diagram), output)
    say(f"Arranged {len(diagram.nodes)} nodes in {output}.")
    return 0
