"""Keeping TensorFlow's greetings off the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType


def import_quietly(name: str) -> ModuleType:
    """Import a module without what native code prints meanwhile; exceptions come through."""
    with _no_standard_error():
        module = import_module(name)
        if tensorflow := sys.modules.get("tensorflow"):
            # TensorFlow looks for devices once, and says what it misses.
            tensorflow.config.get_visible_devices()
    return module


@contextmanager
def _no_standard_error() -> Iterator[None]:
    saved = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
