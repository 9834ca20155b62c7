"""The scene: one item a node and one a wire, kept equal to the document."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtWidgets import QGraphicsScene

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.active import in_use
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, Position, WireId
from graphstudio.studio.canvas.halo import Halo
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.node_value import Known, node_value
from graphstudio.studio.canvas.ports import End, Ports, Side
from graphstudio.studio.canvas.wires import Wires
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme

# Keras answers within this time as a rule; without it every edit would make the shapes flicker.
PENDING_AFTER_MS = 150


class DiagramScene(QGraphicsScene):
    """The items of a diagram. It follows document and findings and touches only what changed.

    Signals:
        outlines_changed: a node came, went, moved or grew.

    Attributes:
        nodes: the item of each node.
        wires: the item of each wire.
        halo: what joins the calls of a layer that several share.
    """

    outlines_changed = Signal()

    def __init__(
        self,
        document: Document,
        findings: Findings,
        theme: Theme,
        catalog: Catalog,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.nodes: dict[NodeId, NodeItem] = {}
        self.wires = Wires(self, self.nodes)
        self.halo = Halo()
        self.addItem(self.halo)
        self._document = document
        self._findings = findings
        self._theme = theme
        self._catalog = catalog
        self._shown = Diagram()
        self._known = Known(catalog, {}, {})
        self._selected_wires: frozenset[WireId] = frozenset()
        self._accented: frozenset[NodeId] = frozenset()
        self._hovered: NodeItem | None = None
        self._hovered_wire: WireId | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PENDING_AFTER_MS)
        self._timer.timeout.connect(self._answer_is_late)
        document.changed.connect(self._follow_document)
        document.selection_changed.connect(self._show_selection)
        findings.changed.connect(self._follow_findings)
        theme.changed.connect(self._follow_theme)
        self._follow_findings()

    @property
    def diagram(self) -> Diagram:
        """The diagram that the items show."""
        return self._shown

    @property
    def selected_wires(self) -> frozenset[WireId]:
        """The selected wires; selected nodes are the document's."""
        return self._selected_wires

    @property
    def ports(self) -> Mapping[NodeId, Ports]:
        """The ports of every node."""
        return {node: item.value.ports for node, item in self.nodes.items()}

    def show_catalog(self, catalog: Catalog) -> None:
        """Show the diagram by another catalog, whose classes may have other ports."""
        self._catalog = catalog
        self._sync()

    def select_wires(self, wires: Iterable[WireId]) -> None:
        """Select these wires and no others."""
        before = self._selected_wires
        self._selected_wires = frozenset(wires) & self.wires.keys()
        self._show_wire_states(before ^ self._selected_wires)

    def hover(self, node: NodeItem | None, end: End | None, wire: WireId | None) -> None:
        """Show what lies under the pointer."""
        if self._hovered is not None and self._hovered is not node:
            self._hovered.show_state(replace(self._hovered.state, hovered=False, port=None))
        moved, self._hovered = node is not self._hovered, node
        if node is not None:
            port = (end.side, end.index) if end else None
            node.show_state(replace(node.state, hovered=True, port=port))
        wires = {key for key in (self._hovered_wire, wire) if key is not None}
        self._hovered_wire = wire
        self._show_wire_states(wires)
        if moved:
            self._show_halo()

    def light_up(self, side: Side | None, nodes: Iterable[NodeId]) -> None:
        """Light up the ports of a side on these nodes, and no others."""
        fitting = set(nodes)
        for node, item in self.nodes.items():
            item.show_state(replace(item.state, fitting=side if node in fitting else None))

    def preview_positions(self, positions: Mapping[NodeId, Position]) -> None:
        """Show nodes at other places, with their wires, before the document has them there."""
        for node, position in positions.items():
            if node in self.nodes:
                self.nodes[node].setPos(position.x, position.y)
        self.wires.route(self.wires.at(positions))
        self._show_halo()
        self.outlines_changed.emit()

    def outline(self) -> QRectF:
        """Return the rectangle around all nodes."""
        around = QRectF()
        for item in self.nodes.values():
            around = around.united(item.frame())
        return around

    def _follow_document(self) -> None:
        before, after = self._shown, self._document.diagram
        tables = ((before.layers, after.layers), (before.nodes, after.nodes),
                  (before.wires, after.wires))  # fmt: skip
        if all(old is new for old, new in tables):
            self._shown = after
            self._place(before, ())
            self._show_halo()
        else:
            self._sync()

    def _follow_findings(self) -> None:
        if not self._findings.pending:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self._sync()
        if not self._findings.pending:
            self._dim_shapes(dim=False)

    def _answer_is_late(self) -> None:
        self._dim_shapes(dim=self._findings.pending)

    def _dim_shapes(self, *, dim: bool) -> None:
        for item in self.nodes.values():
            item.show_state(replace(item.state, pending=dim))

    def _follow_theme(self) -> None:
        for item in self.nodes.values():
            item.show_value(item.value, self._theme.palette)
        self.wires.show_tensors(self._shown, self._known, self._theme.palette)
        self._show_halo()

    def _sync(self) -> None:
        """Make the items equal to the document and to what is known about it."""
        before, self._shown = self._shown, self._document.diagram
        findings = self._findings
        self._known = Known(
            self._catalog,
            findings.nodes,
            findings.by_node,
            findings.wrong_wires,
            inside=bool(self._document.place),
            costs=findings.measured.nodes,
        )
        self._forget(self.nodes.keys() - self._shown.nodes.keys())
        reshaped = self._show_nodes()
        self._place(before, reshaped)
        self.wires.add_new(self._shown)
        self.wires.show_tensors(self._shown, self._known, self._theme.palette)
        self._selected_wires &= self.wires.keys()
        self._show_selection()
        self._show_wire_states(self.wires)

    def _forget(self, gone: Iterable[NodeId]) -> None:
        self.wires.remove_gone(self._shown)
        for node in gone:
            item = self.nodes.pop(node)
            if item is self._hovered:
                self._hovered = None
            self.removeItem(item)

    def _show_nodes(self) -> set[NodeId]:
        """Show every node's value where it is another; return the new and the reshaped nodes."""
        reshaped = set()
        for node_id in self._shown.nodes:
            key = self._key(node_id)
            item = self.nodes.get(node_id)
            if item is not None and item.key == key:
                continue
            value = node_value(self._shown, node_id, self._known)
            if item is None:
                item = self.nodes[node_id] = NodeItem(node_id, value, self._theme.palette)
                self.addItem(item)
                reshaped.add(node_id)
            elif value != item.value and item.show_value(value, self._theme.palette):
                reshaped.add(node_id)
            item.key = key
        return reshaped

    def _key(self, node_id: NodeId) -> tuple[object, ...]:
        """Return all that a node's value is made from, cheaper to compare than to make."""
        diagram, known = self._shown, self._known
        node = diagram.nodes[node_id]
        incoming = diagram.incoming.get(node_id, ())
        return (
            node,
            diagram.layer_of(node_id),
            incoming,
            diagram.outgoing.get(node_id, ()),
            tuple((diagram.nodes[w.source], known.nodes.get(w.source)) for w in incoming),
            known.nodes.get(node_id),
            known.diagnostics.get(node_id),
            known.costs.get(node_id),
            node_id in in_use(diagram).left_out,
            isinstance(node, CallNode) and len(diagram.calls[node.layer]) > 1,
        )

    def _place(self, before: Diagram, touched: Iterable[NodeId]) -> None:
        """Put nodes where the document has them, and route the wires of those that moved."""
        places = self._places()
        moved = set(touched)
        for node, item in self.nodes.items():
            place = QPointF(places[node].x, places[node].y)
            if item.pos() != place:
                item.setPos(place)
                moved.add(node)
        self.wires.route(self.wires.at(moved))
        if moved or before.nodes.keys() != self._shown.nodes.keys():
            self.outlines_changed.emit()

    def _places(self) -> Mapping[NodeId, Position]:
        """Return every node's place; what comes without places is arranged."""
        known = self._shown.positions
        if all(node in known for node in self._shown.nodes):
            return known
        return {**arrange(self._shown), **known}

    def _show_selection(self) -> None:
        selected = self._document.selection
        for node in (selected | self._accented) & self.nodes.keys():
            item = self.nodes[node]
            item.show_state(replace(item.state, selected=node in selected))
        self._show_wire_states(self.wires.at(selected | self._accented))
        self._accented = selected
        self._show_halo()

    def _show_halo(self) -> None:
        """Join the calls that share a layer with what is selected or under the pointer."""
        chosen = set(self._document.selection)
        if self._hovered is not None:
            chosen.add(self._hovered.node_id)
        nodes = (self._shown.nodes.get(node) for node in chosen)
        layers = dict.fromkeys(node.layer for node in nodes if isinstance(node, CallNode))
        groups = [
            [self.nodes[call].frame() for call in calls if call in self.nodes]
            for calls in (self._shown.calls[layer] for layer in layers)
            if len(calls) > 1
        ]
        if groups or not self.halo.path().isEmpty():
            self.halo.surround(groups, self._theme.palette)

    def _show_wire_states(self, wires: Iterable[WireId]) -> None:
        self.wires.show_states(
            wires, self._selected_wires, self._document.selection, self._hovered_wire
        )
