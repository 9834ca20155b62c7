"""An engine process, spoken to as the studio does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from graphstudio.protocol import Event, Failed, Ready, Request, decode_event, encode
from tests.benchmarks.program import Program, ProgramError, program

_Expected = TypeVar("_Expected", bound=Event)


class Engine:
    """An engine that takes requests."""

    def __init__(self, running: Program) -> None:
        self._program = running

    @property
    def pid(self) -> int:
        """Number of the engine's process."""
        return self._program.process.pid

    def send(self, request: Request) -> None:
        """Send a request."""
        self._program.write(encode(request))

    def receive(self, *kinds: type[_Expected]) -> _Expected:
        """Return the next event of these kinds; others are passed over.

        Raises:
            ProgramError: a request failed, or the engine ended.
        """
        while True:
            event = decode_event(self._program.line())
            if isinstance(event, kinds):
                return event
            if isinstance(event, Failed):
                names = " or ".join(kind.__name__ for kind in kinds)
                raise ProgramError(f"Expected {names}; received: {event.message} {event.detail}")


@contextmanager
def engine(folder: Path, *, cpu_only: bool) -> Iterator[Engine]:
    """Run an engine that has imported Keras."""
    words = ["-m", "graphstudio", "engine", *(["--cpu"] * cpu_only)]
    with program(words, folder) as running:
        warm = Engine(running)
        warm.receive(Ready)
        yield warm
