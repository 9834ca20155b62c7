"""Which actions make sense now, and what they are called meanwhile."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from graphstudio.studio.actions.commands import Commands, Toggles
from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.document import Document
from graphstudio.studio.run import RunState
from graphstudio.studio.trainer import Trainer


class ActionStates(QObject):
    """Lets the actions follow the document and the trainer.

    Args:
        actions: the actions.
        commands: what says which of them make sense.
        toggles: what says which of them are on.
        document: whose edits can be undone.
        trainer: whose run can be paused and stopped.
        parent: what it lives as long as.
    """

    def __init__(
        self,
        actions: ActionTable,
        commands: Iterable[Commands],
        toggles: Iterable[Toggles],
        document: Document,
        trainer: Trainer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._commands = tuple(commands)
        self._toggles = tuple(toggles)
        self._stack = document.undo_stack
        self._trainer = trainer
        document.history_changed.connect(self._follow_undo)
        trainer.state_changed.connect(self._follow_run)
        trainer.state_changed.connect(self.follow_commands)
        document.path_changed.connect(self.follow_commands)
        document.changed.connect(self.follow_commands)
        document.selection_changed.connect(self.follow_commands)
        self._follow_undo()
        self.follow_commands()
        self._follow_run()

    def follow_commands(self) -> None:
        """Show which actions make sense now, and which are on."""
        for commands in self._commands:
            for name, holds in commands.sensible().items():
                self._actions[name].setEnabled(holds)
        for toggles in self._toggles:
            for name, is_on in toggles.checked().items():
                self._actions[name].setChecked(is_on)

    def _follow_undo(self) -> None:
        for name, can, text in (
            ("undo", self._stack.canUndo(), self._stack.undoText()),
            ("redo", self._stack.canRedo(), self._stack.redoText()),
        ):
            action = self._actions[name]
            action.setEnabled(can)
            action.setText(f"{name.capitalize()} {text}".strip())

    def _follow_run(self, state: RunState | None = None) -> None:
        busy = self._trainer.busy
        self._actions["train"].setEnabled(not busy)
        self._actions["stop"].setEnabled(busy and state is not RunState.STOPPING)
        self._actions["pause"].setEnabled(state in {RunState.RUNNING, RunState.PAUSED})
        self._actions["pause"].setText("Resume" if state is RunState.PAUSED else "Pause")
