"""What the program remembers from one start to the next."""

from typing import get_args

from PySide6.QtCore import QSettings

from graphstudio.places import settings_file
from graphstudio.studio.theme import ThemeName

_THEME = "window/theme"


def open_settings() -> QSettings:
    """Return what is remembered; what is set there is kept."""
    return QSettings(str(settings_file()), QSettings.Format.IniFormat)


def remembered_theme() -> ThemeName:
    """Return the theme that was chosen last; the desktop's if none was."""
    value = open_settings().value(_THEME)
    return next((name for name in get_args(ThemeName) if name == value), "system")


def remember_theme(name: ThemeName) -> None:
    """Keep a theme for the next start."""
    open_settings().setValue(_THEME, name)


def remembered_texts(key: str) -> list[str]:
    """Return a list of texts that is remembered under a key; empty where none is."""
    value = open_settings().value(key)
    # Qt gives a list of one text back as a text.
    found = [value] if isinstance(value, str) and value else value
    return [str(one) for one in found] if isinstance(found, list) else []
