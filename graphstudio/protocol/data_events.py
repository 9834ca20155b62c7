"""What the engine answers about data."""

from collections.abc import Mapping

import msgspec

from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.fields import Row, SourceFacts
from graphstudio.protocol.message import Message


class Surveying(Message, frozen=True, kw_only=True, tag="surveying"):
    """Says how far the answer to a question about data is.

    Attributes:
        id: number of the request.
        doing: what is being done, in a few words.
        share: how much of it is done, from 0 to 1; none where that is not known.
    """

    id: int
    doing: str
    share: float | None = None


class Surveyed(Message, frozen=True, kw_only=True, tag="surveyed"):
    """The answer to a question what data is like.

    Attributes:
        id: number of the request.
        facts: what is known about the source; none where it cannot be read.
        diagnostics: what is wrong with the data, or between the data and the model.
    """

    id: int
    facts: SourceFacts | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class RowsShown(Message, frozen=True, kw_only=True, tag="rows_shown"):
    """Some rows of the data.

    Attributes:
        id: number of the request.
        first: the first of them.
        rows: the values of each by field: texts and numbers as they are, an image as a PNG file in
            base64, an array as lists or, where it is long, as its beginning.
        diagnostics: why there are none.
    """

    id: int
    first: int
    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class TensorValue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The value of a tensor for one row.

    Attributes:
        shape: its shape without the batch dimension.
        dtype: Keras's name of its type.
        values: its numbers or texts in the order of memory; where there are many, the first.
        least: the least number.
        greatest: the greatest number.
        mean: the mean of the numbers.
        bins: how many numbers fall into each of equal steps from ``least`` to ``greatest``.
        image: its channels, or it itself where it is a colour image, as a PNG file in base64.
    """

    shape: tuple[int, ...]
    dtype: str
    values: tuple[float | str | None, ...] = ()
    least: float | None = None
    greatest: float | None = None
    mean: float | None = None
    bins: tuple[int, ...] = ()
    image: str = ""


class RowSent(Message, frozen=True, kw_only=True, tag="row_sent"):
    """What the calls of a diagram make of a row.

    Attributes:
        id: number of the request.
        row: the row.
        nodes: the tensors that leave each node; of a head, the one that it takes.
        targets: what each trained head should have learnt for the row.
        diagnostics: why there are none.
    """

    id: int
    row: int
    nodes: Mapping[NodeId, tuple[TensorValue, ...]] = {}
    targets: Mapping[NodeId, TensorValue] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
