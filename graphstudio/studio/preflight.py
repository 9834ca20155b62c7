"""Whether a window can be opened here; asked before Qt is, since Qt aborts where it cannot."""

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_INSTALL = (
    "Install what Qt needs, on Debian and Ubuntu with: sudo apt-get install libegl1 libgl1 "
    "libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1."
)


def missing_for_a_window() -> str | None:
    """Return in one sentence what keeps a window from opening; none if nothing does."""
    if sys.platform != "linux":
        return None
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    display = os.environ.get("DISPLAY")
    wayland = _has_wayland()
    with_xcb = chosen.startswith("xcb") or not (chosen or wayland)
    if not (chosen or wayland or display):
        return (
            "There is no display: expected DISPLAY or WAYLAND_DISPLAY to name one; found none. "
            "Start it on a desktop, or under xvfb-run."
        )
    if chosen.startswith("wayland") and not wayland:
        return "There is no display: expected WAYLAND_DISPLAY to name a socket that is there."
    if with_xcb and not display:
        return "There is no display: expected DISPLAY to name one, as QT_QPA_PLATFORM asks for X."
    return _missing_for_qt(display if with_xcb else None)


def _missing_for_qt(display: str | None) -> str | None:
    """Return what keeps Qt from opening a window, on an X display if one is given."""
    library = _missing_library(with_xcb=display is not None)
    if library:
        return f"The system library {library} is missing. {_INSTALL}"
    if display and not _answers(display):
        return f"The display {display} does not answer: expected an X server there."
    return None


def _has_wayland() -> bool:
    """Return whether the socket that WAYLAND_DISPLAY names is there; Qt aborts where it is not."""
    name = os.environ.get("WAYLAND_DISPLAY")
    folder = Path(os.environ.get("XDG_RUNTIME_DIR", os.sep))
    return bool(name) and (folder / str(name)).is_socket()


def _missing_library(*, with_xcb: bool) -> str | None:
    """Return the name of the first system library that Qt needs and the loader does not find."""
    try:
        # Loads Qt's libraries with everything that they need.
        import PySide6.QtWidgets  # noqa: F401, PLC0415
    except ImportError as error:
        return _library_of(error)
    spec = find_spec("PySide6")
    if not with_xcb or spec is None or spec.origin is None:
        return None
    plugin = Path(spec.origin).parent / "Qt/plugins/platforms/libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _library_of(error)
    return None


def _library_of(error: Exception) -> str:
    return str(error).partition(":")[0]


def _answers(display: str) -> bool:
    """Return whether an X server answers at a display."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    answered = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answered
