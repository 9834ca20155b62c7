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
        "bypass",
        "Bypass",
        "Edit",
        "Ctrl+B",
        tip="Skip the layer: it gives on what it receives",
        group=3,
        checkable=True,
    ),
    Action(
        "mute",
        "Mute",
        "Edit",
        "Ctrl+M",
        tip="Leave it out of the model, with all that needs it",
        group=3,
        checkable=True,
    ),
    Action(
        "replace_layer",
        "Replace…",
        "Edit",
        "Ctrl+Shift+L",
        tip="Put a layer of another class in its place",
        group=3,
    ),
    Action(
        "make_model",
        "Make Model from Selection",
        "Edit",
        "Ctrl+G",
        tip="Put a model in the place of the selected layers",
        group=4,
    ),
    Action(
        "expand_model",
        "Expand Model",
        "Edit",
        "Ctrl+Shift+G",
        tip="Put the model's layers in its place",
        group=4,
    ),
    Action("open_model", "Open Model", "Edit", "Alt+Down", tip="Show what is inside", group=4),
    Action("close_model", "Close Model", "Edit", "Alt+Up", tip="Show what is around", group=4),
)
