"""The licences of the packages whose copies of data ship, which ask to go along with them."""

from email import message_from_string
from importlib.metadata import distribution
from pathlib import Path
from textwrap import dedent

from bundled.archives import Archives


def write_licences(archives: Archives, folder: Path) -> None:
    """Write the text of each licence under the name of its package."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "aeon": archives.read_text("aeon", "aeon-1.6.0.dist-info/licenses/LICENSE"),
        "ISLP": _field(archives.read_text("islp", "islp-0.6.0.dist-info/METADATA")),
        "mlxtend": archives.read_text(
            "mlxtend", "mlxtend-0.25.0.dist-info/licenses/LICENSE-BSD3.txt"
        ),
        "scikit-learn": distribution("scikit-learn").read_text("licenses/COPYING") or "",
        "vaderSentiment": archives.read_member("vaderSentiment", "LICENSE.txt"),
    }
    for name, text in texts.items():
        lines = [line.rstrip() for line in text.strip().splitlines()]
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _field(metadata: str) -> str:
    """Return the licence from a package's metadata, without the indent of a field."""
    first, _, rest = message_from_string(metadata)["License"].partition("\n")
    return f"{first}\n{dedent(rest)}"
