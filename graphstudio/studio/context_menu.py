"""The menu that opens where the pointer is."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.frame_colours import FRAME_COLOURS

# What can be done with the selection, in groups.
_GROUPS = (
    ("cut", "copy", "paste", "duplicate"),
    ("rename", "lock", "unlock"),
    ("reuse_layer", "make_independent"),
    ("bypass", "mute", "replace_layer"),
    ("make_model", "expand_model", "open_model", "close_model"),
    ("connect", "input_up", "input_down", "sort_inputs"),
    ("add_frame", "add_note"),
    ("documentation",),
    ("delete",),
)
_COLOURS = tuple(f"colour_{name}" for name in FRAME_COLOURS)


def pop_up(actions: ActionTable, place: QPoint, window: QWidget) -> None:
    """Offer what can be done with the selection.

    Args:
        actions: the window's actions.
        place: where, on the screen.
        window: what the menu belongs to.
    """
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, group in enumerate(_GROUPS):
        if number:
            menu.addSeparator()
        menu.addActions([actions[name] for name in group])
        if "add_frame" in group and actions[_COLOURS[0]].isEnabled():
            menu.addMenu("Frame Colour").addActions([actions[name] for name in _COLOURS])
    menu.popup(place)
