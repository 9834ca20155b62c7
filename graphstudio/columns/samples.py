"""What all functions of this package take and give."""

from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
# Named arrays of one length: the first axis counts rows.
Columns: TypeAlias = dict[str, Array]
# Inputs, targets and the weights of the samples, each by name: what `fit` takes.
Samples: TypeAlias = tuple[Columns, Columns, Columns]
