"""The line that says that a project's own code has not run, for as long as that is so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from graphstudio.studio.own_code import OwnCode

SENTENCE = "This project brings its own code, which has not run."


class TrustBanner(QFrame):
    """Asks for the agreement to run what a project brings, after a look at it.

    Args:
        own: the code of the open project.
        parent: the widget around it.

    Signals:
        show_requested: the user wants to read the code.
    """

    show_requested = Signal()

    def __init__(self, own: OwnCode, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        text = QLabel(SENTENCE)
        text.setToolTip("Shapes and training that need it wait until you agree.")
        show, agree = QPushButton("Show code"), QPushButton("Trust and run")
        show.clicked.connect(self.show_requested)
        agree.clicked.connect(own.agree)
        row.addWidget(text, 1)
        row.addWidget(show)
        row.addWidget(agree)
        own.agreement_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._own.asks)
