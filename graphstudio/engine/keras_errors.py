"""What Keras says when it refuses a call, as a finding on that call."""

import re
import traceback
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from graphstudio.code.plan import CallStep
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId

# What constructors and calls of layers raise for arguments and tensors that do not fit.
KERAS_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    ImportError,
    OSError,
    RuntimeError,
    tf.errors.OpError,
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_EXPECTED = re.compile(r"\b[Ee]xpect(?:ed|s):? (?:to have )?(.+?)(?:, but |, found|\. |; |$)")
# What stands after a colon is the value itself; anything else only where no such part is.
_RECEIVED = (
    re.compile(r"\b(?:Received|Found|Got): (.+?)(?:\.$|; |$)"),
    re.compile(r"\b(?:[Rr]eceived|[Ff]ound|[Gg]ot):? (.+?)(?:\. (?=[A-Z])|\.$|; |$)"),
)


def refusal(error: Exception, step: CallStep, tensors: Mapping[NodeId, Any]) -> Diagnostic:
    """Return an exception of a layer's constructor or call as a finding on its node."""
    sentence = reason(error)
    return Diagnostic(
        code="refused",
        severity=Severity.ERROR,
        message=f"{step.layer.name}: {sentence}",
        node=step.id,
        expected=_expected(sentence) or f"what {step.entry.name} takes",
        received=_received(sentence) or _shapes(step, tensors),
        detail="".join(traceback.format_exception(error)),
    )


def refused_part(
    error: Exception, name: str, expected: str, node: NodeId | None = None
) -> Diagnostic:
    """Return an exception for what is no call: a head, its loss or metric, the optimizer.

    Args:
        error: what was raised.
        name: what the refused part is called.
        expected: what would have been right, unless the exception says it.
        node: the node that it belongs to, if any.
    """
    sentence = reason(error)
    return Diagnostic(
        code="refused",
        severity=Severity.ERROR,
        message=f"{name}: {sentence}",
        node=node,
        expected=_expected(sentence) or expected,
        received=_received(sentence) or sentence,
        detail="".join(traceback.format_exception(error)),
    )


def reason(error: BaseException) -> str:
    """Return the sentence of an exception that tells why, without Keras's decoration."""
    lines = [line.strip() for line in _COLOUR.sub("", str(error)).splitlines()]
    told = [line for line in lines if line and not line.startswith("Exception encountered")]
    return told[0] if told else type(error).__name__


def _expected(sentence: str) -> str | None:
    found = _EXPECTED.search(sentence)
    return found.group(1) if found else None


def _received(sentence: str) -> str | None:
    found = next(filter(None, (form.search(sentence) for form in _RECEIVED)), None)
    return found.group(1) if found else None


def _shapes(step: CallStep, tensors: Mapping[NodeId, Any]) -> str:
    given = [tensors[ref.node] for ref in step.refs if ref.node in tensors]
    return ", ".join(str(getattr(tensor, "shape", tensor)) for tensor in given) or "no tensor"
