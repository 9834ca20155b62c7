"""What is done with the diagram as a whole."""

from graphstudio.studio.actions.action import Action

DIAGRAM: tuple[Action, ...] = (
    Action("search", "Add Layer…", "Diagram", "/", tip="Search for a layer"),
    Action("arrange", "Arrange", "Diagram", "Ctrl+L", tip="Lay the diagram out"),
)
