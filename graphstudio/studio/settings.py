"""What the window remembers from one start to the next."""

from typing import get_args

from PySide6.QtCore import QSettings

from graphstudio.places import settings_file
from graphstudio.studio.theme import ThemeName

_THEME = "window/theme"


def remembered_theme() -> ThemeName:
    """Return the theme that was chosen last; the desktop's if none was."""
    value = _settings().value(_THEME)
    return next((name for name in get_args(ThemeName) if name == value), "system")


def remember_theme(name: ThemeName) -> None:
    """Keep a theme for the next start."""
    _settings().setValue(_THEME, name)


def _settings() -> QSettings:
    return QSettings(str(settings_file()), QSettings.Format.IniFormat)
