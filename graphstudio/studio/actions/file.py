"""What is done with files."""

from graphstudio.studio.actions.action import Action

FILE: tuple[Action, ...] = (
    Action("new", "New", "File", "Ctrl+N", tip="Start an empty diagram"),
    Action("open", "Open…", "File", "Ctrl+O", tip="Open a project file"),
    Action("open_example", "Open Example", "File", tip="Open a model that ships"),
    Action("save", "Save", "File", "Ctrl+S", tip="Save the project", group=1),
    Action("save_as", "Save As…", "File", "Ctrl+Shift+S", tip="Save under another name", group=1),
    Action("export", "Export Python…", "File", "Ctrl+E", tip="Write a script", group=2),
    Action("choose_data", "Choose Data…", "File", "Ctrl+D", tip="Choose a .npz file", group=2),
    Action("quit", "Quit", "File", "Ctrl+Q", tip="Close the studio", group=3),
)
