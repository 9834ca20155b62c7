"""``graphstudio layout FILE``: arrange a diagram so that it can be read."""

from argparse import Namespace

from graphstudio.cli.output import say
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.bends import straighten
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.project_file import load_project, save_project


def run(arguments: Namespace) -> int:
    """Write the arranged project."""
    project = load_project(arguments.file)
    output = arguments.output or arguments.file
    places = arrange(project.diagram)
    arranged = move_nodes(straighten(project.diagram, places), places)
    save_project(project.with_diagram(arranged), output)
    say(f"Arranged {len(arranged.nodes)} nodes in {output}.")
    return 0
