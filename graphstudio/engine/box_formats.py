"""The formats of bounding boxes, which layers take without a look and use when boxes come."""

import re

import keras
import numpy as np

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.engine.docstrings import prose
from graphstudio.engine.keras_errors import KERAS_ERRORS

_QUOTED = re.compile(r'"(\w+)"')
_BOX = np.array([[1.0, 1.0, 2.0, 2.0]], "float32")


def box_formats() -> Entry:
    """Return what converts boxes between formats, with the formats that its text names and takes.

    Its argument has the name that layers give it.
    """
    convert = keras.utils.bounding_boxes.convert_format
    named = dict.fromkeys(_QUOTED.findall(prose(convert)))
    taken = tuple(name for name in named if _converts(name))
    return Entry(
        path="keras.utils.bounding_boxes.convert_format",
        parameters=(Parameter(name="bounding_box_format", kind=Kind.CHOICE, choices=taken),),
    )


def _converts(name: str) -> bool:
    try:
        keras.utils.bounding_boxes.convert_format(_BOX, source=name, target=name, height=4, width=4)
    except KERAS_ERRORS:
        return False
    return True
