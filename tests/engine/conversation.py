"""A real engine process, spoken to over its standard streams as the studio does."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from graphstudio.protocol import (
    Event,
    Failed,
    ProtocolError,
    Ready,
    Request,
    RunEnded,
    decode_event,
    encode,
)

# An engine that imports TensorFlow beside other work on two cores.
PATIENCE = 90.0
COMMAND = (sys.executable, "-m", "graphstudio", "engine", "--cpu")

Kind = TypeVar("Kind", bound=Event)


class Engine:
    """An engine process, from its start to its end.

    Args:
        log: the file for its standard error.
        environment: variables beside the test's own.
    """

    def __init__(self, log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.foreign: list[bytes] = []
        self.log = log
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                env={**os.environ, **(environment or {})},
            )
        self._reader = threading.Thread(target=self._read, name="events")
        self._reader.start()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.kill()

    def send(self, request: Request) -> None:
        """Send a request."""
        self.send_line(encode(request))

    def send_line(self, line: bytes) -> None:
        """Send anything."""
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def until(self, kind: type[Kind], seconds: float = PATIENCE) -> tuple[Kind, list[Event]]:
        """Return the next event of a kind, and those that came before it.

        Raises:
            AssertionError: it did not come in time, or the run failed.
        """
        before: list[Event] = []
        end = time.monotonic() + seconds
        while True:
            event = self._next(end, f"{kind.__name__}; received {before}")
            if isinstance(event, kind):
                return event, before
            assert not isinstance(event, Failed | RunEnded), f"expected {kind}; received {event}"
            before.append(event)

    def answer(self, kind: type[Kind], seconds: float = PATIENCE) -> Kind:
        """Return the next event of a kind."""
        return self.until(kind, seconds)[0]

    def during(self, seconds: float) -> list[Event]:
        """Return the events that come in a while."""
        time.sleep(seconds)
        events = []
        while not self._events.empty():
            event = self._events.get()
            assert event is not None, "expected the engine to live; received its end"
            events.append(event)
        return events

    def close(self, seconds: float = 10) -> int:
        """End its input, and return its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End it, if it has not ended, and read what it said."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdin.close()
        self.process.stdout.close()

    def _next(self, end: float, expected: str) -> Event:
        try:
            event = self._events.get(timeout=max(end - time.monotonic(), 0.001))
        except queue.Empty as error:
            raise AssertionError(f"Expected {expected} in time.") from error
        assert event is not None, f"Expected {expected}; the engine has ended."
        return event

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                self._events.put(decode_event(line))
            except ProtocolError:
                self.foreign.append(line)
        self._events.put(None)


def started(log: Path, environment: Mapping[str, str] | None = None) -> Engine:
    """Return an engine that is ready."""
    engine = Engine(log, environment)
    try:
        engine.answer(Ready)
    except BaseException:
        engine.kill()
        raise
    return engine
