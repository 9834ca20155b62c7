"""What is done with files."""

from graphstudio.studio.actions.action import Action

FILE: tuple[Action, ...] = (
    Action("new", "New", "File", "Ctrl+N", tip="Start an empty diagram"),
    Action("open", "Open…", "File", "Ctrl+O", tip="Open a project file"),
    Action("open_recent", "Open Recent", "File", tip="Open a file that was used lately"),
    Action("open_example", "Open Example", "File", tip="Open a model that ships"),
    Action(
        "new_window",
        "New Window",
        "File",
        "Ctrl+Shift+N",
        tip="Open another window, for another project",
        group=1,
    ),
    Action(
        "open_in_window",
        "Open in New Window…",
        "File",
        "Ctrl+Shift+O",
        tip="Open a project file beside this one",
        group=1,
    ),
    Action("save", "Save", "File", "Ctrl+S", tip="Save the project", group=2),
    Action("save_as", "Save As…", "File", "Ctrl+Shift+S", tip="Save under another name", group=2),
    Action("export", "Export Python…", "File", "Ctrl+E", tip="Write a script", group=3),
    Action("export_picture", "Export Picture…", "File", tip="Write a PNG, SVG or PDF", group=3),
    Action("import_model", "Import Model…", "File", tip="Make a project of a Keras file", group=3),
    Action("choose_data", "Choose Data…", "File", "Ctrl+I", tip="Choose a .npz file", group=3),
    Action("close", "Close Window", "File", "Ctrl+W", tip="Close this project", group=4),
    Action("quit", "Quit", "File", "Ctrl+Q", tip="Close every window", group=4),
)
