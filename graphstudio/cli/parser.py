"""The words of the command line."""

import argparse
from pathlib import Path

from graphstudio import __version__

FORMATS = (
    *("python", "module", "notebook"),
    *("keras", "savedmodel", "onnx", "litert", "json"),
    *("png", "svg", "pdf"),
)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each names the module that carries it out."""
    parser = argparse.ArgumentParser(
        prog="graphstudio",
        description="Draw Keras models, train them, and take the code with you.",
        epilog="graphstudio [FILE] opens the studio.",
    )
    parser.add_argument("--version", action="version", version=f"graphstudio {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = _add(commands, "check", "say what is wrong with a diagram")
    _add_file(check)
    _add_json(check)

    summary = _add(commands, "summary", "list a model's calls with their shapes and parameters")
    _add_file(summary)
    _add_json(summary)

    layout = _add(commands, "layout", "arrange a diagram so that it can be read")
    _add_file(layout)
    layout.add_argument("-o", dest="output", type=Path, help="write here instead of into FILE")

    export = _add(commands, "export", "write a model in another form")
    _add_file(export)
    export.add_argument("--to", choices=FORMATS, required=True, help="the form")
    export.add_argument("-o", dest="output", type=Path, required=True, help="the file to write")

    source = _add(commands, "import", "make a project from a Keras model", module="import_model")
    source.add_argument("source", help="a file of Keras, a script, or keras.applications.NAME")
    source.add_argument("-o", dest="output", type=Path, required=True, help="the project file")
    source.add_argument("--trust", action="store_true", help="run the code that SOURCE brings")
    source.add_argument("--report", type=Path, help="write what came over as JSON")

    train = _add(commands, "train", "train a project's model")
    _add_file(train)
    train.add_argument("--run-dir", type=Path, help="where the run keeps its files")
    train.add_argument("--epochs", type=int, help="epochs, instead of the project's")
    train.add_argument("--resume", action="store_true", help="go on with the run in --run-dir")
    _add_json(train)

    evaluate = _add(commands, "evaluate", "measure a trained model on its held-out data")
    evaluate.add_argument("run", type=Path, help="a run's folder")
    _add_json(evaluate)

    predict = _add(commands, "predict", "let a trained model predict")
    predict.add_argument("run", type=Path, help="a run's folder")
    predict.add_argument("--input", type=Path, required=True, help=".npz with a column an input")
    _add_json(predict)

    diff = _add(commands, "diff", "compare two diagrams")
    diff.add_argument("a", type=Path)
    diff.add_argument("b", type=Path)
    _add_json(diff)

    engine = _add(commands, "engine", "serve the studio on the standard streams")
    engine.add_argument("--cpu", action="store_true", help="keep off accelerators")

    doctor = _add(commands, "doctor", "say what is installed and what is missing")
    _add_json(doctor)
    return parser


def command_names() -> frozenset[str]:
    """Return the words that are commands and no file names."""
    return frozenset(
        {"check", "summary", "layout", "export", "import", "train", "evaluate", "predict"}
        | {"diff", "engine", "doctor"}
    )


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    purpose: str,
    module: str | None = None,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
    command.set_defaults(module=module or name)
    return command


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a project file (.gstudio)")


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON, and nothing else")
