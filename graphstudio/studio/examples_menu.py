"""The menu of the examples that ship."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from graphstudio.studio.examples import example_groups


def examples_menu(open_example: Callable[[str], object], parent: QWidget) -> QMenu:
    """Return a menu with a menu for each group of examples.

    Args:
        open_example: called with the name of the one that is chosen.
        parent: what the menu lives as long as.
    """
    menu = QMenu("Open Example", parent)
    for group in example_groups():
        inner = menu.addMenu(group.title)
        for example in group.examples:
            action = inner.addAction(example.title)
            action.setToolTip(example.about)
            action.triggered.connect(lambda *_, name=example.name: open_example(name))
    return menu
