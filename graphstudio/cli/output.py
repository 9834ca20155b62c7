"""What commands print: results on standard output, everything else on standard error."""

import sys
from collections.abc import Iterable
from typing import Any

import msgspec

from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import Diagram


class CommandError(Exception):
    """A request cannot be carried out; the message says why, in one sentence."""


def say(text: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_error(text: str) -> None:
    """Print a line that is not the result."""
    sys.stderr.write(f"graphstudio: {text}\n")


def say_json(document: Any) -> None:
    """Print a JSON document on one line."""
    say(msgspec.json.encode(document).decode())


def say_diagnostics(diagram: Diagram, diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings for people: severity, node, sentence and ways out."""
    for finding in diagnostics:
        known = finding.node is not None and finding.node in diagram.nodes
        where = f"{diagram.name_of(finding.node)}: " if known and finding.node else ""
        message = finding.message.removeprefix(where)
        say(f"{finding.severity.value}: {where}{message} [{finding.code}]")
        for repair in finding.repairs:
            say(f"    repair: {repair.title}")


def full_record(finding: Diagnostic) -> dict[str, Any]:
    """Return a finding with all of its keys, also those that say nothing here."""
    repairs = [msgspec.structs.asdict(repair) for repair in finding.repairs]
    return {**msgspec.structs.asdict(finding), "repairs": repairs}


def say_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows in columns, the last ones to the left as they are."""
    table = list(rows)
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
