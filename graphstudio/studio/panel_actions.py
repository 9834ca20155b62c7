"""The commands that hide and show what stands around the canvas, and lead the keyboard there."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from graphstudio.studio.canvas.overview import Overview
from graphstudio.studio.panels.inspector.panel import InspectorPanel
from graphstudio.studio.settings import open_settings, remembered_texts

_HIDDEN = "window/hidden"


class PanelActions(QObject):
    """Carries the commands out; what is hidden is so in the next window, too.

    Args:
        palette: the panel at the left.
        inspector: the panel at the right.
        tabs: the panel below.
        overview: the small picture of the whole diagram.
        parent: what it lives as long as.

    Signals:
        changed: something is hidden or shown.
    """

    changed = Signal()

    def __init__(
        self,
        palette: QWidget,
        inspector: InspectorPanel,
        tabs: QTabWidget,
        overview: Overview,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._inspector = inspector
        self._tabs = tabs
        self._panels = {"palette": palette, "inspector": inspector, "tabs": tabs}
        self._overview = overview
        self._hidden = set(remembered_texts(_HIDDEN)) & {*self._panels, "overview"}
        self._apply()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        names = (*self._panels, "overview")
        return {
            **{f"show_{name}": partial(self._toggle, name) for name in names},
            "canvas_only": self._toggle_all,
            "go_to_inspector": self._go_to_inspector,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return nothing: the commands make sense at any time."""
        return {}

    def checked(self) -> Mapping[str, bool]:
        """Return what is shown."""
        names = (*self._panels, "overview")
        return {f"show_{name}": name not in self._hidden for name in names}

    def show_tab(self, tab: QWidget) -> None:
        """Show a tab of the panel below."""
        self._hide(self._hidden - {"tabs"})
        self._tabs.setCurrentWidget(tab)

    def show_all(self) -> None:
        """Show everything."""
        self._hide(set())

    def show_palette(self) -> None:
        """Show the panel at the left."""
        self._hide(self._hidden - {"palette"})

    def _toggle(self, name: str) -> None:
        self._hide(self._hidden ^ {name})

    def _toggle_all(self) -> None:
        """Leave the canvas alone, or show what stands around it again."""
        panels = self._panels.keys()
        self._hide(self._hidden - panels if panels <= self._hidden else self._hidden | panels)

    def _go_to_inspector(self) -> None:
        self._hide(self._hidden - {"inspector"})
        self._inspector.focus_first()

    def _hide(self, names: set[str]) -> None:
        if names != self._hidden:
            self._hidden = names
            open_settings().setValue(_HIDDEN, sorted(names))
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        for name, panel in self._panels.items():
            panel.setVisible(name not in self._hidden)
        self._overview.want(wanted="overview" not in self._hidden)
