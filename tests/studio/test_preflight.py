"""Where no window can be opened, one sentence says why, and how to train all the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphstudio.resource import resource_path
from graphstudio.studio.preflight import missing_for_a_window

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def start(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Start the program with no screen but the one that the variables name."""
    environment = {key: value for key, value in os.environ.items() if key not in _SCREENS}
    return subprocess.run(
        [sys.executable, "-m", "graphstudio", *words],
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """Return what was said, after a look at what is the same in every case."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_without_a_display_it_says_so_and_how_to_train() -> None:
    text = said(start("my.gstudio"))
    assert text.startswith("graphstudio: There is no display: expected DISPLAY or WAYLAND_DISPLAY")
    assert text.endswith("train without a window: graphstudio train my.gstudio\n")


def test_a_display_that_does_not_answer_is_named() -> None:
    text = said(start(DISPLAY=":987"))
    assert "The display :987 does not answer: expected an X server there." in text
    assert f"graphstudio train {resource_path('examples/digits.gstudio')}" in text


@pytest.mark.parametrize(
    ("display", "sentence"),
    [({}, "There is no display: expected DISPLAY"), ({"DISPLAY": ":987"}, "does not answer")],
    ids=["none", "dead"],
)
def test_a_platform_that_was_asked_for_by_name_is_looked_at_too(
    display: dict[str, str], sentence: str
) -> None:
    assert sentence in said(start(QT_QPA_PLATFORM="xcb", **display))


def test_a_missing_system_library_is_named_with_the_way_to_install_it(tmp_path: Path) -> None:
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("")
    error = "libEGL.so.1: cannot open shared object file: No such file or directory"
    (package / "QtWidgets.py").write_text(f"raise ImportError({error!r})\n")
    text = said(start(DISPLAY=":0", PYTHONPATH=str(tmp_path)))
    assert "The system library libEGL.so.1 is missing." in text
    assert "sudo apt-get install libegl1" in text


def test_a_missing_library_of_the_x_plugin_is_named_too(tmp_path: Path) -> None:
    package = tmp_path / "PySide6"
    (package / "Qt/plugins/platforms").mkdir(parents=True)
    for name in ("__init__", "QtWidgets"):
        (package / f"{name}.py").write_text("")
    text = said(start(DISPLAY=":0", PYTHONPATH=str(tmp_path)))
    assert "libqxcb.so is missing." in text


def test_commands_need_neither_a_display_nor_qt(tmp_path: Path) -> None:
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError('no Qt here')\n")
    done = start("--help", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0
    assert "train a project's model" in done.stdout


def test_nothing_is_missing_where_a_platform_without_a_screen_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in _SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert missing_for_a_window() is None


def test_a_wayland_socket_that_is_not_there_is_no_display(tmp_path: Path) -> None:
    gone = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "There is no display" in said(start(**gone))
    assert "The display :987 does not answer" in said(start(DISPLAY=":987", **gone))
    assert "WAYLAND_DISPLAY to name a socket" in said(start(QT_QPA_PLATFORM="wayland", **gone))
