"""Themes: every colour is there, can be read, and is changed everywhere at once."""

import math
import re
from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphstudio.resource import resource_path
from graphstudio.studio.theme import Palette, Theme, ThemeName, mono, sans

BOTH: tuple[ThemeName, ...] = ("dark", "light")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    del qapp
    theme = Theme("dark")
    yield theme
    theme.choose("dark")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    one = QColor(colour)
    return (
        0.2126 * linear(one.redF()) + 0.7152 * linear(one.greenF()) + 0.0722 * linear(one.blueF())
    )


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)


@pytest.mark.parametrize("name", BOTH)
def test_every_colour_of_a_theme_is_one(name: ThemeName, theme: Theme) -> None:
    theme.choose(name)
    for colour in msgspec.structs.astuple(theme.palette):
        for one in colour if isinstance(colour, tuple) else (colour,):
            assert re.fullmatch("#[0-9a-f]{6}", one.lower())


@pytest.mark.parametrize("name", BOTH)
def test_text_can_be_read_on_whatever_it_stands(name: ThemeName, theme: Theme) -> None:
    theme.choose(name)
    colours = theme.palette
    for ground in (colours.window, colours.panel, colours.raised, colours.field, colours.node):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.dim, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5


def test_choosing_a_theme_changes_the_application_and_is_told(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = application.palette().color(QPalette.ColorRole.Window)
    assert window == QColor(theme.palette.panel)
    assert theme.palette.window in application.styleSheet()
    assert theme.name == "light"


def test_the_themes_differ_and_dark_is_dark(theme: Theme) -> None:
    dark = theme.palette
    theme.choose("light")
    assert luminance(dark.panel) < 0.1
    assert luminance(theme.palette.panel) > 0.7


@pytest.mark.parametrize("name", BOTH)
def test_the_style_sheet_names_only_colours_and_icons_that_exist(
    name: ThemeName, theme: Theme
) -> None:
    theme.choose(name)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    sheet = application.styleSheet()
    assert "$" not in sheet
    icons = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet)
    assert icons
    for icon in icons:
        assert resource_path(icon.partition("/resources/")[2]).is_file()


def test_curves_repeat_their_colours_after_the_last(theme: Theme) -> None:
    palette: Palette = theme.palette
    count = len(palette.curves)
    assert len(set(palette.curves)) == count == 8
    assert palette.curve(count) == palette.curve(0)


def test_a_category_that_nobody_knows_has_the_colour_of_the_core(theme: Theme) -> None:
    assert theme.palette.category("of tomorrow") == QColor(theme.palette.category_core)


def test_the_fonts_that_are_shipped_are_the_fonts_in_use(theme: Theme) -> None:
    del theme
    assert QFontInfo(sans()).family() == "Inter"
    assert QFontInfo(mono()).family() == "JetBrains Mono"
