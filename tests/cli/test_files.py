"""A file that cannot be used is told in one sentence, with exit code 2, whatever the command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graphstudio.cli import run_command
from tests.cli.conftest import Command, graphstudio


def newer(path: Path) -> None:
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "schema": 99}))


def dangling(path: Path) -> None:
    document = json.loads(path.read_text())
    document["layers"].pop("pool")
    path.write_text(json.dumps(document))


SPOILERS: dict[str, Callable[[Path], object]] = {
    "cannot be read: No such file": Path.unlink,
    "cannot be read: it is not text": lambda path: path.write_bytes(b"\xff\xfe\x00\x80"),
    "is not a whole project file": lambda path: path.write_text(path.read_text()[:500]),
    "is not a project file": lambda path: path.write_text('{"nodes": []}'),
    "was made by a newer Graph Studio": newer,
    "is damaged": dangling,
}
COMMANDS = {
    "check": (),
    "summary": ("--json",),
    "layout": (),
    "export": ("--to", "python", "-o", "out.py"),
    "train": ("--json",),
    "diff": ("other.gstudio",),
}


def is_one_sentence(text: str, reason: str) -> bool:
    return (
        text.startswith("graphstudio: digits.gstudio ")
        and reason in text
        and text.count("\n") == 1
        and "Traceback" not in text
    )


@pytest.mark.parametrize("reason", SPOILERS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_cannot_be_used_is_told(
    command: Command, example: Path, name: str, reason: str
) -> None:
    SPOILERS[reason](example)
    code, out, err = command(name, example, *COMMANDS[name])
    assert (code, out) == (2, "")
    assert is_one_sentence(err, reason)


def test_a_folder_is_no_project(command: Command, tmp_path: Path) -> None:
    done = command("check", tmp_path)
    assert done.code == 2
    assert "cannot be read: Is a directory." in done.err


def test_the_program_itself_tells_it_so_too(example: Path) -> None:
    newer(example)
    code, out, err = graphstudio("summary", example)
    assert (code, out) == (2, "")
    assert is_one_sentence(err, "received 99. Update Graph Studio to open it.")


NO_COMMANDS = [("explode",), ("check",), ("export", "a", "--to", "b", "-o", "c")]


@pytest.mark.parametrize("words", NO_COMMANDS)
def test_words_that_are_no_command_are_told(
    capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run_command(words)
    assert caught.value.code == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("usage: graphstudio")
