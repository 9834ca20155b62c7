"""An engine in a process of its own, spoken to in lines."""

import sys

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from graphstudio.protocol import ProtocolError, Request, decode_event, encode

# An engine that was asked to end gets this long before it is made to.
_GRACE_MS = 500


class EngineProcess(QObject):
    """One engine process, from its start to its end.

    Args:
        cpu_only: whether it keeps off accelerators.
        parent: what it lives as long as; the process never lives longer.

    Signals:
        received: an event that it sent.
        logged: a line that it, or a library in it, printed.
        ended: why it ended, in words.
    """

    received = Signal(object)
    logged = Signal(str)
    ended = Signal(str)

    def __init__(self, *, cpu_only: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._unended = b""
        self._process.setProgram(sys.executable)
        # -P keeps a keras.py in the current folder from being taken for the library.
        self._process.setArguments(["-P", "-m", "graphstudio", "engine", *(["--cpu"] * cpu_only)])
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read_events)
        self._process.readyReadStandardError.connect(self._read_log)
        self._process.errorOccurred.connect(self._could_not_start)
        self._process.finished.connect(self._finished)

    @property
    def running(self) -> bool:
        """Whether the process has started and has not ended."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    @property
    def process_id(self) -> int:
        """The operating system's number of the process; 0 while there is none."""
        return self._process.processId()

    def start(self) -> None:
        """Start the process."""
        self._process.start()

    def send(self, request: Request) -> None:
        """Send a request; it waits where the engine is still starting."""
        self._process.write(encode(request))

    def close(self) -> None:
        """Let the process end: its input ends, and with it the engine."""
        self._process.closeWriteChannel()

    def kill(self) -> None:
        """End the process now, and wait until it is gone."""
        if self.running:
            self._process.kill()
            self._process.waitForFinished(_GRACE_MS)

    def _read_events(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                event = decode_event(line)
            except ProtocolError as error:
                self.logged.emit(str(error))
                continue
            self.received.emit(event)

    def _read_log(self) -> None:
        text = self._unended + bytes(self._process.readAllStandardError().data())
        whole, end, self._unended = text.rpartition(b"\n")
        self._log(whole + end)

    def _log(self, text: bytes) -> None:
        for line in text.decode(errors="replace").splitlines():
            self.logged.emit(line)

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(f"it could not be started: {self._process.errorString()}")

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._log(self._unended)
        self._unended = b""
        crashed = status is QProcess.ExitStatus.CrashExit
        self.ended.emit(f"killed by signal {code}" if crashed else f"exit code {code}")
