"""``graphstudio import SOURCE -o FILE``: make a project from a Keras model."""

from argparse import Namespace
from pathlib import Path

import msgspec

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import CommandError, say, say_error
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.engine.import_model import ImportRow, ModelImportError, import_model
from graphstudio.engine.model_sources import ModelSourceError, load_model


def run(arguments: Namespace) -> int:
    """Write the project; return 1 if the model holds what a diagram cannot hold."""
    try:
        model = load_model(arguments.source, trust=arguments.trust)
        diagram, rows = import_model(model, shipped_catalog())
    except ModelSourceError as error:
        raise CommandError(str(error)) from error
    except ModelImportError as error:
        say_error(str(error))
        _write_report(arguments.report, error.rows)
        return 1
    save_project(Project(diagram=diagram), arguments.output)
    _write_report(arguments.report, rows)
    say(f"Imported {len(rows)} calls of {model.name} into {arguments.output}.")
    return 0


def _write_report(path: Path | None, rows: tuple[ImportRow, ...]) -> None:
    if path is not None:
        text = msgspec.json.format(msgspec.json.encode(rows), indent=1).decode()
        write_atomically(path, text + "\n")
