"""Where live Keras models come from: files of Keras, applications, scripts and notebooks."""

import inspect
import json
import runpy
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from graphstudio.engine.keras_errors import KERAS_ERRORS, reason

_APPLICATIONS = "keras.applications."
_SCRIPTS = (".py", ".ipynb")


class ModelSourceError(Exception):
    """A source gives no model; the message says why, in one sentence."""


def load_model(source: str, *, trust: bool) -> Any:
    """Return the live model of a source.

    Args:
        source: a ``.keras``, ``.h5`` or ``.json`` file, ``keras.applications.NAME``, or a script
            or notebook, with ``::name`` behind it where it leaves several models.
        trust: whether code that the source brings may run.

    Raises:
        ModelSourceError: the source cannot be read, has no model, or brings code untrusted.
    """
    file, _, name = source.partition("::")
    path = Path(file)
    try:
        if source.startswith(_APPLICATIONS):
            return _application(source.removeprefix(_APPLICATIONS))
        if path.suffix == ".json":
            return keras.models.model_from_json(path.read_text(encoding="utf-8"))
        if path.suffix in {".keras", ".h5"}:
            return keras.saving.load_model(path, compile=False, safe_mode=not trust)
        if path.suffix in _SCRIPTS:
            return _model_of_script(path, name, trust=trust)
    except KERAS_ERRORS as error:
        raise ModelSourceError(f"{source} cannot be imported: {reason(error)}") from error
    raise ModelSourceError(
        f"Expected .keras, .h5, .json, .py, .ipynb or keras.applications.NAME; received {source}."
    )


def _application(name: str) -> Any:
    make = getattr(keras.applications, name, None)
    if not inspect.isfunction(make):
        known = [one for one, made in vars(keras.applications).items() if inspect.isfunction(made)]
        raise ModelSourceError(
            f"Expected one of keras.applications: {', '.join(sorted(known))}; received {name}."
        )
    return make(weights=None)


def _model_of_script(path: Path, name: str, *, trust: bool) -> Any:
    if not path.is_file():
        raise ModelSourceError(f"{path} cannot be imported: there is no such file.")
    if not trust:
        raise ModelSourceError(
            f"{path} is a program, and importing it runs it: add --trust if you know what it does."
        )
    models = {key: value for key, value in _run(path).items() if isinstance(value, keras.Model)}
    if (name and name not in models) or not models or (not name and len(models) > 1):
        found = ", ".join(models) or "none"
        expected = f"a model named {name}" if name else "one model, or a name behind ::"
        raise ModelSourceError(f"Expected {expected} in {path}; received {found}.")
    return models[name] if name else next(iter(models.values()))


def _run(path: Path) -> Mapping[str, Any]:
    """Run a script, or the code cells of a notebook, as a module that is not the main one."""
    if path.suffix == ".py":
        return runpy.run_path(str(path), run_name="imported")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    # Lines for the notebook itself, such as %matplotlib, are no Python.
    lines = [line for line in code.splitlines() if not line.lstrip().startswith(("%", "!"))]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / f"{path.stem}.py"
        script.write_text("\n".join(lines), encoding="utf-8")
        return runpy.run_path(str(script), run_name="imported")
