"""Files inside the packages of the registry that ``data_sources.txt`` names."""

import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

_SOURCES = Path(__file__).parent.parent / "data_sources.txt"
# Wheels differ between platforms; their files of data do not.
_PLATFORM = ("--implementation", "cp", "--python-version", "311")
_PLATFORM += ("--platform", "manylinux_2_28_x86_64")


def download(folder: Path) -> None:
    """Download the packages, of which pip checks the hashes, into a folder."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, *_PLATFORM, "-d", folder, "-r", _SOURCES], check=True)  # noqa: S603


class Archives:
    """The packages in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, package: str, name: str) -> bytes:
        """Return a file of a wheel, such as ``read("islp", "ISLP/data/Bikeshare.csv")``.

        Raises:
            ValueError: there is not just one archive of this package.
        """
        with zipfile.ZipFile(self._path(package)) as wheel:
            return wheel.read(name)

    def read_text(self, package: str, name: str) -> str:
        """Return a file of a wheel as text, in UTF-8."""
        return self.read(package, name).decode()

    def read_member(self, package: str, name: str) -> str:
        """Return a text file of a source archive; its name lacks the folders.

        Raises:
            ValueError: there is not just one archive of this package, or one file of this name.
        """
        return _member(self._path(package).read_bytes(), name).decode()

    def read_nested(self, package: str, tar: str, name: str) -> str:
        """Return a text file of a tar file inside a source archive; their names lack the folders.

        Raises:
            ValueError: there is not just one archive of this package, or one file of a name.
        """
        inner = _member(self._path(package).read_bytes(), tar)
        return _member(inner, name).decode()

    def _path(self, package: str) -> Path:
        found = sorted(self._folder.glob(f"{package}-*"))
        if len(found) != 1:
            raise ValueError(f"Expected one archive of {package}; found {len(found)}.")
        return found[0]


def _member(content: bytes, name: str) -> bytes:
    """Return the file of this name from a tar file."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        found = [one for one in archive.getmembers() if Path(one.name).name == name]
        if len(found) != 1:
            raise ValueError(f"Expected one file named {name}; found {len(found)}.")
        file = archive.extractfile(found[0])
        if file is None:
            raise ValueError(f"Expected {name} to be a file; it is a folder.")
        return file.read()
