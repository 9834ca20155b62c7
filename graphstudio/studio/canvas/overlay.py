"""What the nodes of the diagram in view are coloured by at the moment."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.studio.canvas.heat import ColourBy, Scale, amounts, scale
from graphstudio.studio.findings import Findings

_PLAIN = Scale()


class Overlay(QObject):
    """Knows what is coloured by, and works the scale out when what it rests on is another.

    Signals:
        chosen: the nodes are coloured by something else.
        scale_changed: the scale is another.
    """

    chosen = Signal()
    scale_changed = Signal()

    def __init__(self, findings: Findings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings = findings
        self._by = ColourBy.NONE
        self._scale = _PLAIN
        self._rests_on: tuple[object, ...] = ()
        findings.changed.connect(self._follow_cost)

    @property
    def by(self) -> ColourBy:
        """What the nodes are coloured by."""
        return self._by

    @property
    def scale(self) -> Scale:
        """The scale of the diagram that was looked at last."""
        return self._scale

    def choose(self, by: ColourBy) -> None:
        """Colour nodes by something; FLOPs are counted from now on."""
        if by is ColourBy.FLOPS and not self._findings.shows_cost:
            self._findings.show_cost(shown=True)
        if by is not self._by:
            self._by = by
            self.chosen.emit()

    def steps(self, diagram: Diagram) -> Mapping[NodeId, int]:
        """Return the step of each node of a diagram; none while nodes are not coloured."""
        infos, costs = self._findings.nodes, self._findings.measured.nodes
        rests_on = (self._by, diagram.nodes, infos, costs)
        same = len(self._rests_on) == len(rests_on) and all(
            one is other for one, other in zip(self._rests_on, rests_on, strict=True)
        )
        if not same:
            self._rests_on = rests_on
            coloured = self._by is not ColourBy.NONE
            known = amounts(self._by, diagram, infos, costs)
            self._scale = scale(diagram.nodes, known) if coloured else _PLAIN
            self.scale_changed.emit()
        return self._scale.steps

    def _follow_cost(self) -> None:
        """Colour by FLOPs no longer when they are counted no longer."""
        if self._by is ColourBy.FLOPS and not self._findings.shows_cost:
            self.choose(ColourBy.NONE)
