"""``graphstudio export FILE --to FORMAT -o OUT``: write a model in another form."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import keras

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import CommandError, say, say_diagnostics, say_error
from graphstudio.cli.picture import PICTURE_FORMS, write_picture
from graphstudio.code.data_path import data_path_from
from graphstudio.code.notebook import python_notebook
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.script import python_module, python_script
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.build import BuildError, build_model, compile_model
from graphstudio.engine.model_files import MODEL_FORMS, ModelFileError, write_model


def run(arguments: Namespace) -> int:
    """Write the file; return 1, and print what is wrong, if the diagram is no model."""
    project = load_project(arguments.file)
    try:
        _WRITERS[arguments.to](project, arguments.file, arguments.output)
    except (PlanError, BuildError) as error:
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


def _write_script(project: Project, file: Path, output: Path) -> None:
    data = data_path_from(project, file.resolve().parent, output)
    write_atomically(output, python_script(project, shipped_catalog(), data_path=data))


def _write_module(project: Project, _file: Path, output: Path) -> None:
    write_atomically(output, python_module(project, shipped_catalog()))


def _write_notebook(project: Project, file: Path, output: Path) -> None:
    data = data_path_from(project, file.resolve().parent, output)
    write_atomically(output, python_notebook(project, shipped_catalog(), data_path=data))


def _write_model(form: str, project: Project, _file: Path, output: Path) -> None:
    """Write the compiled model as a run starts with it."""
    plan = make_plan(project.diagram, shipped_catalog())
    keras.utils.set_random_seed(project.training.seed)
    model = build_model(plan)
    compile_model(model, plan, project.training)
    write_model(model, form, output)


_WRITERS: Mapping[str, Callable[[Project, Path, Path], None]] = {
    "python": _write_script,
    "module": _write_module,
    "notebook": _write_notebook,
    **{form: partial(_write_model, form) for form in MODEL_FORMS},
    **{form: partial(write_picture, form) for form in PICTURE_FORMS},
}
