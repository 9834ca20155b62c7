"""The menu that opens where the pointer is."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from graphstudio.studio.actions.table import ActionTable

# What can be done with the selection, in groups.
_GROUPS = (
    ("reuse_layer", "make_independent"),
    ("bypass", "mute", "replace_layer"),
    ("make_model", "expand_model", "open_model", "close_model"),
    ("input_up", "input_down", "sort_inputs"),
    ("documentation",),
    ("delete",),
)


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
    menu.popup(place)
