"""The bar below the menus: what is done most, and what a run would train on."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from graphstudio.protocol import Device
from graphstudio.studio.actions.table import ActionTable


class MainToolBar(QToolBar):
    """Buttons of actions, those of editing on the left and those of training on the right."""

    def __init__(self, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__("Main", parent)
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in ("undo", "redo", "arrange", "fit"):
            self.addAction(actions[name])
        for name in ("undo", "redo"):
            button = self.widgetForAction(actions[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._device = QLabel("Looking for devices…")
        self._device.setProperty("role", "dim")
        self.addWidget(self._device)
        for name, role in (("pause", ""), ("stop", "stop"), ("train", "primary")):
            self.addAction(actions[name])
            self.widgetForAction(actions[name]).setProperty("role", role)

    def show_devices(self, devices: tuple[Device, ...]) -> None:
        """Say on which of the devices, the best first, runs train."""
        self._device.setText(devices[0].name)
        self._device.setToolTip("Runs train on this device.")
