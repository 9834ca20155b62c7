"""What is done with the diagram as a whole."""

from graphstudio.studio.actions.action import Action
from graphstudio.studio.frame_colours import FRAME_COLOURS

DIAGRAM: tuple[Action, ...] = (
    Action("search", "Add Layer…", "Diagram", "/", tip="Search for a layer"),
    Action("arrange", "Arrange", "Diagram", "Ctrl+L", tip="Lay the diagram out"),
    Action(
        "add_frame",
        "Add Frame",
        "Diagram",
        "Shift+F",
        tip="Draw a titled frame around the selection",
        group=8,
    ),
    Action("add_note", "Add Note", "Diagram", "Shift+N", tip="Write a note in Markdown", group=8),
    *(
        Action(
            f"colour_{name}",
            name.capitalize(),
            "Diagram",
            tip=f"Colour the selected frames {name}",
            group=8,
            submenu="Frame Colour",
        )
        for name in FRAME_COLOURS
    ),
)
