"""Data that cannot be read, or does not fit the model."""

from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId


class DataError(ValueError):
    """The data does not fit the model or cannot be read; the diagnostics name the node."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostics = (diagnostic,)


def data_error(
    code: str, message: str, expected: str, received: str, node: NodeId | None = None
) -> DataError:
    """Return the error of one finding."""
    return DataError(
        Diagnostic(
            code=code,
            severity=Severity.ERROR,
            message=message,
            node=node,
            expected=expected,
            received=received,
        )
    )
