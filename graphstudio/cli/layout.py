"""``graphstudio layout FILE``: arrange a diagram so that it can be read."""

from argparse import Namespace

from graphstudio.cli.output import say
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.project_file import load_project, save_project


def run(arguments: Namespace) -> int:
    """Write the arranged project."""
    project = load_project(arguments.file)
    output = arguments.output or arguments.file
    arranged = move_nodes(project.diagram, arrange(project.diagram))
    save_project(project.with_diagram(arranged), output)
    say(f"Arranged {len(arranged.nodes)} nodes in {output}.")
    return 0
