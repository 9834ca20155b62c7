"""``graphstudio export FILE --to FORMAT -o OUT``: write a model in another form."""

from argparse import Namespace
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

import keras

from graphstudio.catalog.own_code import with_own
from graphstudio.cli.output import CommandError, say, say_diagnostics, say_error
from graphstudio.cli.picture import PICTURE_FORMS, write_picture
from graphstudio.code.data_path import data_path_from
from graphstudio.code.notebook import python_notebook
from graphstudio.code.plan import Paths, PlanError, make_plan
from graphstudio.code.script import python_module, python_script
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.build import BuildError, build_model, compile_model
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.model_files import MODEL_FORMS, ModelFileError, write_model
from graphstudio.engine.own_code import OwnCodeError, use_own


class _Writer(Protocol):
    """Writes a project in one form."""

    def __call__(self, project: Project, file: Path, output: Path, /, *, trusted: bool) -> None:
        """Write a file; own code runs if that is trusted."""


def run(arguments: Namespace) -> int:
    """Write the file; return 1, and print what is wrong, if the diagram is no model."""
    project = load_project(arguments.file)
    try:
        write = _WRITERS[arguments.to]
        write(project, arguments.file, arguments.output, trusted=arguments.trust)
    except (PlanError, BuildError, OwnCodeError) as error:
        say_error("the diagram is no model")
        say_diagnostics(project.diagram, error.diagnostics)
        return 1
    except ModelFileError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(
            f"{arguments.output} cannot be written: {error.strerror or error}."
        ) from error
    say(f"Wrote {arguments.output}.")
    return 0


def _write_script(project: Project, file: Path, output: Path, *, trusted: bool) -> None:
    data = data_path_from(project, file.resolve().parent, output)
    paths = _paths(project, trusted=trusted)
    write_atomically(
        output, python_script(project, installed_catalog(), data_path=data, paths=paths)
    )


def _write_module(project: Project, _file: Path, output: Path, *, trusted: bool) -> None:
    write_atomically(
        output, python_module(project, installed_catalog(), paths=_paths(project, trusted=trusted))
    )


def _write_notebook(project: Project, file: Path, output: Path, *, trusted: bool) -> None:
    data = data_path_from(project, file.resolve().parent, output)
    paths = _paths(project, trusted=trusted)
    write_atomically(
        output, python_notebook(project, installed_catalog(), data_path=data, paths=paths)
    )


def _paths(project: Project, *, trusted: bool) -> Paths:
    """Return what each call gives, asked of Keras."""
    inspector = Inspector(installed_catalog())
    return inspector.inspect(project.diagram, code=project.code, trusted=trusted).paths


def _write_model(form: str, project: Project, _file: Path, output: Path, *, trusted: bool) -> None:
    """Write the compiled model as a run starts with it."""
    use_own(project, trusted=trusted)
    plan = make_plan(project.diagram, with_own(installed_catalog(), project.code))
    keras.utils.set_random_seed(project.training.seed)
    model = build_model(plan)
    compile_model(model, plan, project)
    write_model(model, form, output)


_WRITERS: Mapping[str, _Writer] = {
    "python": _write_script,
    "module": _write_module,
    "notebook": _write_notebook,
    **{form: partial(_write_model, form) for form in MODEL_FORMS},
    **{form: partial(write_picture, form) for form in PICTURE_FORMS},
}
