"""The row about a nested model: what can be done with it as a whole."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from graphstudio.code.class_checks import can_be_sequential
from graphstudio.diagram.diagram import Layer, NodeId
from graphstudio.diagram.models import MODEL, SEQUENTIAL
from graphstudio.studio import layer_commands
from graphstudio.studio.panels.inspector.labels import link_button
from graphstudio.studio.panels.inspector.page import Context
from graphstudio.studio.shortcuts import with_keys

_EXPAND = "Put the model's layers in its place"


class ModelRow(QWidget):
    """Offers to open a nested model, to expand it, and to make it of the other class.

    Args:
        context: what is edited.
        node: a call of the model.
    """

    def __init__(self, context: Context, node: NodeId) -> None:
        super().__init__()
        self._catalog = context.catalog
        self._target = MODEL
        document = context.document
        opened = link_button("Open", "Show what is inside (Enter)")
        opened.clicked.connect(lambda: layer_commands.open_model(document, node))
        expand = link_button("Expand", with_keys(_EXPAND, "expand_model"))
        expand.clicked.connect(lambda: layer_commands.expand_model(document, node))
        self._convert = link_button("", "")
        self._convert.clicked.connect(
            lambda: layer_commands.set_model_class(document, node, self._target)
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in (opened, expand, self._convert):
            layout.addWidget(button)
        layout.addStretch(1)

    def show_model(self, layer: Layer) -> None:
        """Show what can be done with a model; only a chain of layers can be a Sequential."""
        if layer.class_name == SEQUENTIAL:
            self._offer(MODEL, "Make functional", "Let layers branch and merge")
        else:
            self._offer(SEQUENTIAL, "Make Sequential", "Its layers follow each other in a row")
        inner = layer.diagram
        fits = inner is not None and can_be_sequential(inner, self._catalog)
        self._convert.setVisible(self._target == MODEL or fits)

    def _offer(self, target: str, text: str, tip: str) -> None:
        self._target = target
        self._convert.setText(text)
        self._convert.setToolTip(tip)
