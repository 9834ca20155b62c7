"""The messages between the studio and the engine: one JSON object a line, told apart by ``kind``.

The studio sends a :data:`Request`; the engine answers and reports with :data:`Event`. Nothing else
ever stands on these streams.
"""

from graphstudio.protocol.data_events import RowSent, RowsShown, Surveyed, Surveying, TensorValue
from graphstudio.protocol.data_requests import SendRow, ShowRows, Survey
from graphstudio.protocol.design_events import (
    CallTimed,
    Cost,
    Inspected,
    Measured,
    NodeInfo,
    Repairs,
    Tensor,
    Timed,
    Unfolded,
)
from graphstudio.protocol.engine_events import Device, Failed, Ready
from graphstudio.protocol.message import Message
from graphstudio.protocol.requests import (
    Inspect,
    Measure,
    Pause,
    Request,
    Resume,
    Stop,
    TimeCalls,
    Train,
    Unfold,
)
from graphstudio.protocol.run_events import (
    EpochDone,
    Logs,
    RunEnded,
    RunStarted,
    RunStopping,
    StepDone,
)
from graphstudio.protocol.wire import Event, ProtocolError, decode_event, decode_request, encode

__all__ = [
    "CallTimed",
    "Cost",
    "Device",
    "EpochDone",
    "Event",
    "Failed",
    "Inspect",
    "Inspected",
    "Logs",
    "Measure",
    "Measured",
    "Message",
    "NodeInfo",
    "Pause",
    "ProtocolError",
    "Ready",
    "Repairs",
    "Request",
    "Resume",
    "RowSent",
    "RowsShown",
    "RunEnded",
    "RunStarted",
    "RunStopping",
    "SendRow",
    "ShowRows",
    "StepDone",
    "Stop",
    "Survey",
    "Surveyed",
    "Surveying",
    "Tensor",
    "TensorValue",
    "TimeCalls",
    "Timed",
    "Train",
    "Unfold",
    "Unfolded",
    "decode_event",
    "decode_request",
    "encode",
]
