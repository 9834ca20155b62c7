"""The least that a Qt program can be: an empty window, watched as the studio is.

``python -m tests.benchmarks.probes.bare [--tick]`` writes when the window answered a click; with
``--tick`` it writes, once its input has ended, when an event loop's clock ticked.
"""

import sys

import msgspec
from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.probes.answering import Answering
from tests.benchmarks.probes.click import click
from tests.benchmarks.probes.clock import Clock


def main() -> int:
    """Show an empty window, and watch it."""
    application = QApplication(sys.argv[:1])
    window = QWidget()
    clock = Clock(window)

    def answered(when: float) -> None:
        _write(when)
        if "--tick" in sys.argv:
            clock.start()
        else:
            application.quit()

    def ended() -> None:
        _write(clock.ticks)
        application.quit()

    Answering(window, lambda: click(window, QPoint(10, 10)), answered)
    end_of_input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end_of_input.activated.connect(ended)
    window.show()
    return application.exec()


def _write(value: float | list[float]) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
