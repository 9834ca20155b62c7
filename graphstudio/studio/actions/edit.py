"""What is done with the selection, and undone."""

from graphstudio.studio.actions.action import Action

EDIT: tuple[Action, ...] = (
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
    Action(
        "input_up",
        "Move Input Up",
        "Edit",
        "Alt+Shift+Up",
        tip="Let the selected wire come earlier in the list of its port",
        group=4,
    ),
    Action(
        "input_down",
        "Move Input Down",
        "Edit",
        "Alt+Shift+Down",
        tip="Let the selected wire come later in the list of its port",
        group=4,
    ),
    Action(
        "sort_inputs",
        "Sort Inputs by Height",
        "Edit",
        tip="Order the wires into the node as they come from above",
        group=4,
    ),
)
