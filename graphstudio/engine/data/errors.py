"""Data that cannot be read, or does not fit the model."""

from collections.abc import Iterable

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.diagram.diagram import NodeId


class DataError(ValueError):
    """The data does not fit the model or cannot be read; the diagnostics name the node.

    Args:
        first: the finding that the message tells.
        others: what was found besides.
    """

    def __init__(self, first: Diagnostic, *others: Diagnostic) -> None:
        super().__init__(first.message)
        self.diagnostics = (first, *others)


def data_error(
    code: str,
    message: str,
    expected: str,
    received: str,
    node: NodeId | None = None,
    repairs: Iterable[Repair] = (),
) -> DataError:
    """Return the error of one finding."""
    return DataError(data_finding(code, message, expected, received, node, repairs))


def data_finding(
    code: str,
    message: str,
    expected: str,
    received: str,
    node: NodeId | None = None,
    repairs: Iterable[Repair] = (),
) -> Diagnostic:
    """Return a finding that keeps the model from being trained."""
    return Diagnostic(
        code=code,
        severity=Severity.ERROR,
        message=message,
        node=node,
        expected=expected,
        received=received,
        repairs=tuple(repairs),
    )
