"""Other node editors on Qt in Python, each measured in a Python of its own that has it."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tests.benchmarks.program import ProgramError, program

# The environment variable that names the Python in which the peers are installed.
PYTHON = "GRAPHSTUDIO_PEERS"
PEERS = ("nodegraphqt", "qtpynodeeditor", "flograph")
_PROBE = Path(__file__).parent / "probes" / "peer.py"


class Peer(msgspec.Struct):
    """What was measured of a peer, in milliseconds: making 1,000 nodes, and one frame of all."""

    opened: float
    whole: float


def peer_painted(name: str) -> Peer | None:
    """Return what a peer takes; none where it is not installed."""
    python = os.environ.get(PYTHON)
    if not python:
        return None
    with (
        TemporaryDirectory() as folder,
        program(["-P", str(_PROBE), name], Path(folder), python=python) as running,
    ):
        try:
            return msgspec.json.decode(running.line(), type=Peer)
        except ProgramError:
            if "ModuleNotFoundError" in running.log:
                return None
            raise
