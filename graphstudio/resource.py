"""Where the files that ship with the program lie: icons, themes, fonts, examples, data."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_path(name: str) -> Path:
    """Return the path of a shipped file or folder, such as ``"examples/digits.gstudio"``.

    An installed wheel keeps the resources inside the package; a checkout keeps them beside it.

    Raises:
        FileNotFoundError: no such resource is shipped.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"Expected a resource named {name!r} in the installation; found none.")
