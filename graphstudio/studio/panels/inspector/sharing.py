"""The row about sharing: how many calls a layer has, and the ways to more and to fewer."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio import layer_commands
from graphstudio.studio.document import Document
from graphstudio.studio.panels.inspector.labels import link_button, styled_label


class SharingRow(QWidget):
    """Says how many calls share a layer.

    Args:
        document: what is edited.
        node: a call of the layer.
    """

    def __init__(self, document: Document, node: NodeId) -> None:
        super().__init__()
        self._used = styled_label("", "dim")
        reuse = link_button("Reuse layer", "Add another call that shares this layer's weights")
        reuse.clicked.connect(lambda: layer_commands.reuse_layer(document, node))
        self._apart = link_button("Make independent", "Give this call a layer of its own")
        self._apart.clicked.connect(lambda: layer_commands.make_independent(document, node))
        links = QHBoxLayout()
        links.addWidget(reuse)
        links.addWidget(self._apart)
        links.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._used)
        layout.addLayout(links)

    def show_calls(self, calls: int) -> None:
        """Show how many calls the layer has."""
        self._used.setText("used once" if calls == 1 else f"used by {calls} calls")
        self._apart.setVisible(calls > 1)
