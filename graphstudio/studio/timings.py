"""How long the calls of the open diagram took when they were timed last."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Timed
from graphstudio.studio.document import Document
from graphstudio.studio.readings import milliseconds


class Timings(QObject):
    """Keeps the times, and knows whether the diagram is still the one that was timed.

    Signals:
        changed: times are others, or whether they still hold.
        progressed: the remark is another.
        wanted: somebody wants the calls timed.
    """

    changed = Signal()
    progressed = Signal()
    wanted = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._timed: Timed | None = None
        self._asked = document.whole
        self._outdated = False
        self._texts: Mapping[NodeId, str] = {}
        self._progress = ""
        document.replaced.connect(self._forget)
        document.changed.connect(self._follow_document)

    @property
    def timed(self) -> Timed | None:
        """What was timed last; none where nothing was."""
        return self._timed

    @property
    def nodes(self) -> Mapping[NodeId, float]:
        """The seconds of each call that was timed."""
        return self._timed.nodes if self._timed else {}

    @property
    def texts(self) -> Mapping[NodeId, str]:
        """What nodes say of their times, such as ``"1.25 ms"``; the remark says if they hold."""
        return self._texts

    @property
    def outdated(self) -> bool:
        """Whether the diagram is another one than that which was timed."""
        return self._outdated

    @property
    def hold(self) -> bool:
        """Whether there are times, and they are those of the diagram as it is now."""
        return self._timed is not None and not self._outdated

    @property
    def remark(self) -> str:
        """What belongs to the times, such as ``"model 2.5 ms · batch of 32 · out of date"``.

        While calls are being timed it says how far that is.
        """
        if self._progress:
            return self._progress
        timed = self._timed
        if timed is None:
            return "not measured yet"
        parts = (
            "" if timed.whole is None else f"model {milliseconds(timed.whole)}",
            f"batch of {timed.batch_size}",
            "" if timed.size is None else f"unknown sizes as {timed.size}",
            "out of date" if self._outdated else "",
        )
        return " · ".join(filter(None, parts))

    def want(self) -> None:
        """Have the calls timed."""
        self.wanted.emit()

    def show_progress(self, progress: str) -> None:
        """Say how far timing is; an empty text says that it goes on no longer."""
        self._progress = progress
        self.progressed.emit()

    def receive(self, timed: Timed, asked: Project) -> None:
        """Take the times of the calls of a project."""
        self._timed, self._asked = timed, asked
        self._outdated = self._is_another()
        self._tell()

    def _forget(self, before: Project, after: Project) -> None:
        """Forget the times of another project, whose nodes may have the same ids."""
        if self._timed is not None and not before.diagram.means_same(after.diagram):
            self._timed = None
            self._outdated = False
            self._tell()

    def _follow_document(self) -> None:
        if self._timed is not None and self._is_another() is not self._outdated:
            # Nodes stay as they are, which there may be many of: the remark says it for all.
            self._outdated = not self._outdated
            self.changed.emit()
            self.progressed.emit()

    def _is_another(self) -> bool:
        whole = self._document.whole
        same = self._asked.diagram.means_same(whole.diagram) and self._asked.code == whole.code
        return not same

    def _tell(self) -> None:
        self._texts = {node: milliseconds(took) for node, took in self.nodes.items()}
        self.changed.emit()
        self.progressed.emit()
