"""What Keras says when it refuses a call, as a finding on that call."""

import re
import traceback
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from graphstudio.code.plan import CallStep, TensorRef
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
_EXPECTED = re.compile(r"[Ee]xpected:? (?:to have )?(.+?)(?:, but |, found|\. |; |$)")
_RECEIVED = re.compile(r"(?:[Rr]eceived|[Ff]ound|[Gg]ot):? (.+?)(?:\.? Full shape|\.$|; |$)")


def refusal(error: Exception, step: CallStep, tensors: Mapping[NodeId, Any]) -> Diagnostic:
    """Return an exception of a layer's constructor or call as a finding on its node."""
    sentence = reason(error)
    expected = _EXPECTED.search(sentence)
    received = _RECEIVED.search(sentence)
    return Diagnostic(
        code="refused",
        severity=Severity.ERROR,
        message=f"{step.layer.name}: {sentence}",
        node=step.id,
        expected=expected.group(1) if expected else f"what {step.entry.name} takes",
        received=received.group(1) if received else _shapes(step, tensors),
        detail="".join(traceback.format_exception(error)),
    )


def reason(error: BaseException) -> str:
    """Return the sentence of an exception that tells why, without Keras's decoration."""
    lines = [line.strip() for line in _COLOUR.sub("", str(error)).splitlines()]
    told = [line for line in lines if line and not line.startswith("Exception encountered")]
    return told[0] if told else type(error).__name__


def _shapes(step: CallStep, tensors: Mapping[NodeId, Any]) -> str:
    refs = [
        ref
        for argument in step.tensors.values()
        for ref in ((argument,) if isinstance(argument, TensorRef) else argument)
    ]
    given = [tensors[ref.node] for ref in refs if ref.node in tensors]
    return ", ".join(str(getattr(tensor, "shape", tensor)) for tensor in given) or "no tensor"
