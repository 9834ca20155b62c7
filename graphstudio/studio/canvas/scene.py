"""The scene: what the document holds, kept equal to it by touching only what changed.

Nodes and wires are no graphics items: there may be ten thousand. Two items paint them all, that of
the wires at height 0 and that of the nodes at height 1. To draw something else on the canvas, add
a graphics item of one's own: below both with a negative z value, above both with one above 1.
Frames lie at heights between -3 and -2, notes at 0.5. What lies at a place is found by
:func:`graphstudio.studio.canvas.hits.hit`, what touches an area by
``scene.nodes.touching(area)`` and ``scene.wires.touching(area)``.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.active import in_use
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.bends import Bends
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, Position, WireId
from graphstudio.diagram.pages import as_dict, in_order
from graphstudio.studio.canvas.bend_discs import BendDiscs
from graphstudio.studio.canvas.changes import Changes, changes
from graphstudio.studio.canvas.fitting import Fitting
from graphstudio.studio.canvas.halo import Halo
from graphstudio.studio.canvas.mark_layer import MarkLayer
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.node_layer import NodeLayer
from graphstudio.studio.canvas.node_painter import MARGIN
from graphstudio.studio.canvas.node_value import Known, node_value
from graphstudio.studio.canvas.nodes import Nodes, PortsByNode
from graphstudio.studio.canvas.overlay import Overlay
from graphstudio.studio.canvas.ports import End, Ports
from graphstudio.studio.canvas.stage import Stage, exchange, goes_nearly_whole
from graphstudio.studio.canvas.standing import Standing
from graphstudio.studio.canvas.wire_layer import WireLayer
from graphstudio.studio.canvas.wires import Wires
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme

# Keras answers within this time as a rule; without it every edit would make the shapes flicker.
PENDING_AFTER_MS = 150
# Of so many the exact area is painted anew, of more all that is in view.
_FEW = 64


class DiagramScene(QGraphicsScene):
    """The nodes and wires of a diagram, which follow document and findings.

    Signals:
        outlines_changed: these nodes came, went, moved or grew, as a frozenset of ids; of an empty
            one it was frames or notes.

    Attributes:
        nodes: the item of each node.
        wires: the item of each wire.
        ports: the ports of every node.
        bends: the discs on bends of wires.
        halo: what joins the calls of a layer that several share.
        marks: frames and notes.
        overlay: what nodes are coloured by.
    """

    outlines_changed = Signal(object)

    def __init__(
        self,
        document: Document,
        findings: Findings,
        theme: Theme,
        catalog: Catalog,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        # The items that are left are few, and some of them move with the pointer.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._standing = Standing(theme.palette)
        self.nodes = Nodes(self._standing)
        self.wires = Wires(self.nodes, self._standing)
        self.ports: Mapping[NodeId, Ports] = PortsByNode(self.nodes)
        self.halo = Halo()
        self._layers: tuple[QGraphicsItem, ...] = (
            WireLayer(self.wires, self._standing),
            NodeLayer(self.nodes, self._standing),
        )
        self.bends = BendDiscs(self.wires)
        for item in (self.halo, *self._layers, self.bends):
            self.addItem(item)
        self.marks = MarkLayer(self, document, theme)
        self.marks.outlines_changed.connect(lambda: self.outlines_changed.emit(frozenset()))
        self.overlay = Overlay(findings, self)
        self._document = document
        self._findings = findings
        self._theme = theme
        self._catalog = catalog
        self._shown = Diagram()
        self._known = Known(catalog, {}, {})
        self._placeless: set[NodeId] = set()
        self._kept: Stage | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PENDING_AFTER_MS)
        self._timer.timeout.connect(self._answer_is_late)
        document.replaced.connect(self._leave_project)
        document.changed.connect(self._sync)
        document.selection_changed.connect(self._show_selection)
        findings.changed.connect(self._follow_findings)
        theme.changed.connect(self._follow_theme)
        self.overlay.chosen.connect(self._sync)
        self._follow_findings()
        self._show_selection()

    @property
    def diagram(self) -> Diagram:
        """The diagram that the items show."""
        return self._shown

    def show_catalog(self, catalog: Catalog) -> None:
        """Show the diagram by another catalog, whose classes may have other ports."""
        self._catalog = catalog
        self._sync()

    def hide_wire(self, wire: WireId, *, hidden: bool) -> None:
        """Show a wire no longer while its end is in somebody's hand, or again."""
        self.wires.hide(wire, hidden=hidden)
        self._repaint((), (wire,))

    def hover(self, node: NodeItem | None, end: End | None, wire: WireId | None) -> None:
        """Show what lies under the pointer."""
        standing = self._standing
        node_id = node.node_id if node is not None else None
        before, now = (standing.hovered, standing.port), (node_id, end)
        wire_before, standing.hovered_wire = standing.hovered_wire, wire
        standing.hovered, standing.port = now
        nodes = {before[0], node_id} if before != now else ()
        wires = {wire_before, wire} if wire_before != wire else ()
        self._repaint(filter(None, nodes), filter(None, wires))
        if before[0] != node_id:
            self._show_halo()

    def light_up(self, fitting: Fitting | None) -> None:
        """Light up the ports that take the wire that is being drawn, and dim what has none."""
        self._standing.fitting = fitting
        self.update()

    def light_up_wire(self, wire: WireId | None) -> None:
        """Show the wire that something would go into as a selected one; none for no wire."""
        before, self._standing.target = self._standing.target, wire
        if before != wire:
            self._repaint((), filter(None, (before, wire)))

    def preview_positions(self, positions: Mapping[NodeId, Position]) -> None:
        """Show nodes at other places, with their wires, before the document has them there."""
        self._move({node: place for node, place in positions.items() if node in self.nodes})
        self._show_halo()

    def show_bends(self, bends: Bends) -> None:
        """Lay wires through bends, also before the document has them there."""
        bent = self.wires.bend(bends)
        self._repaint((), bent)
        self.wires.route(bent)
        self._repaint((), bent)
        self.bends.lay(bends, self._standing.palette)

    def outline(self) -> QRectF:
        """Return the rectangle around all nodes, frames and notes."""
        return self.nodes.around().united(self.marks.outline())

    def itemsBoundingRect(self) -> QRectF:
        """Return the rectangle around all that is painted: nodes, wires and every other item."""
        around = self.wires.around()
        if self.nodes:
            nodes = self.nodes.around().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
            around = around.united(nodes)
        for item in self.items():
            if item not in self._layers and item.isVisible():
                around = around.united(item.sceneBoundingRect())
        return around

    def _follow_findings(self) -> None:
        if not self._findings.pending:
            self._timer.stop()
            self._dim_shapes(dim=False)
        elif not self._timer.isActive():
            self._timer.start()
        self._sync()

    def _answer_is_late(self) -> None:
        self._dim_shapes(dim=self._findings.pending)

    def _dim_shapes(self, *, dim: bool) -> None:
        if self._standing.pending is not dim:
            self._standing.pending = dim
            self.update()

    def _follow_theme(self) -> None:
        self._standing.palette = self._theme.palette
        self._kept = None
        self.nodes.forget_drawings()
        self.nodes.colour(self.nodes)
        self.wires.show_tensors(self.wires, self._shown, self._known)
        self.bends.lay(self._shown.bends, self._standing.palette)
        self._show_halo()
        self.update()

    def _sync(self) -> None:
        """Make the items equal to the document and to what is known about it."""
        self._turn_to(self._document.diagram)
        before = (self._shown, self._known)
        self._shown, self._known = after = (self._document.diagram, self._learn())
        found = changes(before, after)
        self.wires.remove(found.cut)
        self.nodes.remove(found.gone)
        reshaped = {
            node for node in in_order(found.nodes, self._shown.nodes)
            if self.nodes.show(node, node_value(self._shown, node, self._known))
        }  # fmt: skip
        self.wires.put(self._shown, in_order(found.wires, self._shown.wires))
        self._show_places(found, reshaped)
        if before[0].bends is not self._shown.bends:
            self.show_bends(self._shown.bends)
        carrying = found.wires | found.judged | self.wires.at(found.telling)
        self.wires.show_tensors(carrying, self._shown, self._known)
        self._repaint(found.nodes, carrying)
        if found.wires or found.cut or found.gone:
            self._forget_gone()
        self._show_halo()

    def _turn_to(self, diagram: Diagram) -> None:
        """Bring back what was kept of a diagram; keep the one shown if it is about to go."""
        kept = self._kept
        if kept is None or kept.diagram is not diagram:
            if self._placeless or not goes_nearly_whole(self._shown, diagram):
                return
            kept = self._empty_stage()
        self._kept = Stage(self._shown, self._known, kept.nodes, kept.wires)
        self._show_stage(kept)

    def _show_stage(self, stage: Stage) -> None:
        """Show the items of a stage, in which those go that are shown now."""
        before, self._shown, self._known = self._shown, stage.diagram, stage.known
        exchange(self.nodes, stage.nodes)
        exchange(self.wires, stage.wires)
        self.bends.lay(self._shown.bends, self._standing.palette)
        self._forget_gone()
        self.outlines_changed.emit(frozenset(before.nodes).union(self._shown.nodes))

    def _empty_stage(self) -> Stage:
        standing = self._standing
        known = Known(self._catalog, {}, {})
        return Stage(Diagram(), known, Nodes(standing), Wires(self.nodes, standing))

    def _leave_project(self) -> None:
        self._show_stage(self._empty_stage())
        self._kept, self._placeless = None, set()

    def _learn(self) -> Known:
        findings, used = self._findings, in_use(self._document.diagram)
        return Known(
            self._catalog,
            findings.nodes,
            findings.by_node,
            findings.wrong_wires,
            inside=bool(self._document.place),
            costs=findings.measured.nodes,
            left_out=used.left_out,
            idle=used.idle,
            heat=self.overlay.steps(self._document.diagram),
            times=self.overlay.times,
        )

    def _show_places(self, found: Changes, reshaped: set[NodeId]) -> None:
        """Put nodes where the document has them, and route the wires of those that moved."""
        self.nodes.colour(found.nodes)
        places, touched = self._shown.positions, found.moved | reshaped
        if len(touched) > _FEW:
            places = as_dict(places)
        self._placeless |= touched
        self._placeless = {n for n in self._placeless if n in self.nodes and n not in places}
        if self._placeless:
            # What comes without places is arranged, and all of it moves with what is added.
            places = {**arrange(self._shown, None, self._shown.direction), **places}
            touched |= self._placeless
        if touched or found.wires or found.gone:
            self._move(
                {node: places[node] for node in in_order(touched, self._shown.nodes)},
                found.gone,
                in_order(found.wires, self._shown.wires),
            )

    def _move(
        self,
        places: Mapping[NodeId, Position],
        gone: Iterable[NodeId] = (),
        wires: Sequence[WireId] = (),
    ) -> None:
        """Put nodes at places, with their wires, and others that changed."""
        routed = [*wires, *self.wires.at(places).difference(wires)]
        self._repaint(places, routed)
        self.nodes.put(places)
        self.wires.route(routed)
        self._repaint(places, routed)
        moved = frozenset(places).union(gone)
        if moved:
            self.outlines_changed.emit(moved)

    def _forget_gone(self) -> None:
        """Let nothing stand out that is not there, and accent the wires that came."""
        standing = self._standing
        if standing.hovered not in self.nodes:
            standing.hovered = standing.port = None
        if standing.target not in self.wires:
            standing.target = None
        standing.joined = frozenset(self.wires.at(standing.selected))
        self.update()

    def _show_selection(self) -> None:
        standing = self._standing
        nodes, wires, joined = standing.selected, standing.wires, standing.joined
        standing.selected = self._document.selection
        standing.wires = self._document.selected_wires
        standing.joined = frozenset(self.wires.at(standing.selected))
        changed = (wires ^ standing.wires) | (joined ^ standing.joined)
        self._repaint(nodes ^ standing.selected, changed)
        self.bends.show_selected(self._document.selected_bends)
        self._show_halo()

    def _show_halo(self) -> None:
        """Join the calls that share a layer with what is selected or under the pointer."""
        standing = self._standing
        chosen = standing.selected | {standing.hovered} if standing.hovered else standing.selected
        shared = (node for node in chosen if node in self.nodes and self.nodes[node].value.shared)
        nodes = (self._shown.nodes.get(node) for node in shared)
        layers = dict.fromkeys(node.layer for node in nodes if isinstance(node, CallNode))
        groups = [
            [self.nodes[call].frame() for call in self._shown.calls[layer] if call in self.nodes]
            for layer in layers
        ]
        if groups or not self.halo.path().isEmpty():
            self.halo.surround(groups, standing.palette)

    def _repaint(self, nodes: Iterable[NodeId], wires: Iterable[WireId]) -> None:
        """Paint again where these nodes and wires lie now."""
        near, routed = list(nodes), list(wires)
        if len(near) + len(routed) > _FEW:
            self.update()
            return
        area = self.wires.area(routed)
        for node in near:
            if node in self.nodes:
                frame = self.nodes[node].frame()
                area = area.united(frame.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        if not area.isEmpty():
            self.update(area)
