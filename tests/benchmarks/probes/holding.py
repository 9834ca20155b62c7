"""The studio with a project open, and how much memory its process takes.

``python -m tests.benchmarks.probes.holding FILE`` opens the window on a project file as the command
does, waits until the engine has answered or some seconds have gone by, and writes its megabytes.
"""

import sys
from pathlib import Path
from unittest.mock import patch

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from graphstudio import __main__
from graphstudio.studio import app
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows

# Long enough to have painted, checked and said what is wrong.
_SECONDS = 8


def main() -> int:
    """Open the studio as its command does, and weigh it."""
    open_windows = app.open_windows

    def weighed(file: Path | None) -> Windows:
        windows = open_windows(file)
        window = windows.all[0]
        window.resize(1600, 1000)
        QTimer.singleShot(_SECONDS * 1000, window, lambda: _weigh(window))
        return windows

    with patch.object(app, "open_windows", weighed):
        return __main__.main()


def _weigh(window: MainWindow) -> None:
    window.canvas.fit_all()
    window.canvas.viewport().repaint()
    megabytes = psutil.Process().memory_info().rss / 1e6
    sys.stdout.write(f"{megabytes}\n")
    sys.stdout.flush()
    window.close()
    QApplication.quit()


if __name__ == "__main__":
    sys.exit(main())
