"""A screen of its own for the real program, and a hand that moves its mouse and presses keys."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

SIZE = (1600, 1000)
_TOOLS = ("Xvfb", "xdotool", "import")


class Screen:
    """A virtual X display.

    Args:
        display: its name, such as ``":5"``.
    """

    def __init__(self, display: str) -> None:
        self._display = display

    @property
    def environment(self) -> dict[str, str]:
        """What a program on it runs under; each test has folders of its own in it."""
        kept = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        return {**kept, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}

    def tell(self, *words: object) -> str:
        """Have xdotool do something; return what it printed."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],  # noqa: S607
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout.strip()

    def window(self) -> str:
        """Return the studio's window; empty while there is none."""
        return self.tell("search", "--onlyvisible", "--name", "Graph Studio").partition("\n")[0]

    def focus(self) -> None:
        """Give the studio the keyboard, which a window manager would do."""
        self.tell("windowfocus", "--sync", self.window())

    def click(self, place: QPoint) -> None:
        """Click with the left button."""
        self.tell("mousemove", place.x(), place.y(), "sleep", 0.1, "click", 1)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag with the left button, slowly enough for drag and drop between widgets."""
        self.tell("mousemove", start.x(), start.y(), "sleep", 0.2, "mousedown", 1)
        for step in range(1, 11):
            place = start + (end - start) * step / 10
            self.tell("mousemove", place.x(), place.y(), "sleep", 0.05)
        self.tell("sleep", 0.2, "mouseup", 1)

    def picture(self) -> QImage:
        """Return what the screen shows."""
        png = subprocess.check_output(
            ["import", "-silent", "-window", "root", "png:-"],  # noqa: S607
            env=self.environment,
            timeout=30,
        )
        return QImage.fromData(png)

    def shows_something(self) -> bool:
        """Return whether the middle of the screen has been painted."""
        return self.picture().pixelColor(*(length // 2 for length in SIZE)).lightness() > 0


@contextmanager
def a_screen() -> Iterator[Screen]:
    """Start a screen. Where a tool is missing the test is skipped, in continuous integration not.

    Raises:
        AssertionError: a tool is missing where all have to be there.
    """
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing and "CI" in os.environ:
        raise AssertionError(f"Expected {', '.join(_TOOLS)}; {', '.join(missing)} is missing.")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    reader, writer = os.pipe()
    width, height = SIZE
    words = ["-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        ["Xvfb", *words],  # noqa: S607
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as answer:
                yield Screen(f":{answer.readline().strip()}")
        finally:
            server.terminate()


@contextmanager
def a_studio(screen: Screen, file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the program on a file, and wait for its window."""
    command = [sys.executable, "-m", "graphstudio", str(file)]
    with subprocess.Popen(command, env=screen.environment) as program:
        try:
            until(screen.window, 30)
            until(screen.shows_something, 30)
            screen.focus()
            yield program
        finally:
            program.kill()


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait until a condition holds, without an event loop: the window is another process's."""
    began = monotonic()
    while not holds():
        assert monotonic() - began < seconds, f"Expected it within {seconds} s; it did not come."
        sleep(0.1)


def pixels_that_differ(one: QImage, other: QImage, part: QRect) -> int:
    """Return how many pixels of a part of the screen are others."""
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for y in range(part.top(), part.bottom())
        for x in range(part.left(), part.right())
    )
