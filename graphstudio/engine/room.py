"""Whether the memory that is free is enough to run a model, asked before any of it is taken."""

from collections.abc import Mapping
from pathlib import Path

from graphstudio.code.steps import Plan
from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.engine.cost import all_calls, memory_of
from graphstudio.protocol import NodeInfo

_WEIGHT_BYTES = 4
# A weight is there twice while it gets its first values, and an operation takes about as much
# memory to work in as its output takes.
_PEAK = 2
_MEMORY_FILE = Path("/proc/meminfo")


class RoomError(RuntimeError):
    """A model needs more memory than there is; the message says so in one sentence."""


def check_room(plan: Plan, nodes: Mapping[NodeId, NodeInfo], batch_size: int) -> None:
    """Make sure that a model can be run here.

    Args:
        plan: the calls of the model.
        nodes: what Keras says about each, for batches of that size.
        batch_size: samples in a batch.

    Raises:
        RoomError: there is not enough memory.
    """
    calls = [step for step in all_calls(plan) if step.inner is None and step.id in nodes]
    layers: dict[LayerId, int] = {step.layer_id: nodes[step.id].params for step in calls}
    weights = _PEAK * _WEIGHT_BYTES * sum(layers.values())
    outputs = _PEAK * sum(memory_of(nodes[step.id].outputs) or 0 for step in calls)
    free = free_memory()
    if free is not None and weights + outputs > free:
        advice = "" if weights > free else f"; try a smaller batch than {batch_size}"
        raise RoomError(
            f"The model is too large to be run here: expected at most {_in_words(free)} of memory, "
            f"which is free; received {_in_words(weights)} for its weights and "
            f"{_in_words(outputs)} for a batch of {batch_size}{advice}."
        )


def free_memory() -> int | None:
    """Return the bytes that a program can take; None where the system does not tell."""
    try:
        lines = _MEMORY_FILE.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    table = dict(line.split(":", 1) for line in lines if ":" in line)
    found = table.get("MemAvailable", "").split()
    return int(found[0]) * 1024 if found else None


def _in_words(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 5e7 else f"{size / 1e6:,.1f} MB"
