"""The menu of the examples that ship."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from graphstudio.diagram.project_file import SUFFIX
from graphstudio.resource import resource_path


def examples_menu(open_example: Callable[[str], object], parent: QWidget) -> QMenu:
    """Return a menu with a line for each example.

    Args:
        open_example: called with the name of the one that is chosen.
        parent: what the menu lives as long as.
    """
    menu = QMenu("Open Example", parent)
    for name in sorted(path.stem for path in resource_path("examples").glob(f"*{SUFFIX}")):
        action = menu.addAction(name.replace("_", " "))
        action.triggered.connect(lambda *_, name=name: open_example(name))
    return menu
