"""The diagram that the open one is compared with, and what differs."""

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.differences import Difference, differences
from graphstudio.diagram.nesting import LayerPath, diagram_at, reachable
from graphstudio.studio.document import Document
from graphstudio.studio.throttle import Throttle

_REFRESH_MILLISECONDS = 150


class Comparison(QObject):
    """Compares the diagram in view with another one, and follows every edit.

    A nested model is compared with the one at the same place. Where the other diagram has none
    there, the diagrams of the whole models are compared.

    Signals:
        changed: something else is compared, or something else differs.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._title = ""
        self._other = Diagram()
        self._place: LayerPath = ()
        self._found: tuple[Difference, ...] = ()
        self._in_view = False
        self._throttle = Throttle(self._refresh, _REFRESH_MILLISECONDS, self)
        document.changed.connect(self._follow)
        document.place_changed.connect(self._refresh)
        document.replaced.connect(self.stop)

    @property
    def title(self) -> str:
        """What the open diagram is compared with; empty while it is compared with nothing."""
        return self._title

    @property
    def place(self) -> LayerPath:
        """The nested models whose diagrams are compared; none for the whole models."""
        return self._place

    @property
    def in_view(self) -> bool:
        """Whether what is compared is the diagram in view."""
        return self._in_view

    @property
    def before(self) -> Diagram:
        """The other diagram at the place that is compared."""
        return diagram_at(self._other, self._place)

    @property
    def found(self) -> tuple[Difference, ...]:
        """What differs, from the other diagram to the open one."""
        return self._found

    def start(self, other: Diagram, title: str) -> None:
        """Compare the open diagram with another one.

        Args:
            other: the diagram of the other whole model.
            title: what the other one is called, such as ``"net.gstudio"``.
        """
        self._other, self._title = other, title
        self._compare()
        self.changed.emit()

    def stop(self) -> None:
        """Compare with nothing."""
        if self._title:
            self._other, self._title, self._place, self._found = Diagram(), "", (), ()
            self._in_view = False
            self.changed.emit()

    def _follow(self, *_change: object) -> None:
        if self._title:
            self._throttle.request()

    def _refresh(self) -> None:
        if not self._title:
            return
        before = (self._found, self._place, self._in_view)
        self._compare()
        if before != (self._found, self._place, self._in_view):
            self.changed.emit()

    def _compare(self) -> None:
        place = self._document.place
        self._place = place if reachable(self._other, place) == place else ()
        self._in_view = self._place == place
        now = diagram_at(self._document.whole.diagram, self._place)
        self._found = differences(self.before, now)
