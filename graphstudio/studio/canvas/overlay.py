"""What the nodes of the diagram in view are coloured by at the moment."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.studio.canvas.heat import ColourBy, Scale, amounts, in_words, scale
from graphstudio.studio.findings import Findings

_PLAIN = Scale()
_NO_TIMES: Mapping[NodeId, str] = {}


class Overlay(QObject):
    """Knows what is coloured by, and works the scale out when what it rests on is another.

    Signals:
        chosen: the nodes are coloured by something else.
        scale_changed: the scale, or what is said of it, is another.
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
        findings.timings.progressed.connect(self.scale_changed)

    @property
    def by(self) -> ColourBy:
        """What the nodes are coloured by."""
        return self._by

    @property
    def scale(self) -> Scale:
        """The scale of the diagram that was looked at last."""
        return self._scale

    @property
    def words(self) -> str:
        """What the scale reaches, and under what it was measured."""
        if self._by is not ColourBy.TIME:
            return in_words(self._by, self._scale)
        remark = self._findings.timings.remark
        known = self._scale.most is not None
        return f"{in_words(self._by, self._scale)} · {remark}" if known else remark

    @property
    def times(self) -> Mapping[NodeId, str]:
        """What nodes say of the time that they take, while they are coloured by it."""
        return self._findings.timings.texts if self._by is ColourBy.TIME else _NO_TIMES

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
        rests_on = (self._by, diagram.nodes, infos, costs, self.times)
        same = len(self._rests_on) == len(rests_on) and all(
            one is other for one, other in zip(self._rests_on, rests_on, strict=True)
        )
        if not same:
            self._rests_on = rests_on
            coloured = self._by is not ColourBy.NONE
            known = amounts(self._by, diagram, infos, costs, self._findings.timings.nodes)
            self._scale = scale(diagram.nodes, known) if coloured else _PLAIN
            self.scale_changed.emit()
        return self._scale.steps

    def _follow_cost(self) -> None:
        """Colour by FLOPs no longer when they are counted no longer."""
        if self._by is ColourBy.FLOPS and not self._findings.shows_cost:
            self.choose(ColourBy.NONE)
