"""Where one reads about the program."""

from graphstudio.studio.actions.action import Action

HELP: tuple[Action, ...] = (
    Action(
        "command_palette",
        "Command Palette…",
        "Help",
        "Ctrl+Shift+P",
        tip="Find a command by typing",
    ),
    Action("tour", "Tour", "Help", tip="See what the parts of the window are for"),
    Action("start_page", "Start Page", "Help", tip="See the examples and the recent files"),
    Action(
        "documentation",
        "Documentation",
        "Help",
        "F1",
        "book-open",
        "Read what Keras says about the selected layer",
    ),
    Action(
        "favourite",
        "Favourite",
        "Help",
        "Ctrl+Shift+B",
        "star",
        "Give the layer that is read about a star, or take it away",
    ),
    Action("shortcuts", "Keyboard Shortcuts…", "Help", tip="See and choose the keys"),
    Action("about", "About Graph Studio", "Help", tip="Versions and licences", group=1),
)
