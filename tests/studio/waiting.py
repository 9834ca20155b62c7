"""Waiting for what comes by itself, with the event loop going on meanwhile."""

from collections.abc import Callable, Iterable
from time import monotonic

import psutil
from PySide6.QtTest import QTest


def wait_until(holds: Callable[[], object], seconds: float = 60.0) -> float:
    """Wait until a condition holds; return how many seconds that took."""
    began = monotonic()
    while not holds():
        waited = monotonic() - began
        if waited > seconds:
            raise AssertionError(f"Expected it within {seconds} s; it did not come.")
        QTest.qWait(10)
    return monotonic() - began


def alive(process_ids: Iterable[int]) -> list[int]:
    """Return those processes that still run; one that ended and was not collected does not."""
    return [one for one in process_ids if psutil.pid_exists(one) and _runs(one)]


def engines_of(process_id: int) -> list[int]:
    """Return the engines that a studio's process has started."""
    children = psutil.Process(process_id).children(recursive=True)
    return [child.pid for child in children if "engine" in _words(child)]


def _runs(process_id: int) -> bool:
    try:
        return bool(psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []
