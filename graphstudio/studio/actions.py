"""Everything that the window can be told to do, in one table.

Menus, the toolbar, shortcuts and tooltips are all made from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Theme

MENUS = ("File", "Edit", "View", "Diagram", "Train", "Help")


@dataclass(frozen=True)
class Action:
    """Something that the window can be told to do.

    Attributes:
        id: its name in the program.
        title: what the menu says.
        menu: the menu that it is in.
        keys: shortcut, as Qt writes it.
        icon: name of its icon.
        tip: what it does, in a few words.
        group: number of its group in the menu; a line parts groups.
        checkable: whether it is on or off.
    """

    id: str
    title: str
    menu: str
    keys: str = ""
    icon: str = ""
    tip: str = ""
    group: int = 0
    checkable: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("new", "New", "File", "Ctrl+N", tip="Start an empty diagram"),
    Action("open", "Open…", "File", "Ctrl+O", tip="Open a project file"),
    Action("open_example", "Open Example", "File", tip="Open a model that ships"),
    Action("save", "Save", "File", "Ctrl+S", tip="Save the project", group=1),
    Action("save_as", "Save As…", "File", "Ctrl+Shift+S", tip="Save under another name", group=1),
    Action("export", "Export Python…", "File", "Ctrl+E", tip="Write a script", group=2),
    Action("choose_data", "Choose Data…", "File", "Ctrl+D", tip="Choose a .npz file", group=2),
    Action("quit", "Quit", "File", "Ctrl+Q", tip="Close the studio", group=3),
    Action("undo", "Undo", "Edit", "Ctrl+Z", "undo-2", "Undo"),
    Action("redo", "Redo", "Edit", "Ctrl+Shift+Z", "redo-2", "Redo"),
    Action("delete", "Delete", "Edit", tip="Delete what is selected", group=1),
    Action("select_all", "Select All", "Edit", tip="Select every node", group=1),
    Action("reuse_layer", "Reuse Layer", "Edit", "Ctrl+R", tip="Call the layer again", group=2),
    Action(
        "make_independent",
        "Make Independent",
        "Edit",
        "Ctrl+Shift+R",
        tip="Give the call a layer of its own",
        group=2,
    ),
    Action(
        "make_model",
        "Make Model from Selection",
        "Edit",
        "Ctrl+G",
        tip="Put a model in the place of the selected layers",
        group=3,
    ),
    Action(
        "expand_model",
        "Expand Model",
        "Edit",
        "Ctrl+Shift+G",
        tip="Put the model's layers in its place",
        group=3,
    ),
    Action("open_model", "Open Model", "Edit", "Alt+Down", tip="Show what is inside", group=3),
    Action("close_model", "Close Model", "Edit", "Alt+Up", tip="Show what is around", group=3),
    Action("fit", "Fit", "View", "Ctrl+0", tip="Show the whole diagram"),
    Action("zoom_in", "Zoom In", "View", "Ctrl+=", tip="Show less, larger"),
    Action("zoom_out", "Zoom Out", "View", "Ctrl+-", tip="Show more, smaller"),
    Action("actual_size", "Actual Size", "View", "Ctrl+1", tip="Zoom to 100%"),
    Action(
        "show_cost",
        "Show Cost",
        "View",
        tip="Count what each layer computes and holds",
        group=1,
        checkable=True,
    ),
    Action("theme_system", "Theme: System", "View", tip="Follow the desktop", group=2),
    Action("theme_dark", "Theme: Dark", "View", tip="Use dark colours", group=2),
    Action("theme_light", "Theme: Light", "View", tip="Use light colours", group=2),
    Action("search", "Add Layer…", "Diagram", "/", tip="Search for a layer"),
    Action("arrange", "Arrange", "Diagram", "Ctrl+L", tip="Lay the diagram out"),
    Action("train", "Train", "Train", "F5", "play", "Train the model"),
    Action("pause", "Pause", "Train", "F6", "pause", "Hold the run, or go on"),
    Action("stop", "Stop", "Train", "Shift+F5", "square", "End the run and keep its model"),
    Action("about", "About Graph Studio", "Help", tip="Versions and licences"),
)


class ActionTable(QObject):
    """The Qt actions of the table, each bound to what it does.

    Args:
        handlers: what each action does, by its id.
        theme: colours of the icons.
        parent: what they live as long as.
    """

    def __init__(
        self, handlers: Mapping[str, Callable[[], object]], theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = {one.id: self._make(one, handlers[one.id]) for one in ACTIONS}
        theme.changed.connect(self._tint)
        self._tint()

    def __getitem__(self, name: str) -> QAction:
        """Return a Qt action by its id."""
        return self._actions[name]

    def menus(self) -> Iterable[tuple[str, list[QAction | None]]]:
        """Return each menu's title and actions, with None where a line parts groups."""
        for menu in MENUS:
            rows: list[QAction | None] = []
            group = 0
            for one in ACTIONS:
                if one.menu != menu:
                    continue
                if one.group != group:
                    rows.append(None)
                    group = one.group
                rows.append(self._actions[one.id])
            yield menu, rows

    def _make(self, one: Action, handler: Callable[[], object]) -> QAction:
        action = QAction(one.title, self)
        action.setCheckable(one.checkable)
        if one.keys:
            action.setShortcut(QKeySequence(one.keys))
        action.setToolTip(f"{one.tip} ({one.keys})" if one.keys else one.tip)
        action.triggered.connect(lambda: handler())  # noqa: PLW0108 - Qt would hand on whether it is checked
        return action

    def _tint(self) -> None:
        palette = self._theme.palette
        colours = {"train": palette.on_accent, "stop": palette.error}
        for one in ACTIONS:
            if one.icon:
                self._actions[one.id].setIcon(icon(one.icon, palette, colours.get(one.id)))
