"""What fits where a wire is loose, or where one is to be parted."""

import msgspec

from graphstudio.catalog.entries import Catalog, Entry, Port
from graphstudio.catalog.search import HEAD, NESTED


class Need(msgspec.Struct, frozen=True):
    """What something has to be able to do, to be put into a place.

    Attributes:
        takes: whether it has to take a tensor.
        gives: whether it has to give one.
        ndim: how many axes the tensor that it takes has, the batch's among them; none while that
            is not known.
    """

    takes: bool = False
    gives: bool = False
    ndim: int | None = None


def takes_tensor(entry: Entry) -> bool:
    """Return whether a wire can end at what an entry becomes."""
    return bool(entry.ports) or entry is HEAD or entry in NESTED


def first_port(entry: Entry) -> Port | None:
    """Return the port that takes the first wire: the first that needs one."""
    needed = (port for port in entry.ports if not port.optional)
    return next(needed, entry.ports[0] if entry.ports else None)


def fits(entry: Entry, need: Need, catalog: Catalog) -> bool:
    """Return whether an entry can do what is needed, as far as the catalog knows."""
    takes = takes_tensor(entry)
    gives = entry is not HEAD and (takes or entry.path == catalog.input.path)
    able = (takes or not need.takes) and (gives or not need.gives)
    return able and not (need.takes and misfit(entry, need))


def misfit(entry: Entry, need: Need) -> str:
    """Return why an entry does not take a tensor of so many axes; empty if it may."""
    port, ndim = first_port(entry), need.ndim
    if port is None or ndim is None:
        return ""
    least, most = port.min_ndim, port.max_ndim
    if (least is None or ndim >= least) and (most is None or ndim <= most):
        return ""
    return f"{entry.name} takes tensors of {axes_of(port)} axes; this one has {ndim}."


def axes_of(port: Port) -> str:
    """Return how many axes the tensors of a port have, in words; empty where Keras does not say."""
    least, most = port.min_ndim, port.max_ndim
    if least == most:
        return str(least or "")
    if most is None:
        return f"{least} or more"
    return f"{least} to {most}" if least else f"up to {most}"
