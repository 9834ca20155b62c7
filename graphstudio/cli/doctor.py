"""``graphstudio doctor``: what is installed, what is missing."""

import platform
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.cli.output import say, say_json, say_table
from graphstudio.cli.quiet import import_quietly
from graphstudio.studio.preflight import missing_for_a_window

_PACKAGES = ("graphstudio", "tensorflow", "keras", "PySide6-Essentials", "networkx")


def run(arguments: Namespace) -> int:
    """Print versions, devices and problems; return 1 if there are problems."""
    versions = {"Python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}}
    problems = [f"{name} is not installed." for name, given in versions.items() if given is None]
    found: list[str] = []
    try:
        # Imported here, since the doctor has to work where TensorFlow cannot be loaded.
        found = [one.name for one in import_quietly("graphstudio.engine.devices").devices()]
    except ImportError as error:
        problems.append(f"TensorFlow cannot be loaded: {error}.")
    catalog = shipped_catalog().keras_version
    if versions["keras"] not in {None, catalog}:
        problems.append(f"The palette describes Keras {catalog}; {versions['keras']} is installed.")
    window = missing_for_a_window()
    if window:
        problems.append(window)
    if arguments.json:
        say_json({"versions": versions, "devices": found, "problems": problems})
    else:
        say_table([(name, given or "missing") for name, given in versions.items()])
        say(f"Trains on: {', '.join(found) or 'nothing'}")
        say("\n".join(f"problem: {problem}" for problem in problems) or "Nothing is missing.")
    return 1 if problems else 0


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
