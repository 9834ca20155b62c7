"""The words of the command line."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from graphstudio import __version__
from graphstudio.diagram.direction import Direction

FORMATS = (
    *("python", "module", "notebook"),
    *("keras", "savedmodel", "onnx", "litert", "json"),
    *("png", "svg", "pdf"),
)


class _Command(NamedTuple):
    """A word of the command line.

    Attributes:
        purpose: what it is good for, after the word.
        module: the module of this package that carries it out.
        add_arguments: each adds some of its arguments.
    """

    purpose: str
    module: str
    add_arguments: tuple[Callable[[ArgumentParser], None], ...]


def make_parser() -> ArgumentParser:
    """Return the parser of all commands; each names the module that carries it out."""
    parser = ArgumentParser(
        prog="graphstudio",
        description="Draw Keras models, train them, and take the code with you.",
        epilog="graphstudio [FILE] opens the studio.",
    )
    parser.add_argument("--version", action="version", version=f"graphstudio {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (purpose, module, add_arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
        command.set_defaults(module=module)
        for add in add_arguments:
            add(command)
    return parser


def command_names() -> frozenset[str]:
    """Return the words that are commands and no file names."""
    return frozenset(_COMMANDS)


def _add_file(command: ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a project file (.gstudio)")


def _add_trust(command: ArgumentParser) -> None:
    command.add_argument(
        "--trust", action="store_true", help="run the code that the project brings"
    )


def _add_run(command: ArgumentParser) -> None:
    command.add_argument("run", type=Path, help="a run's folder")


def _add_json(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON, and nothing else")


def _add_cost(command: ArgumentParser) -> None:
    command.add_argument("--cost", action="store_true", help="count FLOPs and bytes too")
    command.add_argument(
        "--time", action="store_true", help="run the calls on the CPU and time them"
    )
    command.add_argument(
        "--batch-size",
        type=int,
        help="what --time runs at once instead of the project's",
        metavar="N",
    )
    command.add_argument(
        "--size", type=int, help="what both assume for sizes that are unknown", metavar="N"
    )


def _add_layout(command: ArgumentParser) -> None:
    command.add_argument("-o", dest="output", type=Path, help="write here instead of into FILE")
    command.add_argument(
        "--direction",
        choices=[one.value for one in Direction],
        default=Direction.RIGHT.value,
        help="which way the tensors go: right, unless said otherwise, or down",
    )


def _add_export(command: ArgumentParser) -> None:
    command.add_argument("--to", choices=FORMATS, required=True, help="the form")
    command.add_argument("-o", dest="output", type=Path, required=True, help="the file to write")


def _add_import(command: ArgumentParser) -> None:
    command.add_argument("source", help="a file of Keras, a script, or keras.applications.NAME")
    command.add_argument("-o", dest="output", type=Path, required=True, help="the project file")
    command.add_argument("--trust", action="store_true", help="run the code that SOURCE brings")
    command.add_argument("--report", type=Path, help="write what came over as JSON")


def _add_train(command: ArgumentParser) -> None:
    command.add_argument("--run-dir", type=Path, help="where the run keeps its files")
    command.add_argument("--epochs", type=int, help="epochs, instead of the project's")
    command.add_argument("--resume", action="store_true", help="go on with the run in --run-dir")


def _add_predict(command: ArgumentParser) -> None:
    command.add_argument("--input", type=Path, required=True, help=".npz with a column an input")


def _add_diff(command: ArgumentParser) -> None:
    command.add_argument("a", type=Path)
    command.add_argument("b", type=Path)


def _add_engine(command: ArgumentParser) -> None:
    command.add_argument("--cpu", action="store_true", help="keep off accelerators")


_COMMANDS: Mapping[str, _Command] = {
    "check": _Command(
        "say what is wrong with a diagram", "check", (_add_file, _add_trust, _add_json)
    ),
    "summary": _Command(
        "list a model's calls with their shapes and parameters",
        "summary",
        (_add_file, _add_cost, _add_trust, _add_json),
    ),
    "layout": _Command(
        "arrange a diagram so that it can be read", "layout", (_add_file, _add_layout)
    ),
    "export": _Command(
        "write a model in another form", "export", (_add_file, _add_export, _add_trust)
    ),
    "import": _Command("make a project from a Keras model", "import_model", (_add_import,)),
    "train": _Command(
        "train a project's model", "train", (_add_file, _add_train, _add_trust, _add_json)
    ),
    "evaluate": _Command(
        "measure a trained model on its held-out data",
        "evaluate",
        (_add_run, _add_trust, _add_json),
    ),
    "predict": _Command(
        "let a trained model predict", "predict", (_add_run, _add_predict, _add_trust, _add_json)
    ),
    "diff": _Command("compare two diagrams", "diff", (_add_diff, _add_json)),
    "engine": _Command("serve the studio on the standard streams", "engine", (_add_engine,)),
    "doctor": _Command("say what is installed and what is missing", "doctor", (_add_json,)),
}
