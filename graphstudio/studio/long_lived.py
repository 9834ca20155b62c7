"""Keeps Python's search for garbage away from what stays: an open project and its canvas."""

import gc

from PySide6.QtCore import QObject, QTimer

from graphstudio.studio.document import Document

# By then the canvas has shown a project that was opened.
_AFTER_MS = 500


def set_aside() -> None:
    """Free what nothing needs any longer, such as a closed window, and set the rest aside."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class LongLived(QObject):
    """Sets aside, soon after a project was opened, all that there is then.

    Python looks through every object now and then for those that only hold each other. With
    10,000 nodes open that takes 80 ms, in the middle of a gesture. What is set aside is still
    freed when nothing holds it any longer, and only no longer looked through.
    """

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(set_aside)
        document.replaced.connect(self._timer.start)
