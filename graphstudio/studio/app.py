"""The studio as a program: from the command to the window."""

import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio.settings import remembered_theme
from graphstudio.studio.theme import Theme
from graphstudio.studio.windows import Windows


def open_studio(file: Path | None) -> int:
    """Open the window, on a project file if one is given, and return when it is closed."""
    application = QApplication([sys.argv[0]])
    application.setApplicationName("graphstudio")
    application.setApplicationDisplayName("Graph Studio")
    application.setDesktopFileName("graphstudio")
    # Ctrl+C in the terminal ends the studio at once; the journal keeps what was not saved.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    windows = open_windows(file)
    sys.excepthook = _Excepthook(windows)
    return application.exec()


def open_windows(file: Path | None) -> Windows:
    """Show a first window, on a project file if one is given; its engines start when it is up."""
    windows = Windows(shipped_catalog(), Theme(remembered_theme()))
    windows.open(file)
    return windows


class _Excepthook:
    """Says an error of the program itself in the window; the program goes on."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        window = self._windows.active
        if window is not None:
            window.log.append(text)
            window.notices.say(
                f"Something in Graph Studio itself went wrong ({kind.__name__}: {error}). "
                "Your diagram is unharmed; the Log tab has the details."
            )
