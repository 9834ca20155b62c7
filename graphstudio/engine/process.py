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
    Pause,
    ProtocolError,
    Ready,
    Request,
    Resume,
    RunEnded,
    RunStopping,
    Stop,
    Train,
    decode_request,
    encode,
)

if TYPE_CHECKING:
    from graphstudio.engine.inspect import Inspector
    from graphstudio.engine.train import Run

_PR_SET_PDEATHSIG = 1
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
    _Engine(_Writer(events), cpu_only=cpu_only).work(lines)


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

    def __init__(self, send: _Writer, *, cpu_only: bool) -> None:
        self._send = send
        self._run: Run | None = None
        self._inspector = self._import_keras(cpu_only=cpu_only)

    def work(self, lines: "queue.SimpleQueue[bytes]") -> None:
        """Serve until an empty line says that the input has ended."""
        while line := lines.get():
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

        from graphstudio.catalog.shipped import shipped_catalog  # noqa: PLC0415
        from graphstudio.engine.devices import (  # noqa: PLC0415
            devices,
            share_accelerators,
            use_cpu_only,
        )
        from graphstudio.engine.inspect import Inspector  # noqa: PLC0415

        if cpu_only:
            use_cpu_only()
        share_accelerators()
        self._send(
            Ready(
                keras_version=keras.__version__,
                tensorflow_version=tf.__version__,
                devices=devices(),
            )
        )
        self._catalog = shipped_catalog()
        # What the imports made stays for good: the collector need not look at it at each answer.
        gc.collect()
        gc.freeze()
        return Inspector(self._catalog)

    def _handle(self, request: Request) -> None:
        match request:
            case Inspect():
                self._inspect(request)
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
            self._send(self._inspector.inspect(request.diagram, request.id))
        except Exception as error:  # noqa: BLE001 - the engine outlives whatever a diagram holds
            message = f"The diagram could not be inspected: {error}"
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
