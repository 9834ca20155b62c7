"""What may keep a model from learning much, though it can be trained."""

from collections.abc import Iterator

import numpy as np

from graphstudio.code.data_plan import column_of
from graphstudio.code.steps import Plan
from graphstudio.diagram.data import Data, Encoding, prepared
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.sources import QuerySource
from graphstudio.engine.data.samples import Samples, Split


def doubts(data: Data, plan: Plan, split: Split) -> Iterator[Diagnostic]:
    """Yield warnings about what was loaded.

    Args:
        data: how it was made.
        plan: the heads that learn from it.
        split: what was loaded.
    """
    if len(split.train) == 1:
        message = "There is a single sample to train on."
        yield _warning("single-sample", message, "several samples", "1")
    # What is kept on disk is not read again for this.
    if isinstance(split.train, Samples):
        yield from _empty_classes(data, plan, split.train)
    source = data.source
    if isinstance(source, QuerySource) and _holds_password(source.url):
        yield _warning(
            "password-in-url",
            "The project file and its scripts hold the database's password: "
            "write ${PASSWORD} in its place, and set that environment variable.",
            "the name of an environment variable",
            "a password",
        )


def _empty_classes(data: Data, plan: Plan, train: Samples) -> Iterator[Diagnostic]:
    for step in plan.trained_heads:
        made = prepared(data, column_of(step.node))
        if made.encoding is Encoding.AS_IS:
            continue
        labels = train.y[step.node.name]
        numbers = labels.argmax(axis=-1) if made.encoding is Encoding.ONE_HOT else labels
        counted = np.bincount(numbers, minlength=len(made.classes))
        empty = [str(one) for one, n in zip(made.classes, counted, strict=False) if not n]
        if empty:
            yield _warning(
                "empty-class",
                f"No sample to train on is of the class {', '.join(empty)} "
                f"of the head {step.node.name!r}.",
                "samples of each class",
                f"none of {', '.join(empty)}",
                step.id,
            )


def _holds_password(url: str) -> bool:
    login, at, _ = url.partition("://")[2].rpartition("@")
    password = login.partition(":")[2]
    return bool(at and password) and "${" not in password


def _warning(
    code: str, message: str, expected: str, received: str, node: NodeId | None = None
) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.WARNING,
        message=message,
        node=node,
        expected=expected,
        received=received,
    )
