"""The commands on files and windows."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.files import Files
from graphstudio.studio.importer import MODEL_FILES, Importer
from graphstudio.studio.notice import NoticeBar
from graphstudio.studio.picture import save_picture
from graphstudio.studio.theme import Theme


class FileCommands:
    """Carries the commands out.

    Args:
        files: what opens, saves and exports.
        importer: what makes projects of models.
        scene: what pictures show.
        theme: the colours of pictures.
        notices: where is said how a picture went.
        window: the window that is closed.
    """

    def __init__(
        self,
        files: Files,
        importer: Importer,
        scene: DiagramScene,
        theme: Theme,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        self._files = files
        self._importer = importer
        self._scene = scene
        self._theme = theme
        self._notices = notices
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        files = self._files
        return {
            "new": files.new,
            "open": files.open_dialog,
            "open_recent": files.open_latest,
            "open_example": files.open_example,
            "new_window": lambda: files.window_wanted.emit(None),
            "open_in_window": files.open_in_window,
            "save": files.save,
            "save_as": files.save_as,
            "export": files.export_dialog,
            "export_picture": lambda: files.ask_picture(self.export_picture),
            "import_model": lambda: files.ask_model(MODEL_FILES, self._importer.start),
            "choose_data": files.choose_data,
            "close": self._window.close,
            "quit": files.quit_wanted.emit,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return nothing: all of them make sense at any time."""
        return {}

    def export_picture(self, path: Path) -> None:
        """Write what the canvas shows into a file, whose ending says the form."""
        try:
            save_picture(self._scene, self._theme.palette, path)
        except OSError as error:
            self._notices.say(f"{path.name} cannot be written: {error.strerror or error}.")
        else:
            self._notices.say(f"Exported to {path}.", warns=False)
