"""The folder of a run: what was trained, how it went, and the trained model.

``project.gstudio`` is the project as it was trained, ``metrics.jsonl`` a line an epoch,
``model.keras`` the newest weights, and ``run.json`` says how far they go.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.engine.data.fingerprint import Fingerprint, changed_data, fingerprint
from graphstudio.places import run_project
from graphstudio.protocol import EpochDone


class RunFolderError(Exception):
    """A run's folder cannot be read or written; the message says why, in one sentence."""


class RunState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run has come.

    Attributes:
        folder: what relative paths of its data start from.
        epochs_done: epochs that ``model.keras`` has learnt from.
        outcome: ``"running"``, ``"stopped"``, ``"finished"`` or ``"failed"``.
        data: the fingerprint of the data file as the run began; none where data is in no file.
    """

    folder: str
    epochs_done: int = 0
    outcome: str = "running"
    data: Fingerprint | None = None


class RunFolder:
    """A run's files.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.model_file = path / "model.keras"
        self._metrics_file = path / "metrics.jsonl"
        self._state_file = path / "run.json"
        self._project_file = run_project(path)

    def begin(self, project: Project, folder: Path) -> None:
        """Make the folder for a new run; what an older run left in it goes.

        Raises:
            RunFolderError: the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._metrics_file.write_text("", encoding="utf-8")
            self.model_file.unlink(missing_ok=True)
            save_project(project, self._project_file)
        except OSError as error:
            raise RunFolderError(
                f"The run's folder {self.path} cannot be written: {error.strerror}."
            ) from error
        data = fingerprint(project.data.source, folder)
        self.write_state(RunState(folder=str(folder.resolve()), data=data))

    def project(self) -> Project:
        """Return the project as it was trained."""
        self._expect(self._project_file)
        return load_project(self._project_file)

    def state(self) -> RunState:
        """Return how far the run has come."""
        self._expect(self._state_file)
        try:
            return msgspec.json.decode(self._state_file.read_bytes(), type=RunState)
        except msgspec.DecodeError as error:
            raise RunFolderError(f"{self._state_file} is damaged: {error}.") from error

    def changed_data(self) -> Diagnostic | None:
        """Return a warning if the data file is another than the run has learnt from."""
        state = self.state()
        return changed_data(state.data, self.project().data.source, Path(state.folder))

    def write_state(self, state: RunState) -> None:
        """Record how far the run has come."""
        write_atomically(self._state_file, msgspec.json.encode(state).decode() + "\n")

    def write_failure(self) -> None:
        """Record that the run has failed, if it was running; its model stays as it was saved."""
        state = self.state()
        if state.outcome == "running":
            self.write_state(msgspec.structs.replace(state, outcome="failed"))

    def add_epoch(self, epoch: EpochDone) -> None:
        """Record an epoch's means."""
        row = {"epoch": epoch.epoch, "seconds": round(epoch.seconds, 4), **epoch.logs}
        with self._metrics_file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, sort_keys=True) + "\n")

    def keep_epochs(self, count: int) -> None:
        """Forget the epochs after the first ``count``, which a resumed run does again."""
        lines = self._metrics_file.read_text(encoding="utf-8").splitlines(keepends=True)
        write_atomically(self._metrics_file, "".join(lines[:count]))

    def save_model(self, model: Any) -> None:
        """Write the model whole or not at all."""
        part = self.model_file.with_suffix(".part.keras")
        model.save(part)
        part.replace(self.model_file)

    def expect_model(self) -> Path:
        """Return the model's file.

        Raises:
            RunFolderError: the run has not left one.
        """
        self._expect(self.model_file)
        return self.model_file

    def _expect(self, file: Path) -> None:
        if not file.is_file():
            raise RunFolderError(
                f"{self.path} is not the folder of a run: expected {file.name} in it; found none."
            )
