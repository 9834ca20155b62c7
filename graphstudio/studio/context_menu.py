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
# What can be done where nothing is selected.
_GROUND = (("paste",), ("add_frame", "add_note"), ("close_model",), ("select_all", "fit"))
_COLOURS = tuple(f"colour_{name}" for name in FRAME_COLOURS)


def pop_up(actions: ActionTable, place: QPoint, window: QWidget) -> None:
    """Offer what makes sense with the selection, or with the ground where nothing is selected.

    Args:
        actions: the window's actions.
        place: where, on the screen.
        window: what the menu belongs to.
    """
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in _GROUPS if actions["delete"].isEnabled() else _GROUND:
        offered = [actions[name] for name in group if actions[name].isEnabled()]
        if offered and menu.actions():
            menu.addSeparator()
        menu.addActions(offered)
        if "add_frame" in group and actions[_COLOURS[0]].isEnabled():
            menu.addMenu("Frame Colour").addActions([actions[name] for name in _COLOURS])
    menu.popup(place)
