"""Findings about a diagram, as values that panels, the terminal and other programs can read."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from graphstudio.diagram.diagram import LayerId, NodeId, WireId
from graphstudio.diagram.values import Value


class Severity(StrEnum):
    """How bad a finding is: a model with an error cannot be built; a hint is but a thought."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Repair(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way out of a finding: an edit by its name, which was tried before it is offered.

    Attributes:
        title: what the button says.
        edit: name of a function of :mod:`graphstudio.diagram.edits`, or of
            :mod:`graphstudio.diagram.data_edits` for what is wrong with the data.
        arguments: its arguments after the diagram or the data.
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
        path: the nested models to open, from the outermost in, to come to that node.
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
    path: tuple[LayerId, ...] = ()
    port: str | None = None
    wires: tuple[WireId, ...] = ()
    expected: str | None = None
    received: str | None = None
    repairs: tuple[Repair, ...] = ()
    detail: str | None = None


class Remedy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Ways out of a finding that were found after it.

    Attributes:
        code: the finding's.
        node: the finding's.
        path: the finding's.
        port: the finding's.
        repairs: what was tried and helps, the best first.
    """

    code: str
    node: NodeId | None
    path: tuple[LayerId, ...] = ()
    port: str | None = None
    repairs: tuple[Repair, ...] = ()


def remedied(
    diagnostics: Iterable[Diagnostic], remedies: Iterable[Remedy]
) -> tuple[Diagnostic, ...]:
    """Return findings with what was found later before the ways out that they had."""
    found = {(one.code, one.node, one.path, one.port): one.repairs for one in remedies}

    def better(one: Diagnostic) -> Diagnostic:
        key = (one.code, one.node, one.path, one.port)
        if key not in found:
            return one
        return msgspec.structs.replace(one, repairs=(*found[key], *one.repairs))

    return tuple(better(one) for one in diagnostics)


def worst_first(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings with errors first, then warnings, then hints; else in their order."""
    ranks = list(Severity)
    return tuple(sorted(diagnostics, key=lambda finding: ranks.index(finding.severity)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)
