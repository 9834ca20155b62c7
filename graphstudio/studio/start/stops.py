"""What the tour shows of the window."""

from PySide6.QtWidgets import QWidget

from graphstudio.studio.shortcuts import with_keys
from graphstudio.studio.start.tour import Stop


def stops(
    palette: QWidget, canvas: QWidget, inspector: QWidget, tabs: QWidget, tools: QWidget
) -> tuple[Stop, ...]:
    """Return the parts of the window in the order in which a newcomer needs them."""
    return (
        Stop(
            palette,
            "Everything that Keras can call",
            "Drag a layer onto the canvas, or press Tab there and type what you look for.",
        ),
        Stop(
            canvas,
            "The diagram is the model",
            "Drag from port to port to wire tensors. Every node shows the shape that leaves it, "
            "asked of Keras itself; mistakes show on the node that made them.",
        ),
        Stop(
            inspector,
            "What is selected",
            "Its parameters, what it receives and what it gives. With nothing selected: the "
            "model, its data and how it is trained.",
        ),
        Stop(
            tabs,
            "Training, code and problems",
            "A live curve for each head, the Python that does the same, and what is wrong, with "
            "ways out to click.",
        ),
        Stop(
            tools,
            "Train",
            "Train runs in the background; you can go on drawing. "
            f"{with_keys('The command palette', 'command_palette')} finds every command.",
        ),
    )
