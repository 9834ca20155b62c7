"""What is done with the diagram as a whole."""

from collections.abc import Mapping

from graphstudio.studio.actions.action import Action
from graphstudio.studio.frame_colours import FRAME_COLOURS

_LINES = {
    "left": ("Left Edges", "Put the left edges of the selected nodes in line"),
    "centre": ("Centres in a Column", "Put the selected nodes straight below each other"),
    "right": ("Right Edges", "Put the right edges of the selected nodes in line"),
    "top": ("Top Edges", "Put the top edges of the selected nodes in line"),
    "middle": ("Centres in a Row", "Put the selected nodes straight beside each other"),
    "bottom": ("Bottom Edges", "Put the bottom edges of the selected nodes in line"),
}
_SPREADS = {
    "centres_across": ("Centres Across", "Space the centres evenly from left to right"),
    "centres_down": ("Centres Down", "Space the centres evenly from top to bottom"),
    "gaps_across": ("Gaps Across", "Make the gaps even from left to right"),
    "gaps_down": ("Gaps Down", "Make the gaps even from top to bottom"),
}


def _in_order(verb: str, ways: Mapping[str, tuple[str, str]]) -> tuple[Action, ...]:
    return tuple(
        Action(
            f"{verb.lower()}_{way}",
            f"{verb} {title}",
            "Diagram",
            tip=tip,
            group=1,
            submenu=verb,
        )
        for way, (title, tip) in ways.items()
    )


DIAGRAM: tuple[Action, ...] = (
    Action("search", "Add Layer…", "Diagram", "/", tip="Search for a layer"),
    Action(
        "add_here",
        "Add at Pointer…",
        "Diagram",
        "Tab",
        tip="Search for something to add where the pointer is",
        on_canvas=True,
    ),
    Action("arrange", "Arrange", "Diagram", "Ctrl+L", tip="Lay out the selection or all", group=1),
    Action(
        "arrange_right",
        "Arrange Left to Right",
        "Diagram",
        tip="Lay out the selection or all, from left to right",
        group=1,
    ),
    Action(
        "arrange_down",
        "Arrange Top to Bottom",
        "Diagram",
        "Ctrl+Shift+L",
        tip="Lay out the selection or all, from top to bottom",
        group=1,
    ),
    *_in_order("Align", _LINES),
    *_in_order("Distribute", _SPREADS),
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
    *(
        Action(name, title, "Diagram", tip=tip, group=9, submenu="Compare")
        for name, title, tip in (
            ("compare_file", "Compare with File…", "Show what differs from another project"),
            ("compare_saved", "Compare with Saved", "Show what differs from the project's file"),
            ("compare_run", "Compare with Last Run", "Show what differs from what was trained"),
            ("stop_comparing", "Stop Comparing", "Show the diagram alone again"),
        )
    ),
)
