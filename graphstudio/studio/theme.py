"""Colours, fonts and the style sheet: one palette for dark and one for light."""

from collections.abc import Mapping
from functools import cache
from string import Template
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.diagnostics import Severity
from graphstudio.resource import resource_path

SANS = ["Inter", "Noto Sans CJK SC", "sans-serif"]
MONO = ["JetBrains Mono", "monospace"]
_FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
)
# Keras keeps its layers in folders by family; families that share a colour share a meaning.
_CATEGORY_COLOURS: Mapping[str, str] = {
    "input": "category_input",
    "head": "category_head",
    "convolutional": "category_convolutional",
    "pooling": "category_pooling",
    "normalization": "category_normalization",
    "regularization": "category_normalization",
    "merging": "category_merging",
    "function": "category_function",
    "applications": "category_model",
    "model": "category_model",
    "models": "category_model",
}


class Palette(msgspec.Struct, frozen=True):
    """The colours of a theme, as ``#rrggbb``; what each is for is its name."""

    window: str
    panel: str
    raised: str
    line: str
    field: str
    text: str
    dim: str
    faint: str
    canvas: str
    dots: str
    node: str
    node_line: str
    accent: str
    heat: str
    on_accent: str
    block_cold: str
    block_hot: str
    good: str
    warning: str
    error: str
    on_mark: str
    wire_float: str
    wire_integer: str
    wire_string: str
    wire_boolean: str
    category_input: str
    category_core: str
    category_convolutional: str
    category_pooling: str
    category_normalization: str
    category_merging: str
    category_function: str
    category_head: str
    category_model: str
    curves: tuple[str, ...]

    def category(self, name: str) -> QColor:
        """Return the colour of a category of the catalog, or of ``"input"`` or ``"head"``."""
        family = "function" if name.endswith("functions") else name
        return QColor(getattr(self, _CATEGORY_COLOURS.get(family, "category_core")))

    def severity(self, severity: Severity) -> str:
        """Return the colour of a finding by how bad it is."""
        if severity is Severity.ERROR:
            return self.error
        return self.warning if severity is Severity.WARNING else self.accent

    def curve(self, number: int) -> QColor:
        """Return the colour of a head by its place among the heads; they repeat after eight."""
        return QColor(self.curves[number % len(self.curves)])


ThemeName = Literal["system", "dark", "light"]


class Theme(QObject):
    """The theme in use. What draws by itself reads :attr:`palette` and follows :attr:`changed`."""

    changed = Signal()

    def __init__(self, name: ThemeName = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name: ThemeName = name
        _load_fonts()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def name(self) -> ThemeName:
        """What the user chose."""
        return self._name

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return _palette(self._resolved())

    def choose(self, name: ThemeName) -> None:
        """Use a theme; ``"system"`` follows the desktop."""
        self._name = name
        self._apply()

    def _resolved(self) -> str:
        if self._name != "system":
            return self._name
        scheme = QGuiApplication.styleHints().colorScheme()
        return "light" if scheme is Qt.ColorScheme.Light else "dark"

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(sans())
            application.setPalette(_qt_palette(self.palette))
            application.setStyleSheet(_style_sheet(self._resolved()))
        self.changed.emit()


def mixed(front: str, behind: str, share: float) -> str:
    """Return a colour of which a share, from 0 to 1, is that in front."""
    one, other = QColor(front), QColor(behind)
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(share * a + (1 - share) * b) for a, b in parts)).name()


def sans(pixels: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface's font at a size in pixels."""
    return _font(SANS, pixels, weight)


def mono(pixels: int = 12, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of shapes, numbers and code at a size in pixels."""
    return _font(MONO, pixels, weight)


def _font(families: list[str], pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(families)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


@cache
def _load_fonts() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path(f"fonts/{name}")))


@cache
def _palette(name: str) -> Palette:
    return msgspec.json.decode(resource_path(f"themes/{name}.json").read_bytes(), type=Palette)


def _style_sheet(scheme: str) -> str:
    text = resource_path("themes/studio.qss").read_text(encoding="utf-8")
    icons = resource_path("icons").as_posix()
    return Template(text).substitute(
        msgspec.structs.asdict(_palette(scheme)), icons=icons, scheme=scheme
    )


def _qt_palette(colours: Palette) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: colours.panel,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.dim,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Link: colours.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
