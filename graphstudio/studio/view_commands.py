"""The commands on how the diagram and the window are looked at."""

from collections.abc import Callable, Mapping
from typing import get_args

from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.findings import Findings
from graphstudio.studio.settings import remember_theme
from graphstudio.studio.theme import Theme, ThemeName

_ZOOM_STEP = 1.25


class ViewCommands:
    """Carries the commands out.

    Args:
        canvas: what is zoomed.
        findings: which measure costs.
        theme: which is chosen.
    """

    def __init__(self, canvas: CanvasView, findings: Findings, theme: Theme) -> None:
        self._canvas = canvas
        self._findings = findings
        self._theme = theme

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        canvas = self._canvas
        return {
            "fit": canvas.fit_all,
            "fit_selection": canvas.fit_selection,
            "zoom_in": lambda: canvas.zoom_to(canvas.zoom * _ZOOM_STEP),
            "zoom_out": lambda: canvas.zoom_to(canvas.zoom / _ZOOM_STEP),
            "actual_size": lambda: canvas.zoom_to(100),
            "show_cost": self._toggle_cost,
            "theme_system": lambda: self._choose_theme("system"),
            "theme_dark": lambda: self._choose_theme("dark"),
            "theme_light": lambda: self._choose_theme("light"),
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return nothing: all of them make sense at any time."""
        return {}

    def checked(self) -> Mapping[str, bool]:
        """Return which theme is chosen."""
        return {f"theme_{name}": name == self._theme.name for name in get_args(ThemeName)}

    def _toggle_cost(self) -> None:
        self._findings.show_cost(shown=not self._findings.shows_cost)

    def _choose_theme(self, name: ThemeName) -> None:
        self._theme.choose(name)
        remember_theme(name)
