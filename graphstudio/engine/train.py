"""One training run: ``fit`` in a background thread, steered and watched from outside."""

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.steps import Plan
from graphstudio.diagram.active import active
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import ProjectFileError
from graphstudio.engine.adapt import adapt_layers
from graphstudio.engine.build import BuildError, build_model, compile_model
from graphstudio.engine.data.checking import counts_classes
from graphstudio.engine.data.doubts import doubts
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.data.samples import Samples, Split, Stream
from graphstudio.engine.devices import devices
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.keras_errors import reason
from graphstudio.engine.own_code import OwnCodeError, use_own
from graphstudio.engine.reporter import Reporter, RunStoppedError, Steering
from graphstudio.engine.run_folder import RunFolder, RunFolderError
from graphstudio.engine.saved_model import load_saved_model
from graphstudio.protocol import Event, Failed, RunEnded, RunStarted

# A step that has not ended after this many seconds, when it should stop, is not waited for.
_PATIENCE = 0.4


class Run:
    """A run of a project. :meth:`start` returns at once; events tell the rest.

    Args:
        project: what to train.
        folder: what relative paths of data start from.
        run_folder: where the run keeps its files.
        catalog: the classes that the diagram can hold.
        report: called with each event, from the run's thread.
        resume: whether to go on from the run's last saved model.
        trusted: whether the user has agreed that the project's own code runs.
    """

    def __init__(
        self,
        project: Project,
        folder: Path,
        run_folder: RunFolder,
        catalog: Catalog,
        report: Callable[[Event], None],
        *,
        resume: bool = False,
        trusted: bool = False,
    ) -> None:
        self._project = project
        self._folder = folder
        self._run_folder = run_folder
        self._catalog = with_own(catalog, project.code)
        self._trusted = trusted
        self._report = report
        self._resume = resume
        self._steering = Steering()
        self._began = time.monotonic()
        self._has_begun = False
        self._left_fit = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="run", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end of the run; return whether it has come."""
        # Not by joining the thread: where Ctrl+C interrupts that, Python 3.11 takes it for ended.
        return self._ended.wait(seconds)

    def pause(self) -> None:
        """Hold the run after the step that it is in."""
        self._steering.pause()

    def unpause(self) -> None:
        """Let a paused run go on."""
        self._steering.unpause()

    def stop(self) -> bool:
        """End the run after the step that it is in, and keep its model.

        Returns:
            Whether the run has heard it. One that is deep in a long step, or still tracing, has
            not; then its process can be ended, and the last saved model remains.
        """
        self._steering.stop()
        return self._left_fit.wait(_PATIENCE)

    def _work(self) -> None:
        try:
            self._train()
        except (PlanError, BuildError, DataError, OwnCodeError) as error:
            self._fail(str(error), error, error.diagnostics)
        except (RunFolderError, ProjectFileError) as error:
            self._fail(str(error), error)
        except tf.errors.ResourceExhaustedError as error:
            self._fail("Out of memory: try a smaller batch size or a smaller model.", error)
        except MemoryError as error:
            self._fail("Out of memory: try a smaller batch size or less data.", error)
        except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001 - a run always says how it ended
            self._fail(self._why(error), error)
        finally:
            self._left_fit.set()
            self._ended.set()

    def _train(self) -> None:
        use_own(self._project, trusted=self._trusted)
        plan = make_plan(self._project.diagram, self._catalog)
        # Before the seed is set: Keras draws seeds for the layers that it is asked about.
        units = self._units(plan)
        keras.utils.set_random_seed(self._project.training.seed)
        split = load_split(self._project, plan, self._folder, units)
        model, first_epoch = self._model(plan, split.train)
        reporter = self._reporter(first_epoch)
        self._report(self._started(plan, split, first_epoch))
        stopped = False
        try:
            self._fit(model, split, first_epoch, reporter)
        except RunStoppedError:
            stopped = True
        self._left_fit.set()
        self._run_folder.save_model(model)
        reporter.finish("stopped" if stopped else "finished")
        self._report(
            RunEnded(
                stopped=stopped,
                logs=reporter.last_logs,
                seconds=time.monotonic() - self._began,
                model=str(self._run_folder.model_file),
            )
        )

    def _units(self, plan: Plan) -> Mapping[NodeId, int]:
        """Return the number of units that feed each head that learns numbers of classes."""
        heads = [step.id for step in plan.trained_heads if counts_classes(step.node)]
        if not heads:
            return {}
        inspected = Inspector(self._catalog).inspect(
            self._project.diagram, code=self._project.code, trusted=self._trusted
        )
        infos = {head: inspected.nodes[head] for head in heads if head in inspected.nodes}
        shapes = {head: info.outputs[0].shape for head, info in infos.items() if info.outputs}
        return {head: shape[-1] for head, shape in shapes.items() if shape and shape[-1]}

    def _model(self, plan: Plan, train: Samples | Stream) -> tuple[Any, int]:
        """Return the model to train, and the epochs that it has behind it."""
        if self._resume:
            state = self._run_folder.state()
            model = load_saved_model(self._run_folder)
            self._run_folder.keep_epochs(state.epochs_done)
            self._run_folder.write_state(replace(state, outcome="running"))
            self._has_begun = True
            return model, state.epochs_done
        model = build_model(plan)
        adapt_layers(model, plan, train)
        compile_model(model, plan, self._project)
        self._run_folder.begin(self._project, self._folder)
        self._has_begun = True
        return model, 0

    def _reporter(self, first_epoch: int) -> Reporter:
        folder = str(self._folder.resolve())
        state = replace(self._run_folder.state(), folder=folder, epochs_done=first_epoch)
        return Reporter(self._steering, self._run_folder, state, self._report)

    def _fit(self, model: Any, split: Split, first_epoch: int, reporter: Reporter) -> None:
        held_out = split.validation
        model.fit(
            **split.train.to_fit(self._project.training.batch_size),
            validation_data=held_out.for_keras if held_out else None,
            epochs=self._project.training.epochs,
            initial_epoch=first_epoch,
            # Keras shuffles arrays; batches from the disk come in an order of their own.
            shuffle=isinstance(split.train, Samples),
            callbacks=[reporter],
            verbose=0,
        )

    def _started(self, plan: Plan, split: Split, first_epoch: int) -> RunStarted:
        heads = [step.node for step in plan.trained_heads]
        single = len(plan.heads) == 1
        training = self._project.training
        return RunStarted(
            epochs=training.epochs,
            first_epoch=first_epoch,
            steps=-(-len(split.train) // training.batch_size),
            # Keras gives a model's only head no name of its own in the logs.
            loss_keys={head.name: "loss" if single else f"{head.name}_loss" for head in heads},
            weights={head.name: head.weight for head in heads},
            device=devices()[0],
            warnings=self._warnings(plan, split),
        )

    def _warnings(self, plan: Plan, split: Split) -> tuple[Diagnostic, ...]:
        changed = self._run_folder.changed_data() if self._resume else None
        found = doubts(self._project.data, plan, split)
        return (*((changed,) if changed else ()), *found)

    def _why(self, error: BaseException) -> str:
        """Return in a sentence why Keras did not train."""
        heads = active(self._project.diagram).heads.values()
        # A layer may add a loss of its own, so that only Keras knows that there is none.
        if "No loss" in str(error) and not any(head.loss for head in heads):
            return "No head has a loss: choose one for a head, so that there is something to learn."
        return f"Training failed: {reason(error)}"

    def _fail(self, message: str, error: BaseException, diagnostics: tuple[Any, ...] = ()) -> None:
        if self._has_begun:
            # What has gone wrong is told below; a folder that is lost as well changes nothing.
            with suppress(OSError, RunFolderError):
                self._run_folder.write_failure()
        self._report(
            Failed(
                message=message,
                diagnostics=diagnostics,
                detail="".join(traceback.format_exception(error)),
            )
        )
