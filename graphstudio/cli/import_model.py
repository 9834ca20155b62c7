"""``graphstudio import SOURCE -o FILE``: make a project from a Keras model."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import keras
import msgspec

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import CommandError, say, say_error
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.engine.import_model import ImportRow, ModelImportError, import_model
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason
from graphstudio.engine.objects import resolve

_APPLICATIONS = "keras.applications."


def run(arguments: Namespace) -> int:
    """Write the project; return 1 if the model holds what a diagram cannot hold."""
    model = _load(arguments.source)
    try:
        diagram, rows = import_model(model, shipped_catalog())
    except ModelImportError as error:
        say_error(str(error))
        _write_report(arguments.report, error.rows)
        return 1
    save_project(Project(diagram=diagram), arguments.output)
    _write_report(arguments.report, rows)
    say(f"Imported {len(rows)} calls of {model.name} into {arguments.output}.")
    return 0


def _load(source: str) -> Any:
    """Return the live model; no code that a file brings is run."""
    try:
        if source.startswith(_APPLICATIONS):
            return resolve(source)(weights=None)
        path = Path(source)
        if path.suffix == ".json":
            return keras.models.model_from_json(path.read_text(encoding="utf-8"))
        if path.suffix in {".keras", ".h5"}:
            return keras.saving.load_model(path, compile=False, safe_mode=True)
    except KERAS_ERRORS as error:
        raise CommandError(f"{source} cannot be imported: {reason(error)}") from error
    raise CommandError(
        f"Expected .keras, .h5, .json or keras.applications.NAME; received {source}."
    )


def _write_report(path: Path | None, rows: tuple[ImportRow, ...]) -> None:
    if path is not None:
        text = msgspec.json.format(msgspec.json.encode(rows), indent=1).decode()
        write_atomically(path, text + "\n")
