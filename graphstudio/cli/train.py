"""``graphstudio train FILE``: train a project's model, with a progress bar or as events."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from graphstudio.cli.output import CommandError, say, say_diagnostics, say_error, say_json
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.devices import share_accelerators
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.run_folder import RunFolder, RunFolderError
from graphstudio.engine.train import Run
from graphstudio.places import new_run_folder
from graphstudio.protocol import EpochDone, Event, Failed, RunEnded, RunStarted, StepDone

# Seconds between two looks at whether somebody still reads.
_LOOK_EVERY = 0.2


def run(arguments: Namespace) -> int:
    """Train to the end, or until interrupted; return 1 if the run fails."""
    project = _project(arguments)
    if arguments.resume and arguments.run_dir is None:
        raise CommandError("Expected --run-dir with --resume; received none.")
    if arguments.run_dir is not None:
        _check_run_dir(arguments.run_dir, resume=arguments.resume)
    run_dir = arguments.run_dir or new_run_folder(arguments.file, project.diagram.name)
    share_accelerators()
    view = _JsonView() if arguments.json else _TerminalView(project, run_dir)
    audience = _Audience(view)
    training = Run(
        project,
        arguments.file.resolve().parent,
        RunFolder(run_dir),
        installed_catalog(),
        audience.tell,
        resume=arguments.resume,
        trusted=arguments.trust,
    )
    with view:
        training.start()
        try:
            _wait(training, audience)
        except KeyboardInterrupt:
            training.stop()
            training.wait()
    if audience.has_left:
        raise BrokenPipeError
    return 1 if view.failed else 0


def _wait(training: Run, audience: "_Audience") -> None:
    """Wait for the end of a run, and end it when nobody reads any longer."""
    while not training.wait(_LOOK_EVERY):
        if audience.has_left:
            training.stop()


def _check_run_dir(run_dir: Path, *, resume: bool) -> None:
    """Make sure that there is a run to resume, or none to write over."""
    folder = RunFolder(run_dir)
    if resume:
        try:
            folder.state()
        except RunFolderError as error:
            raise CommandError(str(error)) from error
    elif folder.model_file.exists():
        raise CommandError(
            f"{run_dir} already holds a trained run: add --resume to go on with it, "
            "or name another folder."
        )


def _project(arguments: Namespace) -> Project:
    project = load_project(arguments.file)
    if arguments.epochs is None:
        return project
    if arguments.epochs < 1:
        raise CommandError(f"Expected --epochs of 1 or more; received {arguments.epochs}.")
    return replace(project, training=replace(project.training, epochs=arguments.epochs))


class _Audience:
    """Shows the events, from the run's thread, for as long as somebody reads them."""

    def __init__(self, view: "_JsonView | _TerminalView") -> None:
        self.has_left = False
        self._view = view

    def tell(self, event: Event) -> None:
        if self.has_left:
            return
        try:
            self._view.show(event)
        except BrokenPipeError:
            self.has_left = True


class _JsonView:
    """One event a line on standard output."""

    def __init__(self) -> None:
        self.failed = False

    def __enter__(self) -> "_JsonView":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to close."""

    def show(self, event: Event) -> None:
        self.failed |= isinstance(event, Failed)
        say_json(event)


class _TerminalView:
    """A progress bar on standard error, and the results on standard output."""

    def __init__(self, project: Project, run_dir: Path) -> None:
        self.failed = False
        self._project = project
        self._run_dir = run_dir
        self._steps = 0
        self._progress = Progress(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[loss]}"),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("", total=None, epoch="0", loss="")

    def __enter__(self) -> "_TerminalView":
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, event: Event) -> None:
        match event:
            case RunStarted():
                self._steps = event.steps
                total = event.steps * event.epochs
                done = event.steps * event.first_epoch
                self._progress.console.print(
                    f"Training {self._project.diagram.name} on {event.device.name}, "
                    f"in {self._run_dir}",
                    soft_wrap=True,
                    markup=False,
                    highlight=False,
                )
                for warning in event.warnings:
                    say_error(f"warning: {warning.message}")
                self._progress.update(self._task, total=total, completed=done)
                self._progress.start()
            case StepDone():
                self._advance(event.epoch, event.step, f"loss {event.logs.get('loss', 0):.4g}")
            case EpochDone():
                self._advance(event.epoch, self._steps, _means(event.logs))
            case RunEnded():
                self._progress.stop()
                self._say_end(event)
            case Failed():
                self.failed = True
                self._progress.stop()
                say_error(event.message)
                say_diagnostics(self._project.diagram, event.diagnostics)

    def _advance(self, epoch: int, step: int, loss: str) -> None:
        done = epoch * self._steps + step
        epochs = self._project.training.epochs
        self._progress.update(self._task, completed=done, epoch=f"{epoch + 1}/{epochs}", loss=loss)

    def _say_end(self, event: RunEnded) -> None:
        say(f"{'Stopped' if event.stopped else 'Finished'} after {event.seconds:.1f} s.")
        for name, value in sorted(event.logs.items()):
            say(f"  {name}: {value:.6g}")
        say(f"The model is in {event.model}.")


def _means(logs: Mapping[str, float]) -> str:
    held_out = f", held out {logs['val_loss']:.4g}" if "val_loss" in logs else ""
    return f"loss {logs.get('loss', 0):.4g}{held_out}"
