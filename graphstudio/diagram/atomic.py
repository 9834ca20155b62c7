"""Writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path


def _umask() -> int:
    """Return the rights that new files do not get; asking changes them for a moment."""
    umask = os.umask(0)
    os.umask(umask)
    return umask


# Read once, since threads that made files meanwhile would make them open to everyone.
_NEW_FILE_MODE = 0o666 & ~_umask()


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    A link stays: what is written is the file that it leads to.

    Raises:
        OSError: the file cannot be written; what was there before is unchanged.
    """
    path = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.exists() else _NEW_FILE_MODE)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
