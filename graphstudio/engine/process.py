"""The engine as a process: requests come in on standard input, events leave on standard output.

Whatever the libraries print goes to standard error, the engine's log. The process ends with its
input: no engine outlives the studio.
"""

import ctypes
import gc
import os
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graphstudio.protocol import (
    Event,
    Failed,
    Inspect,
    Measure,
    Pause,
    ProtocolError,
    Ready,
    Request,
    Resume,
    RunEnded,
    RunStopping,
    Stop,
    TimeCalls,
    Train,
    Unfold,
    Unfolded,
    decode_request,
    encode,
)

if TYPE_CHECKING:
    from graphstudio.engine.inspect import Inspector
    from graphstudio.engine.later import Later
    from graphstudio.engine.train import Run

_PR_SET_PDEATHSIG = 1
# Quick edits follow each other sooner than this, and are not kept waiting by what was put off.
_QUIET_SECONDS = 0.1
# The window's process comes first when both want the same core.
_NICENESS = 5


def serve(*, cpu_only: bool) -> None:
    """Serve requests until the input ends.

    Args:
        cpu_only: whether to keep off accelerators, as the engine for design questions does.
    """
    events = _claim_output()
    _end_with_parent()
    os.nice(_NICENESS)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), name="requests", daemon=True).start()
    _Engine(_Writer(events), lines, cpu_only=cpu_only).work()


class _Writer:
    """Sends events, from any thread, one at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        with self._lock:
            try:
                self._stream.write(encode(event))
                self._stream.flush()
            except BrokenPipeError:
                os._exit(0)


class _Engine:
    """Answers requests in the order in which they come."""

    def __init__(self, send: _Writer, lines: "queue.SimpleQueue[bytes]", *, cpu_only: bool) -> None:
        self._send = send
        self._lines = lines
        self._run: Run | None = None
        self._inspector = self._import_keras(cpu_only=cpu_only)
        self._later = self._prepare_later()

    def work(self) -> None:
        """Serve until an empty line says that the input has ended."""
        while line := self._next():
            try:
                self._handle(decode_request(line))
            except ProtocolError as error:
                self._send(Failed(message=str(error)))
        sys.stderr.flush()
        # A run's thread may be deep in TensorFlow, which an orderly exit would wait for.
        os._exit(0)

    def _import_keras(self, *, cpu_only: bool) -> "Inspector":
        # Imported here, since it takes seconds, in which the input is already watched for its end.
        import keras  # noqa: PLC0415
        import tensorflow as tf  # noqa: PLC0415

        from graphstudio.engine.devices import (  # noqa: PLC0415
            devices,
            share_accelerators,
            use_cpu_only,
        )
        from graphstudio.engine.inspect import Inspector  # noqa: PLC0415
        from graphstudio.engine.installed import (  # noqa: PLC0415
            installed_catalog,
            package_entries,
        )

        if cpu_only:
            use_cpu_only()
        share_accelerators()
        self._send(
            Ready(
                keras_version=keras.__version__,
                tensorflow_version=tf.__version__,
                devices=devices(),
                layers=package_entries(),
            )
        )
        self._catalog = installed_catalog()
        # What the imports made stays for good: the collector need not look at it at each answer.
        gc.collect()
        gc.freeze()
        return Inspector(self._catalog)

    def _prepare_later(self) -> "Later":
        from graphstudio.engine.later import Later  # noqa: PLC0415 - after Keras

        return Later(self._inspector, self._catalog, lambda: not self._lines.empty())

    def _handle(self, request: Request) -> None:
        match request:
            case Inspect():
                self._inspect(request)
            case Measure():
                self._later.measure(request)
            case TimeCalls():
                self._time(request)
            case Unfold():
                self._unfold(request)
            case Train():
                self._train(request)
            case Pause() if self._run:
                self._run.pause()
            case Resume() if self._run:
                self._run.unpause()
            case Stop() if self._run:
                self._stop(self._run)
            case _:
                name = type(request).__name__.lower()
                self._send(Failed(message=f"Expected a run to {name}; received none before."))

    def _inspect(self, request: Inspect) -> None:
        try:
            answer = self._inspector.inspect(
                request.diagram, request.id, code=request.code, trusted=request.trusted
            )
            self._send(answer)
            self._later.look_for_repairs(request, answer)
        except Exception as error:  # noqa: BLE001 - the engine outlives whatever a diagram holds
            message = f"The diagram could not be inspected: {error}"
            self._send(Failed(message=message, detail=traceback.format_exc()))

    def _next(self) -> bytes:
        """Return the next line; once it is quiet, do meanwhile what was put off."""
        while not self._later.idle:
            try:
                return self._lines.get(timeout=_QUIET_SECONDS)
            except queue.Empty:
                self._take_up()
        return self._lines.get()

    def _take_up(self) -> None:
        try:
            event = self._later.take_up()
        except Exception:  # noqa: BLE001 - nobody waits for it: the log tells
            traceback.print_exc()
            return
        if event is not None:
            self._send(event)

    def _unfold(self, request: Unfold) -> None:
        from graphstudio.engine.unfold import UnfoldError, unfold  # noqa: PLC0415

        try:
            diagram = unfold(request.layer, self._catalog, request.prefix)
        except UnfoldError as error:
            self._send(Unfolded(id=request.id, reason=str(error)))
        else:
            self._send(Unfolded(id=request.id, diagram=diagram))

    def _time(self, request: TimeCalls) -> None:
        from graphstudio.engine.room import RoomError  # noqa: PLC0415 - after Keras
        from graphstudio.engine.timing import time_calls  # noqa: PLC0415 - after Keras

        try:
            self._send(time_calls(request, self._inspector, self._catalog, self._send))
        except RoomError as error:
            self._send(Failed(message=str(error)))
        except Exception as error:  # noqa: BLE001 - the engine outlives whatever a diagram holds
            message = f"The calls could not be timed: {error}"
            self._send(Failed(message=message, detail=traceback.format_exc()))

    def _train(self, request: Train) -> None:
        from graphstudio.engine.run_folder import RunFolder  # noqa: PLC0415
        from graphstudio.engine.train import Run  # noqa: PLC0415

        if self._run is not None:
            self._send(Failed(message="Expected one run in a process; received a second."))
            return
        self._run = Run(
            request.project,
            Path(request.folder),
            RunFolder(Path(request.run_dir)),
            self._catalog,
            self._send,
            resume=request.resume,
            trusted=request.trusted,
        )
        self._run.start()

    def _stop(self, run: "Run") -> None:
        if run.stop():
            self._send(RunStopping())
        else:
            self._send(RunEnded(stopped=True, logs={}, seconds=0.0))
            os._exit(0)


def _claim_output() -> BinaryIO:
    """Return the stream for events, and send everything else that is printed to the log."""
    events = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return events


def _end_with_parent() -> None:
    """Have Linux end this process with its parent, even while an import holds the interpreter."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _read(lines: "queue.SimpleQueue[bytes]") -> None:
    asked = False
    for line in sys.stdin.buffer:
        if line.strip():
            asked = True
            lines.put(line)
    if not asked:
        # Nobody waits for an answer, so nobody waits for the imports either.
        os._exit(0)
    lines.put(b"")
