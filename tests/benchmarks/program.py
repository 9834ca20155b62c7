"""A process under measurement: started in a folder of its own, and gone when it is left."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_GRACE_SECONDS = 10.0


class ProgramError(Exception):
    """A process did not do what its benchmark measures."""


class Program:
    """A running Python process.

    Args:
        words: what stands behind ``python`` on its command line.
        folder: where it runs, and where it and what it starts keep their files.
        niceness: what is added to its own, as the engine does to itself.
        python: which Python it is.
    """

    def __init__(
        self, words: list[str], folder: Path, *, niceness: int = 0, python: str = sys.executable
    ) -> None:
        self._words = words
        self._log = (folder / "log.txt").open("ab")
        polite = ["nice", "-n", str(niceness)] if niceness else []
        self.process = subprocess.Popen(
            [*polite, python, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=folder,
            env=_environment(folder),
        )

    @property
    def output(self) -> IO[bytes]:
        """What it prints."""
        if self.process.stdout is None:
            raise ProgramError("Expected a process with an output; received one without.")
        return self.process.stdout

    def line(self) -> bytes:
        """Return the next line that it prints.

        Raises:
            ProgramError: it ended without printing another.
        """
        line = self.output.readline()
        if not line:
            raise ProgramError(f"Expected a line from {self._words}; received its end. {self.log}")
        return line

    def write(self, line: bytes) -> None:
        """Write to its input."""
        if self.process.stdin is not None:
            self.process.stdin.write(line)
            self.process.stdin.flush()

    def close_input(self) -> None:
        """End its input."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def end(self) -> None:
        """End its input, and the process if that does not do."""
        self.close_input()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.output.close()
        self._log.close()

    @property
    def log(self) -> str:
        """The end of what it complained of."""
        return Path(self._log.name).read_text(encoding="utf-8", errors="replace")[-2000:]


@contextmanager
def program(
    words: list[str], folder: Path, *, niceness: int = 0, python: str = sys.executable
) -> Iterator[Program]:
    """Run a Python process; it has ended on leaving."""
    running = Program(words, folder, niceness=niceness, python=python)
    try:
        yield running
    finally:
        running.end()


def _environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "DATA", "CONFIG", "CACHE")}
    repository = str(Path(__file__).parents[2])
    return {
        **os.environ,
        **own,
        "PYTHONPATH": repository,
        "QT_QPA_PLATFORM": "offscreen",
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
