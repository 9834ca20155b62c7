"""How a message becomes a line and a line a message."""

import math
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from graphstudio.diagram.pages import as_dict
from graphstudio.protocol.data_events import RowSent, RowsShown, Surveyed, Surveying
from graphstudio.protocol.design_events import (
    CallTimed,
    Inspected,
    Measured,
    Repairs,
    Timed,
    Unfolded,
)
from graphstudio.protocol.engine_events import Failed, Ready
from graphstudio.protocol.requests import Request
from graphstudio.protocol.run_events import EpochDone, RunEnded, RunStarted, RunStopping, StepDone

Event: TypeAlias = (
    Ready
    | Inspected
    | Repairs
    | Measured
    | CallTimed
    | Timed
    | Unfolded
    | Surveying
    | Surveyed
    | RowsShown
    | RowSent
    | RunStarted
    | StepDone
    | EpochDone
    | RunStopping
    | RunEnded
    | Failed
)

_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder(enc_hook=as_dict)


class ProtocolError(Exception):
    """A line is not a message of this protocol."""


def encode(message: Request | Event) -> bytes:
    """Return the message's line, with its end."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """Read a line that the studio sent.

    Raises:
        ProtocolError: it is not a request.
    """
    try:
        return _requests.decode(line)
    except msgspec.DecodeError as error:
        raise ProtocolError(f"Expected a request; received {line[:80]!r}: {error}") from error


def decode_event(line: bytes) -> Event:
    """Read a line that the engine sent.

    Raises:
        ProtocolError: it is not an event.
    """
    try:
        event = _events.decode(line)
    except msgspec.DecodeError as error:
        raise ProtocolError(f"Expected an event; received {line[:80]!r}: {error}") from error
    return _with_nan(event) if isinstance(event, StepDone | EpochDone | RunEnded) else event


def _with_nan(event: StepDone | EpochDone | RunEnded) -> StepDone | EpochDone | RunEnded:
    sent: Mapping[str, float | None] = event.logs
    if None not in sent.values():
        return event
    logs = {key: math.nan if value is None else value for key, value in sent.items()}
    return msgspec.structs.replace(event, logs=logs)
