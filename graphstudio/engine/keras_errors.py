"""What Keras says when it refuses a call, as a finding on that call."""

import re
import traceback
from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf

from graphstudio.code.steps import CallStep
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
    re.compile(r"\b(?:Received|Found|Got|identifier|passed to \w+): (.+?)(?:\.$|; |$)"),
    re.compile(r"\b(?:[Rr]eceived|[Ff]ound|[Gg]ot):? (.+?)(?:\. (?=[A-Z])|\.$|; |$)"),
)
# What Keras says in words of its own code, as people say it.
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bmin_ndim=(\d+)"), r"a tensor of at least \1 dimensions, the batch included"),
    (re.compile(r"\bmax_ndim=(\d+)"), r"a tensor of at most \1 dimensions, the batch included"),
    (re.compile(r"\bndim=(\d+)"), r"a tensor of \1 dimensions, the batch included"),
)
# Sentences that say what is wrong and not what would be right.
_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("zero or negative"), "tensors at least as large as the window"),
    (re.compile("fully-defined"), "known sizes where the shapes of weights depend on them"),
    (re.compile("incompatible shapes|matching shapes"), "tensors of matching shapes"),
    (re.compile("total size .* unchanged"), "a shape of as many numbers as there are"),
    # Only said of what works for this dtype: see `graphstudio.engine.tracing`.
    (re.compile("list of allowed values"), "a tensor of another dtype, such as float32"),
)
_MISSING = re.compile(r"missing \d+ required .*?arguments?: (.+)")
_FRAME = re.compile(r"^Input \d+ with name '[^']*' of layer '[^']*' is incompatible.*?: ")
# What TensorFlow says of a compiled function that failed, in front of the stack.
_GRAPH_FAILED = "Graph execution error:"
# Arguments longer than this, in characters, are no part of a sentence.
_SHORT = 40
# What Keras reports of tensors; what was received is then told from the tensors themselves.
_ABOUT_TENSORS = re.compile(r"\bn_?dims?\b|shape|\(None|KerasTensor|dtype|NodeDef")


def refusal(error: Exception, step: CallStep, tensors: Mapping[NodeId, Any]) -> Diagnostic:
    """Return an exception of a layer's constructor or call as a finding on its node."""
    sentence = reason(error)
    if missing := _MISSING.search(sentence):
        sentence = f"expected {missing.group(1)} to be given; received: nothing."
    expected = _expected(sentence) or f"what {step.entry.name} takes"
    received = _received(sentence)
    if received is None or _ABOUT_TENSORS.search(received):
        received = _tensors(step, tensors)
    return Diagnostic(
        code="refused",
        severity=Severity.ERROR,
        message=f"{step.layer.name}: {_told(error, sentence, step, expected, received)}",
        node=step.id,
        expected=expected,
        received=received,
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
    if told[:1] == [_GRAPH_FAILED]:
        # The stack comes first, and the place in the graph last.
        told = [line for line in told if not line.startswith("[[")][-1:]
    return told[0] if told else type(error).__name__


def _told(error: Exception, sentence: str, step: CallStep, expected: str, received: str) -> str:
    """Return why a call was refused, in a sentence that needs no knowledge of Keras's code."""
    if _FRAME.match(sentence):
        return f"expected {expected}; received {received}."
    given = {**step.layer.config, **step.node.arguments}
    short = [f"{name}={value}" for name, value in given.items() if len(str(value)) <= _SHORT]
    with_what = f" with {', '.join(short)}" if short else ""
    if any(expected == plain for _, plain in _SAID):
        return f"expected {expected}; received {received}{with_what}."
    if isinstance(error, LookupError | AttributeError | AssertionError):
        # Keras tripped where it did not check: the exception says nothing about the cause.
        return f"{step.entry.name} cannot take {received}{with_what} ({sentence})."
    return sentence


def _expected(sentence: str) -> str | None:
    found = _EXPECTED.search(sentence)
    if found is None:
        return next((plain for form, plain in _SAID if form.search(sentence)), None)
    text = found.group(1)
    for form, plain in _PLAIN:
        text = form.sub(plain, text)
    return text


def _received(sentence: str) -> str | None:
    found = next(filter(None, (form.search(sentence) for form in _RECEIVED)), None)
    return found.group(1) if found else None


def _tensors(step: CallStep, tensors: Mapping[NodeId, Any]) -> str:
    """Return shape and dtype of each tensor that a call receives."""
    several = {ref.node: keras.tree.flatten(tensors[ref.node]) for ref in step.refs}
    given = [several[ref.node][ref.output : ref.output + 1] for ref in step.refs]
    texts = [f"{tuple(one.shape)} {one.dtype}" for found in given for one in found]
    return " and ".join(texts) or "no tensor"
