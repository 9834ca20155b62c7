"""The command line: its words and exit codes are a contract with other programs.

Each command is a module of this package with a function ``run(arguments) -> int``. Exit 0: done;
1: the diagram, data or run has errors, which are printed; 2: the request could not be carried out.
"""

import sys
from collections.abc import Sequence

from graphstudio.cli.output import CommandError, say_error
from graphstudio.cli.parser import make_parser
from graphstudio.cli.quiet import import_quietly
from graphstudio.diagram.project_file import ProjectFileError


def run_command(argv: Sequence[str]) -> int:
    """Carry out one command and return its exit code."""
    arguments = make_parser().parse_args(argv)
    command = import_quietly(f"graphstudio.cli.{arguments.module}")
    try:
        code: int = command.run(arguments)
    except (CommandError, ProjectFileError) as error:
        say_error(str(error))
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 2
    return code
