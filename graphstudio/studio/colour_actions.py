"""The commands that choose what the canvas colours nodes by, and measure what that needs."""

from collections.abc import Callable, Mapping
from functools import partial

from graphstudio.studio.canvas.heat import ColourBy
from graphstudio.studio.canvas.overlay import Overlay
from graphstudio.studio.settings import open_settings
from graphstudio.studio.stopwatch import Stopwatch
from graphstudio.studio.timings import Timings

_CHOICES: Mapping[str, ColourBy] = {
    "colour_none": ColourBy.NONE,
    "colour_params": ColourBy.PARAMETERS,
    "colour_flops": ColourBy.FLOPS,
    "colour_output": ColourBy.OUTPUT_SIZE,
    "colour_time": ColourBy.TIME,
}
_REMEMBERED = "canvas/colour_by"


class ColourActions:
    """Carries the commands out; one of the colours is on, also in the next window.

    Args:
        overlay: which colours.
        timings: how long calls take.
        stopwatch: which measures that.
    """

    def __init__(self, overlay: Overlay, timings: Timings, stopwatch: Stopwatch) -> None:
        self._overlay = overlay
        self._timings = timings
        self._stopwatch = stopwatch
        left = open_settings().value(_REMEMBERED)
        overlay.choose(_CHOICES.get(str(left), ColourBy.NONE))
        overlay.chosen.connect(self._remember)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            **{name: partial(self._overlay.choose, by) for name, by in _CHOICES.items()},
            "colour_time": self._colour_by_time,
            "measure_time": self._measure_time,
            "stop_measuring": self._stopwatch.stop,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether calls can be timed now; nodes can be coloured at any time."""
        busy = self._stopwatch.busy
        return {"measure_time": not busy, "stop_measuring": busy}

    def checked(self) -> Mapping[str, bool]:
        """Return which of them is on now."""
        return {name: self._overlay.by is by for name, by in _CHOICES.items()}

    def _colour_by_time(self) -> None:
        """Colour by time, and measure it unless the times are those of the diagram as it is."""
        self._overlay.choose(ColourBy.TIME)
        if not self._timings.hold:
            self._timings.want()

    def _measure_time(self) -> None:
        self._overlay.choose(ColourBy.TIME)
        self._timings.want()

    def _remember(self) -> None:
        name = next(name for name, by in _CHOICES.items() if by is self._overlay.by)
        open_settings().setValue(_REMEMBERED, name)
