"""Files that are dropped onto a window: projects open, data is bound, models are imported."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from graphstudio.diagram.data_paths import DATA_ENDINGS
from graphstudio.diagram.project_file import SUFFIX
from graphstudio.studio.files import Files
from graphstudio.studio.importer import MODEL_FILES, Importer
from graphstudio.studio.notice import NoticeBar


class DroppedFiles(QObject):
    """Takes files that are dropped onto a window.

    Args:
        files: what opens projects and binds data.
        importer: what makes projects of models.
        notices: where a file that nothing can be made of is said.
        window: the window.
    """

    def __init__(
        self, files: Files, importer: Importer, notices: NoticeBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._notices = notices
        self._takers: Mapping[str, Callable[[Path], object]] = {
            SUFFIX: files.open_recent,
            **dict.fromkeys(DATA_ENDINGS, files.use_data),
            **dict.fromkeys(MODEL_FILES, importer.start),
        }
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file, and nothing else that is dragged."""
        if isinstance(event, QDropEvent | QDragEnterEvent | QDragMoveEvent):
            path = _file_of(event.mimeData())
            if path is None:
                return super().eventFilter(watched, event)
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._take(path)
            return True
        return super().eventFilter(watched, event)

    def _take(self, path: Path) -> None:
        taker = self._takers.get(path.suffix.lower())
        if taker is None:
            kinds = ", ".join(self._takers)
            self._notices.say(f"Expected a file that ends in {kinds}; received {path.name}.")
        else:
            taker(path)


def _file_of(data: QMimeData) -> Path | None:
    """Return the first file on this machine that is dragged, if there is one."""
    names = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(names[0]) if names else None
