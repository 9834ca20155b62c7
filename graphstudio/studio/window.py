"""The main window: it puts the parts beside each other and connects them, and does no more."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QTabWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.differences import Difference
from graphstudio.places import journal_folder, new_run_folder
from graphstudio.studio.action_states import ActionStates
from graphstudio.studio.actions.commands import Commands
from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.arrangement import column, splitter
from graphstudio.studio.canvas.difference_marks import DifferenceMarks
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.clipboard import Clipboard
from graphstudio.studio.colour_actions import ColourActions
from graphstudio.studio.command_palette import open_command_palette
from graphstudio.studio.compare_actions import CompareActions
from graphstudio.studio.comparison import Comparison
from graphstudio.studio.context_menu import pop_up
from graphstudio.studio.design_engine import DesignEngine
from graphstudio.studio.dialogs.shortcuts import ShortcutsDialog
from graphstudio.studio.document import Document
from graphstudio.studio.dropped_files import DroppedFiles
from graphstudio.studio.examples_menu import examples_menu
from graphstudio.studio.file_commands import FileCommands
from graphstudio.studio.files import Files
from graphstudio.studio.find_bar import FindBar
from graphstudio.studio.finding import Finding
from graphstudio.studio.findings import Findings
from graphstudio.studio.header import CanvasHeader
from graphstudio.studio.importer import Importer
from graphstudio.studio.journal import Journal
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.late_code import LateCode
from graphstudio.studio.lock_actions import LockActions
from graphstudio.studio.long_lived import LongLived
from graphstudio.studio.mark_actions import MarkActions
from graphstudio.studio.model_actions import ModelActions
from graphstudio.studio.notice import NoticeBar
from graphstudio.studio.open_files import OpenFiles
from graphstudio.studio.order_commands import OrderCommands
from graphstudio.studio.own_code import OwnCode
from graphstudio.studio.panels.code_view import CodePanel
from graphstudio.studio.panels.compare import ComparePanel
from graphstudio.studio.panels.history import HistoryPanel
from graphstudio.studio.panels.inspector.panel import InspectorPanel
from graphstudio.studio.panels.log import LogPanel
from graphstudio.studio.panels.outline import OutlinePanel
from graphstudio.studio.panels.own_code import OwnCodePanel
from graphstudio.studio.panels.palette import PalettePanel
from graphstudio.studio.panels.problems import ProblemsPanel
from graphstudio.studio.panels.training import TrainingPanel
from graphstudio.studio.questions import ask_to_end_run, tell_about
from graphstudio.studio.recent_files import RecentFiles, recent_menu
from graphstudio.studio.recovery import Recovery
from graphstudio.studio.replace_actions import ReplaceActions
from graphstudio.studio.scripts import Scripts
from graphstudio.studio.start.start import Start
from graphstudio.studio.start.stops import stops
from graphstudio.studio.start.tour import Tour
from graphstudio.studio.status_bar import StatusBar
from graphstudio.studio.stopwatch import Stopwatch
from graphstudio.studio.theme import Theme
from graphstudio.studio.tool_bar import MainToolBar
from graphstudio.studio.trainer import Trainer
from graphstudio.studio.trust import Trust
from graphstudio.studio.trust_banner import TrustBanner
from graphstudio.studio.unfolder import Unfolder
from graphstudio.studio.use_actions import UseActions
from graphstudio.studio.view_commands import ViewCommands
from graphstudio.studio.window_state import ViewMemory, remember_window, restore_window
from graphstudio.studio.wiring_actions import WiringActions

_NOT_AGREED = (
    "The model needs the code that this project brings: agree that it runs before training."
)


class MainWindow(QMainWindow):
    """The studio's window on one project.

    Args:
        catalog: what can be put on the canvas.
        theme: colours and fonts.
        open_files: the files of all windows; without it this window is the only one.

    Signals:
        window_wanted: a file that is to be shown in another window; none for an empty one.
        quit_wanted: all windows are to be closed.
        closed: the window is closed for good.
        kept_open: the user was asked whether it is closed, and it is not.
    """

    window_wanted = Signal(object)
    quit_wanted = Signal()
    closed = Signal()
    kept_open = Signal()

    def __init__(self, catalog: Catalog, theme: Theme, open_files: OpenFiles | None = None) -> None:
        super().__init__()
        self._catalog = catalog
        self._theme = theme
        self.document = Document(self)
        LongLived(self.document, self)
        self._open_files = open_files or OpenFiles()
        self._open_files.add(self.document, self)
        self.findings = Findings(self.document, self)
        self.trust = Trust(self)
        self.own = OwnCode(self.document, catalog, self.trust, self)
        self.engine = DesignEngine(self.document, self.findings, self.trust, self)
        self.unfolder = Unfolder(self.document, self.engine, self)
        self.trainer = Trainer(self)
        self.stopwatch = Stopwatch(self.document, self.findings.timings, self.trust, self)
        self.notices = NoticeBar()
        self.scripts = Scripts(self.own, self.findings, self)
        self.files = Files(self.document, self.notices, self.scripts, self._open_files, self)
        self.importer = Importer(self.document, self.files, self.notices, self)
        self.canvas = CanvasView(self.document, self.findings, theme, catalog)
        self.find_bar = FindBar(self.document, self.findings, self.canvas, theme)
        self.comparison = Comparison(self.document, self)
        self._make_panels()
        self._commands = self._make_commands()
        self.actions_table = ActionTable(self._handlers(), theme, self)
        self.tabs = QTabWidget()
        self._tools = MainToolBar(self.actions_table)
        self._journal = Journal(self.document, journal_folder(), self)
        self.recovery = Recovery(self.document, self.files, self.notices, self._journal, self)
        toggles = (self.uses, self.colours)
        self._states = ActionStates(
            self.actions_table, self._commands, toggles, self.document, self.trainer, self
        )
        self.views = ViewMemory(self.document, self.canvas, self)
        self._dropped = DroppedFiles(self.files, self.importer, self.notices, self)
        self._recent = RecentFiles(self.document, self)
        self._borders: dict[str, QSplitter] = {}
        self._late_code = LateCode(self.engine, self.own, self.notices, self)
        self._death = ""
        self._may_close = False
        self._closed = False
        self._build()
        self._connect()
        self._follow_document()
        restore_window(self, self._borders, self.tabs)

    def _make_panels(self) -> None:
        """Make what stands around the canvas."""
        catalog, theme = self._catalog, self._theme
        self.kept = KeptEntries(self)
        self.palette_panel = PalettePanel(catalog, theme, self.kept)
        self.inspector = InspectorPanel(self.document, self.findings, catalog, theme)
        self.training = TrainingPanel(theme)
        self.problems = ProblemsPanel(self.document, self.findings, theme)
        self.outline = OutlinePanel(self.document, self.findings, theme)
        self.code = CodePanel(self.document, theme, self.scripts.write)
        self.own_code = OwnCodePanel(self.document, self.own, theme)
        self.trust_banner = TrustBanner(self.own)
        self.history = HistoryPanel(self.document, theme)
        self.compare_panel = ComparePanel(self.document, self.comparison, theme)
        self.log = LogPanel(theme)
        self.status = StatusBar(self.document)

    def _make_commands(self) -> tuple[Commands, ...]:
        """Return what carries out the commands on the diagram, group by group."""
        document, canvas, catalog = self.document, self.canvas, self._catalog
        self.models = ModelActions(document, self.findings, self)
        self.clipboard = Clipboard(document, canvas, self)
        self.locks = LockActions(document, self)
        self.uses = UseActions(document, catalog)
        self.replacing = ReplaceActions(document, catalog, self)
        self.comparing = CompareActions(document, self.files, self.trainer, self.comparison, self)
        self.order = OrderCommands(document, canvas, self)
        self.colours = ColourActions(
            canvas.diagram_scene.overlay, self.findings.timings, self.stopwatch
        )
        self.finding = Finding(
            document, canvas, self.palette_panel, self.kept, catalog, self._theme, self
        )
        scene = canvas.diagram_scene
        self.file_commands = FileCommands(
            self.files, self.importer, scene, self._theme, self.notices, self
        )
        return (
            self.file_commands,
            canvas,
            ViewCommands(canvas, self.findings, self._theme),
            self.models,
            self.clipboard,
            self.locks,
            self.uses,
            self.replacing,
            WiringActions(document, canvas),
            self.order,
            MarkActions(document, canvas.marking),
            self.colours,
            self.comparing,
            self.finding,
        )

    def start_engines(self) -> None:
        """Start the engines; the window is in use meanwhile."""
        self.engine.start()

    def train(self) -> None:
        """Train the project as it is now."""
        self._commit_pending()
        if self.own.keeps_from_training:
            self.notices.say(_NOT_AGREED)
            return
        project = self.document.whole
        run_dir = new_run_folder(self.document.path, project.diagram.name)
        self.tabs.setCurrentWidget(self.training)
        # The button loses the focus, which would go to a field that the next key then changes.
        self.canvas.setFocus()
        trusted = self.trust.allows(project.code)
        self.trainer.train(project, self.files.folder, run_dir, trusted=trusted)

    def show_around(self) -> None:
        """Show what the parts of the window are for, on an example where nothing is open."""
        if not self.document.diagram.nodes:
            self.files.open_example()
        self.start.show_work()
        parts = (self.palette_panel, self.canvas, self.inspector, self.tabs, self._tools)
        Tour(stops(*parts), self._theme, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when all is saved or given up; no engine outlives the window."""
        self._commit_pending()
        if not self._may_close and (self.trainer.busy or not self.document.undo_stack.isClean()):
            event.ignore()
            self.files.after_saving(self._ask_about_run, self.kept_open.emit)
            return
        event.accept()
        if not self._closed:
            self._closed = True
            self._open_files.remove(self.document)
            self.views.remember()
            remember_window(self, self._borders, self.tabs)
            self.engine.shut_down()
            self.trainer.shut_down()
            self.stopwatch.stop()
            self.importer.shut_down()
            self._journal.close()
            self.order.close()
            self.closed.emit()

    def _commit_pending(self) -> None:
        """Take what is typed but not yet committed, as before saving and training."""
        self.canvas.commit_pending()
        self.inspector.commit_pending()
        self.own_code.commit_pending()

    def _ask_about_run(self) -> None:
        if self.trainer.busy:
            ask_to_end_run(self, self._close_now, self.kept_open.emit)
        else:
            self._close_now()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        stack = self.document.undo_stack
        return {
            **{name: run for one in self._commands for name, run in one.handlers().items()},
            "undo": stack.undo,
            "redo": stack.redo,
            "find": self.find_bar.open,
            "outline": self._show_outline,
            "train": self.train,
            "pause": self.trainer.pause,
            "stop": self.trainer.stop,
            "command_palette": lambda: open_command_palette(self.actions_table, self),
            "start_page": self._show_start_page,
            "tour": self.show_around,
            "shortcuts": lambda: ShortcutsDialog(self.actions_table, self).open(),
            "about": lambda: tell_about(self, self._catalog.keras_version),
        }

    def _build(self) -> None:
        self.actions_table.fill(self.menuBar())
        self.actions_table["open_example"].setMenu(examples_menu(self.files.open_example, self))
        self.actions_table["open_recent"].setMenu(recent_menu(self.files.open_recent, self))
        self.addToolBar(self._tools)
        for widget, title in (
            (self.training, "Training"),
            (self.code, "Code"),
            (self.own_code, "Own code"),
            (self.problems, "Problems"),
            (self.outline, "Outline"),
            (self.history, "History"),
            (self.compare_panel, "Compare"),
            (self.log, "Log"),
        ):
            widget.setObjectName(title)
            self.tabs.addTab(widget, title)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        scene = self.canvas.diagram_scene
        self.differences = DifferenceMarks(scene, self.comparison, self._theme)
        centre = column(CanvasHeader(self.document, self.findings), self.canvas)
        upper = splitter(
            Qt.Orientation.Horizontal,
            (self.palette_panel, centre, self.inspector),
            (232, 1064, 304),
        )
        whole = splitter(Qt.Orientation.Vertical, (upper, self.tabs), (624, 300))
        self._borders = {"columns": upper, "rows": whole}
        self.start = Start(whole, self.document, self.files, self._catalog, self._theme)
        self.start.currentChanged.connect(self.canvas.setFocus)
        self.start.page.tour_wanted.connect(self.show_around)
        self.setCentralWidget(column(self.notices, self.trust_banner, self.start))
        self.setStatusBar(self.status)
        room = self.screen().availableSize()
        self.resize(QSize(1600, 1000).boundedTo(room))

    def _connect(self) -> None:
        self._connect_document()
        self._connect_canvas()
        self._connect_panels()
        self._connect_own_code()
        self._connect_engines()

    def _connect_document(self) -> None:
        self.document.path_changed.connect(self._follow_document)
        self.document.clean_changed.connect(self._follow_document)
        self.document.replaced.connect(self._forget_run)
        self.files.about_to_read.connect(self._commit_pending)
        self.files.window_wanted.connect(self.window_wanted)
        self.files.quit_wanted.connect(self.quit_wanted)
        self.findings.changed.connect(self._show_cost)
        self.canvas.diagram_scene.overlay.chosen.connect(self._states.follow_commands)
        self._journal.failed.connect(self.notices.say)

    def _connect_canvas(self) -> None:
        self.palette_panel.chosen.connect(self.canvas.add_entry)
        self.palette_panel.chosen.connect(lambda _: self.canvas.setFocus())
        self.canvas.zoom_changed.connect(self.status.show_zoom)
        self.actions_table.keys_changed.connect(self.canvas.follow_keys)
        self.canvas.refused.connect(self._say_refused)
        self.canvas.menu_requested.connect(lambda at: pop_up(self.actions_table, at, self))
        self.models.refused.connect(self.canvas.refuse)
        self.order.refused.connect(self.notices.say)
        self.document.refused.connect(self.canvas.refuse)
        self.clipboard.refused.connect(self.canvas.refuse)
        self.clipboard.said.connect(self.notices.say)
        self.replacing.dropped.connect(self.canvas.refuse)
        self.comparing.failed.connect(self.notices.say)
        self.comparing.started.connect(lambda: self.tabs.setCurrentWidget(self.compare_panel))
        self.comparison.changed.connect(self._states.follow_commands)

    def _connect_panels(self) -> None:
        for shows in (self.palette_panel, self.inspector, self.outline, self.finding):
            self.actions_table.keys_changed.connect(shows.follow_keys)
        self.inspector.data_requested.connect(self.files.choose_data)
        self.problems.node_activated.connect(self.canvas.center_on_node)
        self.outline.node_activated.connect(self.canvas.center_on_node)
        self.outline.removal_requested.connect(self.canvas.remove_selected)
        self.outline.left.connect(self.canvas.setFocus)
        self.problems.count_changed.connect(self._count_problems)
        self.compare_panel.activated.connect(self._show_difference)
        self.compare_panel.file_requested.connect(self.comparing.ask)
        self.code.export_requested.connect(self.files.export_dialog)
        self.training.train_requested.connect(self.train)
        self.training.stop_requested.connect(self.trainer.stop)
        self.training.repair_chosen.connect(self.document.repair)
        self.trainer.run_changed.connect(self.training.show_run)
        self.trainer.found.connect(self.findings.receive_run)

    def _connect_own_code(self) -> None:
        for view in (
            self.palette_panel,
            self.canvas,
            self.inspector,
            self.finding,
            self.uses,
            self.replacing,
        ):
            self.own.catalog_changed.connect(view.show_catalog)
        self.scripts.changed.connect(self.code.write_anew)
        self.trust_banner.show_requested.connect(lambda: self.tabs.setCurrentWidget(self.own_code))
        self.trust.failed.connect(self.notices.say)
        self.engine.ready.connect(lambda event: self.own.take_packages(event.layers))

    def _connect_engines(self) -> None:
        self.engine.state_changed.connect(self.status.show_engine)
        self.engine.ready.connect(lambda _: self.trainer.warm_up())
        self.engine.ready.connect(lambda _: self.notices.withdraw(self._death))
        self.engine.died.connect(self._say_engine_died)
        self.engine.logged.connect(self.log.append)
        self.unfolder.said.connect(self.notices.say)
        self.unfolder.unsaid.connect(self.notices.withdraw)
        self.trainer.logged.connect(self.log.append)
        self.stopwatch.logged.connect(self.log.append)
        self.stopwatch.began.connect(self._say_measuring)
        self.stopwatch.ended.connect(self.notices.withdraw)
        self.stopwatch.failed.connect(self.notices.say)
        self.stopwatch.state_changed.connect(self._states.follow_commands)
        self.trainer.devices_known.connect(self._tools.show_devices)

    def _follow_document(self) -> None:
        self.setWindowModified(not self.document.undo_stack.isClean())
        self.setWindowTitle(f"{self.document.title}[*] — Graph Studio")

    def _forget_run(self) -> None:
        if not self.trainer.busy:
            self.training.show_run(None)

    def _show_outline(self) -> None:
        self.tabs.setCurrentWidget(self.outline)
        self.outline.focus_current()

    def _show_start_page(self) -> None:
        self.start.show_page()

    def _show_cost(self) -> None:
        shown = self.findings.shows_cost
        self.actions_table["show_cost"].setChecked(shown)
        self.status.show_cost(self.findings.measured.total if shown else None)

    def _say_measuring(self, sentence: str) -> None:
        self.notices.say(sentence, [("Stop", self.stopwatch.stop)], warns=False)

    def _show_difference(self, one: Difference) -> None:
        place = self.differences.place_of(one)
        if place is not None:
            self.canvas.centerOn(place)

    def _say_engine_died(self, sentence: str) -> None:
        self._death = sentence
        self.notices.say(sentence)

    def _count_problems(self, count: int) -> None:
        self.tabs.setTabText(self.tabs.indexOf(self.problems), f"Problems {count or ''}".strip())

    def _say_refused(self, reason: str) -> None:
        self.status.showMessage(reason, 6000)
