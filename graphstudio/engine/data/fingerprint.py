"""Whether a data file is still the one that a run has learnt from."""

from hashlib import blake2b
from io import SEEK_END
from pathlib import Path

import msgspec

from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.sources import Source

# A file of more is not read as a whole, but at its beginning and at its end.
_WHOLE_BYTES = 1 << 26
_READ_BYTES = 1 << 20


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What tells a file from what it was before.

    Attributes:
        size: bytes.
        modified: when it was written last, in nanoseconds since 1970.
        digest: of what it holds; of a large file, at its beginning and its end.
    """

    size: int
    modified: int
    digest: str

    @property
    def kept(self) -> tuple[object, ...]:
        """What stays the same as long as the file does; a small one may be written again."""
        return (self.size, self.digest, self.modified if self.size > _WHOLE_BYTES else 0)


def fingerprint(source: Source | None, folder: Path) -> Fingerprint | None:
    """Return the fingerprint of the file that data comes from; none where it is in none.

    Args:
        source: the source.
        folder: what a relative path starts from.
    """
    given = source_path(source)
    path = folder / given if given else folder
    if not path.is_file():
        return None
    about = path.stat()
    with path.open("rb") as file:
        is_small = about.st_size <= _WHOLE_BYTES
        digest = blake2b(file.read(_WHOLE_BYTES if is_small else _READ_BYTES), digest_size=16)
        if not is_small:
            file.seek(-_READ_BYTES, SEEK_END)
            digest.update(file.read())
    return Fingerprint(size=about.st_size, modified=about.st_mtime_ns, digest=digest.hexdigest())


def changed_data(
    before: Fingerprint | None, source: Source | None, folder: Path
) -> Diagnostic | None:
    """Return a warning if a data file is another than it was; one written again is not.

    Args:
        before: the fingerprint that it had.
        source: the source.
        folder: what a relative path starts from.
    """
    now = fingerprint(source, folder) if before else None
    if before is None or now is None or before.kept == now.kept:
        return None
    return Diagnostic(
        code="changed-data",
        severity=Severity.WARNING,
        message=f"The data file {source_path(source)} has changed since the run began.",
        expected=f"{before.size:,} bytes as they were",
        received=f"{now.size:,} bytes",
    )
