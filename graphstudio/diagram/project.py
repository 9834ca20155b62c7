"""What a project file holds: a diagram, the data that it meets, and how it is trained."""

from collections.abc import Callable
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import Diagram, Record
from graphstudio.diagram.values import Value, make_object


class Training(Record, frozen=True, kw_only=True):
    """How the model is trained.

    Attributes:
        optimizer: Keras's identifier of an optimizer, or an optimizer object.
        batch_size: samples a step, 1 or more.
        epochs: passes over the data, 1 or more.
        seed: what every random number of the run is drawn from, 0 or more.
    """

    optimizer: Value = msgspec.field(default_factory=lambda: make_object("keras.optimizers.Adam"))
    batch_size: Annotated[int, Meta(ge=1)] = 32
    epochs: Annotated[int, Meta(ge=1)] = 10
    seed: Annotated[int, Meta(ge=0)] = 0


class Project(Record, frozen=True, kw_only=True):
    """The whole document, as one immutable value.

    Attributes:
        diagram: the model.
        data: the data that it meets.
        training: how it is trained.
        code: Python source of the project's own layers and functions, which diagrams name
            ``own.NAME``. It runs only once the user has agreed.
    """

    diagram: Diagram = Diagram()
    data: Data = Data()
    training: Training = Training()
    code: str = ""

    def with_diagram(self, diagram: Diagram) -> "Project":
        """Return the project with another diagram."""
        return msgspec.structs.replace(self, diagram=diagram)


ProjectEdit: TypeAlias = Callable[[Project], Project]
