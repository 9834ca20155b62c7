"""How much each node has of something, as a few steps of colour from the least to the most."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from math import floor, log, prod

import msgspec

from graphstudio.diagram.diagram import Diagram, HeadNode, NodeId
from graphstudio.protocol import Cost, NodeInfo
from graphstudio.studio.readings import milliseconds, with_prefix
from graphstudio.studio.theme import Palette, mixed

STEPS = 6
# How much of the hue the ground of the first and the last step has; more would drown its text.
_FIRST, _LAST = 0.1, 0.38
# How much of the text's colour the secondary text keeps on such a ground.
_DIM = 0.86
# Seconds; what measures them is no more exact.
_SHORTEST = 1e-5


class ColourBy(Enum):
    """What the canvas colours nodes by. The value is what a legend calls it, and its unit."""

    NONE = ("", "")
    PARAMETERS = ("Parameters", "parameters")
    FLOPS = ("FLOPs", "FLOPs a sample")
    OUTPUT_SIZE = ("Output size", "values a sample")
    TIME = ("Measured time", "ms")

    @property
    def title(self) -> str:
        """What a legend calls it."""
        return self.value[0]

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.value[1]


class Scale(msgspec.Struct, frozen=True):
    """How much the nodes of a diagram have.

    Attributes:
        steps: of each node from 1 for the least to :data:`STEPS` for the most; 0 for one that has
            nothing, or of which it is not known.
        least: the least that is known; none where nothing is.
        most: the most that is known.
    """

    steps: Mapping[NodeId, int] = {}
    least: float | None = None
    most: float | None = None


def amounts(
    by: ColourBy,
    diagram: Diagram,
    infos: Mapping[NodeId, NodeInfo],
    costs: Mapping[NodeId, Cost],
    times: Mapping[NodeId, float] = {},
) -> dict[NodeId, float]:
    """Return how much each node of a diagram has, of those of which it is known."""
    if by is ColourBy.FLOPS:
        found = {node: costs[node].flops for node in diagram.nodes if node in costs}
        return {node: flops for node, flops in found.items() if flops is not None}
    if by is ColourBy.TIME:
        return {node: _felt(times[node]) for node in diagram.nodes if node in times}
    if by is ColourBy.PARAMETERS:
        return {node: infos[node].params for node in diagram.nodes if node in infos}
    if by is ColourBy.OUTPUT_SIZE:
        # What is known of a head is the tensor that it takes.
        gives = (node for node, one in diagram.nodes.items() if not isinstance(one, HeadNode))
        return {node: _size(infos[node]) for node in gives if node in infos}
    return {}


def scale(nodes: Iterable[NodeId], known: Mapping[NodeId, float]) -> Scale:
    """Return the scale of a diagram: logarithmic, as layers differ by factors.

    Args:
        nodes: all nodes; those of which nothing is known stay plain.
        known: how much the others have.
    """
    some = [amount for amount in known.values() if amount > 0]
    least, most = min(some, default=0), max(some, default=0)
    steps = {node: _step(known.get(node, 0), least, most) for node in nodes}
    return Scale(steps, min(known.values(), default=None), max(known.values(), default=None))


def in_words(by: ColourBy, found: Scale) -> str:
    """Return what a scale reaches, such as ``"0 … 1.18 M parameters"``."""
    if found.least is None or found.most is None:
        return "not known yet"
    ends = dict.fromkeys(_end(by, end) for end in (found.least, found.most))
    return f"{' … '.join(ends)} {by.unit}"


@lru_cache(32)
def heated(palette: Palette, step: int | None) -> Palette:
    """Return the colours that a node of a step is drawn in, whose text can be read on its ground.

    Args:
        palette: the colours of the theme.
        step: as in a :class:`Scale`; none while nodes are not coloured.
    """
    if not step:
        return palette
    share = _FIRST + (_LAST - _FIRST) * (step - 1) / (STEPS - 1)
    ground = mixed(palette.heat, palette.node, share)
    dim = mixed(palette.text, ground, _DIM)
    return msgspec.structs.replace(palette, node=ground, dim=dim, faint=dim)


@lru_cache(32)
def far_heat(palette: Palette, step: int) -> str:
    """Return the colour of a block of a step, which bears no text and has to show on the canvas."""
    return mixed(palette.block_hot, palette.block_cold, step / STEPS)


def _size(info: NodeInfo) -> int:
    """Return how many values leave a node, with what is not known counted as one."""
    return sum(prod(1 if side is None else side for side in one.shape) for one in info.outputs)


def _felt(seconds: float) -> float:
    """Return a time; one that is within what measuring it errs by counts as none."""
    return seconds if seconds >= _SHORTEST else 0.0


def _end(by: ColourBy, amount: float) -> str:
    if by is ColourBy.TIME:
        return milliseconds(amount).removesuffix(" ms")
    return with_prefix(amount, "").strip()


def _step(amount: float, least: float, most: float) -> int:
    if amount <= 0:
        return 0
    if least == most:
        return STEPS
    return min(1 + floor(STEPS * log(amount / least) / log(most / least)), STEPS)
