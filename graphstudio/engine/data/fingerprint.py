"""Whether a data file is still the one that a run has learnt from."""

from hashlib import blake2b
from pathlib import Path

import msgspec

from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.sources import Source

# Of a large file, what is read at its beginning and at its end.
_READ_BYTES = 1 << 20


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What tells a file from what it was before.

    Attributes:
        size: bytes.
        modified: when it was written last, in nanoseconds since 1970.
        digest: of its beginning and its end.
    """

    size: int
    modified: int
    digest: str


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
        digest = blake2b(file.read(_READ_BYTES), digest_size=16)
        file.seek(max(about.st_size - _READ_BYTES, 0))
        digest.update(file.read(_READ_BYTES))
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
    if before is None or now is None or (before.size, before.digest) == (now.size, now.digest):
        return None
    return Diagnostic(
        code="changed-data",
        severity=Severity.WARNING,
        message=f"The data file {source_path(source)} has changed since the run began.",
        expected=f"{before.size:,} bytes as they were",
        received=f"{now.size:,} bytes",
    )
