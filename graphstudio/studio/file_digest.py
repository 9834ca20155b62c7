"""What a file holds, in a few letters: a file with another digest was changed."""

from hashlib import sha256
from pathlib import Path


def digest_of(path: Path) -> str | None:
    """Return the digest of a file; none of one that is not there or cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
