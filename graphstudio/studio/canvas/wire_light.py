"""Lights up the wire that something would go into."""

from dataclasses import replace

from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.scene import DiagramScene


class WireLight:
    """Shows at most one wire as a target: it stands out as a selected one does."""

    def __init__(self, scene: DiagramScene) -> None:
        self._scene = scene
        self._lit: WireId | None = None

    @property
    def wire(self) -> WireId | None:
        """The wire that is lit up."""
        return self._lit

    def show(self, wire: WireId | None) -> None:
        """Light up this wire and no other."""
        if wire == self._lit:
            return
        before, self._lit = self._lit, wire
        for one in (before, wire):
            item = self._scene.wires.get(one) if one is not None else None
            if item is not None:
                selected = one == wire or one in self._scene.selected_wires
                item.show_state(replace(item.state, selected=selected))
