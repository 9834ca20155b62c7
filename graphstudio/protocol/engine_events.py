"""What the engine says about itself."""

from collections.abc import Mapping

import msgspec

from graphstudio.catalog.entries import Entry
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.protocol.message import Message


class Device(msgspec.Struct, frozen=True):
    """A device that Keras can train on.

    Attributes:
        kind: ``"CPU"`` or ``"GPU"``.
        name: what people call it, such as ``"CPU · 2 cores"``.
    """

    kind: str
    name: str


class Ready(Message, frozen=True, kw_only=True, tag="ready"):
    """The engine has imported Keras and takes requests.

    Attributes:
        keras_version: the version of Keras.
        tensorflow_version: the version of TensorFlow.
        devices: what it can train on, the best first.
        layers: the layers that installed packages offer, by path.
    """

    keras_version: str
    tensorflow_version: str
    devices: tuple[Device, ...]
    layers: Mapping[str, Entry] = {}


class Failed(Message, frozen=True, kw_only=True, tag="failed"):
    """A request could not be carried out.

    Attributes:
        message: why, in one sentence.
        diagnostics: findings that explain it.
        detail: the traceback.
    """

    message: str
    diagnostics: tuple[Diagnostic, ...] = ()
    detail: str = ""
