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


def is_resource(path: Path) -> bool:
    """Return whether a file is one that ships with the program."""
    return path.resolve().is_relative_to(resource_path("examples").parent.resolve())
