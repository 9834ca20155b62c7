"""The commands that choose what the canvas colours nodes by."""

from collections.abc import Callable, Mapping
from functools import partial

from graphstudio.studio.canvas.heat import ColourBy
from graphstudio.studio.canvas.overlay import Overlay

_CHOICES: Mapping[str, ColourBy] = {
    "colour_none": ColourBy.NONE,
    "colour_params": ColourBy.PARAMETERS,
    "colour_flops": ColourBy.FLOPS,
    "colour_output": ColourBy.OUTPUT_SIZE,
}


class ColourActions:
    """Carries the commands out; one of them is on."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {name: partial(self._overlay.choose, by) for name, by in _CHOICES.items()}

    def sensible(self) -> Mapping[str, bool]:
        """Return nothing: nodes can be coloured at any time."""
        return {}

    def checked(self) -> Mapping[str, bool]:
        """Return which of them is on now."""
        return {name: self._overlay.by is by for name, by in _CHOICES.items()}
