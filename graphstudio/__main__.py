"""The program: the studio, or a command by its name."""

import sys
from pathlib import Path

from graphstudio.cli import run_command
from graphstudio.cli.parser import command_names
from graphstudio.resource import resource_path


def main() -> int:
    """Open the studio, or carry out a command; return the exit code."""
    words = sys.argv[1:]
    if words and (words[0] in command_names() or words[0].startswith("-") or len(words) > 1):
        return run_command(words)
    return _open_studio(Path(words[0]) if words else None)


def _open_studio(file: Path | None) -> int:
    # Imported here, since commands have to run where Qt cannot even be loaded.
    from graphstudio.studio.preflight import missing_for_a_window  # noqa: PLC0415

    missing = missing_for_a_window()
    if missing:
        example = file or resource_path("examples/digits.gstudio")
        sys.stderr.write(
            f"graphstudio: {missing} Or train without a window: graphstudio train {example}\n"
        )
        return 2
    from graphstudio.studio.app import open_studio  # noqa: PLC0415

    return open_studio(file)


if __name__ == "__main__":
    sys.exit(main())
