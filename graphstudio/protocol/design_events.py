"""What the engine answers about a diagram."""

from collections.abc import Mapping

import msgspec

from graphstudio.diagram.diagnostics import Diagnostic, Remedy
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.protocol.message import Message


class Tensor(msgspec.Struct, frozen=True):
    """Shape and dtype of a tensor; None is a dimension that is known when data flows."""

    shape: tuple[int | None, ...]
    dtype: str


class NodeInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """What Keras says about one node.

    Attributes:
        outputs: the tensors that leave it; for a head, the tensor that it takes.
        params: weights of the layer that it calls, counted as scalars.
        trainable_params: those of them that training changes.
        paths: where each of several tensors stands in what the call gives, such as ``(1, 0)`` for
            ``[1][0]``; empty where the call gives one tensor.
    """

    outputs: tuple[Tensor, ...] = ()
    params: int = 0
    trainable_params: int = 0
    paths: tuple[tuple[int | str, ...], ...] = ()


class Inspected(Message, frozen=True, kw_only=True, tag="inspected"):
    """The answer to :class:`Inspect`.

    Attributes:
        id: number of the request.
        nodes: what is known, of nested models too; a node that depends on an error is absent.
        diagnostics: what Keras refuses, each on the call that it refuses.
        total_params: weights of the model, each shared layer counted once.
        trainable_params: those of them that training changes.
    """

    id: int
    nodes: Mapping[NodeId, NodeInfo]
    diagnostics: tuple[Diagnostic, ...] = ()
    total_params: int = 0
    trainable_params: int = 0

    @property
    def paths(self) -> Mapping[NodeId, tuple[tuple[int | str, ...], ...]]:
        """Where each of the tensors of a call stands in what the call gives, by node."""
        return {node: info.paths for node, info in self.nodes.items()}


class Repairs(Message, frozen=True, kw_only=True, tag="repairs"):
    """Follows :class:`Inspected` where ways out were found, unless a newer question came first.

    Attributes:
        id: number of the request.
        remedies: ways out, each tried on a copy, for the findings that have any.
    """

    id: int
    remedies: tuple[Remedy, ...]


class Cost(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a call costs for one sample; None is what is not known.

    Attributes:
        flops: floating point operations of the forward pass; a multiplication that is added
            counts as two.
        weight_bytes: memory of the weights of the layer that is called.
        output_bytes: memory of the tensors that leave it.
    """

    flops: int | None = None
    weight_bytes: int | None = None
    output_bytes: int | None = None


class Measured(Message, frozen=True, kw_only=True, tag="measured"):
    """The answer to :class:`Measure`.

    Attributes:
        id: number of the request.
        nodes: the cost of each call that can be made, in nested models too.
        total: the cost of the model: of the calls that a head depends on, with the weights of a
            shared layer counted once.
    """

    id: int
    nodes: Mapping[NodeId, Cost]
    total: Cost = Cost()


class CallTimed(Message, frozen=True, kw_only=True, tag="call_timed"):
    """One more call has been timed; :class:`Timed` follows once all have.

    Attributes:
        id: number of the request.
        done: calls that have been timed, those in nested models included.
        calls: how many there are.
    """

    id: int
    done: int
    calls: int


class Timed(Message, frozen=True, kw_only=True, tag="timed"):
    """The answer to :class:`TimeCalls`.

    Attributes:
        id: number of the request.
        batch_size: samples that went through at once.
        nodes: seconds that each call takes, in nested models too; a call that could not be run, or
            that depends on one, is absent.
        total: seconds of all calls outside of nested models, one after the other.
        whole: seconds of all of them in one; None where a call could not be run.
        reason: why the first call that could not be run was refused, in one sentence.
    """

    id: int
    batch_size: int
    nodes: Mapping[NodeId, float]
    size: int | None = None
    total: float = 0.0
    whole: float | None = None
    reason: str = ""


class Unfolded(Message, frozen=True, kw_only=True, tag="unfolded"):
    """The answer to :class:`Unfold`.

    Attributes:
        id: number of the request.
        diagram: the model, layer by layer; none where it cannot be drawn.
        reason: why it cannot, in one sentence.
    """

    id: int
    diagram: Diagram | None = None
    reason: str = ""
