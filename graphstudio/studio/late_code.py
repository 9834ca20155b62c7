"""The way out when the project's own code keeps the engine from answering."""

from PySide6.QtCore import QObject

from graphstudio.studio.design_engine import DesignEngine
from graphstudio.studio.notice import NoticeBar
from graphstudio.studio.own_code import OwnCode

_LATE = "The project's own code keeps the engine from answering; it may never end."


class LateCode(QObject):
    """Offers to stop the project's own code while the engine waits for it.

    Args:
        engine: which waits.
        own: the code.
        notices: where the offer is made.
        parent: what it lives as long as.
    """

    def __init__(
        self,
        engine: DesignEngine,
        own: OwnCode,
        notices: NoticeBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._own = own
        self._notices = notices
        engine.late.connect(self._say)

    def _say(self, late: bool) -> None:  # noqa: FBT001 - a signal's one plain switch
        if late:
            self._notices.say(_LATE, [("Stop the code", self._stop)])
        else:
            self._notices.withdraw(_LATE)

    def _stop(self) -> None:
        """End what the code is at; it runs again once the user agrees anew."""
        self._own.stop()
        self._engine.restart()
