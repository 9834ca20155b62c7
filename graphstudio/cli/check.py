"""``graphstudio check FILE``: what is wrong with a diagram."""

from argparse import Namespace

from graphstudio.cli.output import full_record, say, say_diagnostics, say_json
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import has_errors, remedied
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.repairs import Repairer
from graphstudio.protocol import Inspect


def run(arguments: Namespace) -> int:
    """Print the findings; return 1 if any is an error."""
    project = load_project(arguments.file)
    diagram = project.diagram
    inspector = Inspector(installed_catalog())
    question = Inspect(id=0, diagram=diagram, code=project.code, trusted=arguments.trust)
    inspected = inspector.inspect(diagram, code=question.code, trusted=question.trusted)
    remedies = Repairer(inspector, installed_catalog()).remedies(question, inspected)
    found = remedied((*check(diagram), *inspected.diagnostics), remedies or ())
    if arguments.json:
        say_json([full_record(one) for one in found])
    else:
        say_diagnostics(diagram, found)
        if not found:
            say("No problems: the diagram is a model.")
    return 1 if has_errors(found) else 0
