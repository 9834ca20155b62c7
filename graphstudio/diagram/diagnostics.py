"""Findings about a diagram, as values that panels, the terminal and other programs can read."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.diagram.values import Value


class Severity(StrEnum):
    """How bad a finding is: a model with an error cannot be built."""

    ERROR = "error"
    WARNING = "warning"


class Repair(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way out of a finding: an edit by its name, which was tried before it is offered.

    Attributes:
        title: what the button says.
        edit: name of a function of :mod:`graphstudio.diagram.edits`.
        arguments: its arguments after the diagram.
    """

    title: str
    edit: str
    arguments: Mapping[str, Value] = {}


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One finding.

    Attributes:
        code: stable name of the kind of finding, such as ``"cycle"``.
        severity: whether it keeps the model from being built.
        message: the finding in one sentence, with the names that the user knows.
        node: the node that it belongs to; none for the diagram as a whole.
        port: the port of that node.
        wires: the wires that show it.
        expected: what would have been right.
        received: what was there instead.
        repairs: ways out.
        detail: a longer text for those who ask for it, such as a traceback.
    """

    code: str
    severity: Severity
    message: str
    node: NodeId | None = None
    port: str | None = None
    wires: tuple[WireId, ...] = ()
    expected: str | None = None
    received: str | None = None
    repairs: tuple[Repair, ...] = ()
    detail: str | None = None


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)
