"""Facts in two columns: what it is, and its value in mono at the right."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.protocol import Cost, Tensor
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.inspector.labels import styled_label
from graphstudio.studio.readings import shape_text, with_prefix

_UNKNOWN = "?"
_TIME_TIP = (
    "Median of a forward pass of a batch on the CPU; a nested model takes what its calls take."
)


class Fact(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        name: what it is.
        text: its value.
        tip: more about it.
    """

    name: str
    text: str
    tip: str = ""


class FactList(QWidget):
    """Lines of facts, remade only where they differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    @property
    def facts(self) -> tuple[object, ...]:
        """What is shown."""
        return self._shown[1:]

    def show_facts(self, facts: Sequence[Fact], *, pending: bool = False) -> None:
        """Show facts; dimmed while newer ones are on their way."""
        if self._shown == (pending, *facts):
            return
        self._shown = (pending, *facts)
        for label in self.findChildren(QLabel):
            label.hide()
            label.deleteLater()
        for row, fact in enumerate(facts):
            name = styled_label(fact.name, "dim")
            value = styled_label(fact.text, "mono-dim" if pending else "mono")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setToolTip(fact.tip)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)


def facts_about(diagram: Diagram, findings: Findings, node: NodeId) -> list[Fact]:
    """Return what is known about a node: what it receives and gives, and its parameters."""
    facts = []
    if node not in diagram.inputs:
        facts += _received(diagram, findings, node)
    info = findings.nodes.get(node)
    if node not in diagram.heads:
        outputs = info.outputs if info else ()
        text = "\n".join(map(shape_text, outputs)) or _UNKNOWN
        facts.append(Fact("gives", text, _dtypes(outputs)))
    if diagram.layer_of(node) is not None:
        facts.append(Fact("parameters", f"{info.params:,}" if info else _UNKNOWN))
        if info and info.trainable_params != info.params:
            facts.append(Fact("of them trained", f"{info.trainable_params:,}"))
        if node in findings.timings.texts:
            name = "took" if findings.timings.outdated else "takes"
            facts.append(Fact(name, findings.timings.texts[node], _TIME_TIP))
        if findings.shows_cost:
            facts += _costs(findings.measured.nodes.get(node, Cost()))
    return facts


def _costs(cost: Cost) -> list[Fact]:
    """Return what a call costs for one sample."""
    return [
        Fact(
            "computes",
            _UNKNOWN if cost.flops is None else with_prefix(cost.flops, "FLOPs"),
            "Forward pass of one sample; a multiplication that is added counts as two. Activation "
            "functions and what only moves numbers count as nothing.",
        ),
        Fact("weights take", _memory(cost.weight_bytes), "Memory of the layer's weights"),
        Fact("outputs take", _memory(cost.output_bytes), "Memory of what it gives, for one sample"),
    ]


def _memory(size: int | None) -> str:
    return _UNKNOWN if size is None else with_prefix(size, "B")


def _received(diagram: Diagram, findings: Findings, node: NodeId) -> list[Fact]:
    wires = diagram.incoming.get(node, ())
    if not wires:
        return [Fact("receives", "nothing yet")]
    by_port: dict[str, list[Tensor | None]] = {}
    for wire in wires:
        info = findings.nodes.get(wire.source)
        known = info.outputs[wire.output : wire.output + 1] if info else ()
        by_port.setdefault(wire.port, []).append(known[0] if known else None)
    return [
        Fact(
            "receives" if len(by_port) == 1 else f"receives {port}",
            "\n".join(shape_text(one) if one else _UNKNOWN for one in tensors),
            _dtypes([one for one in tensors if one]),
        )
        for port, tensors in by_port.items()
    ]


def _dtypes(tensors: Sequence[Tensor]) -> str:
    return ", ".join(dict.fromkeys(tensor.dtype for tensor in tensors))
