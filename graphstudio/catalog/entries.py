"""The catalog's values: what Keras can call, with its parameters and the ports of its calls."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

import msgspec

from graphstudio.diagram.diagram import Diagram, Layer
from graphstudio.diagram.models import MODEL_CLASSES
from graphstudio.diagram.values import Value

# Classes of Keras that stand in configurations beside those of the catalog.
_PLAIN_CLASSES = re.compile(
    r"keras\.(optimizers\.schedules|dtype_policies)\.[A-Z][A-Za-z0-9]*|numpy\.array|slice"
)


class Kind(StrEnum):
    """What an argument holds, and so which editor it gets."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    NUMBERS = "numbers"
    OBJECT = "object"
    OBJECTS = "objects"
    ANY = "any"


class Role(StrEnum):
    """What a node calls."""

    LAYER = "layer"
    FUNCTION = "function"
    MODEL = "model"


class Parameter(msgspec.Struct, frozen=True, omit_defaults=True):
    """An argument of a constructor, or an argument of a call that is not a tensor.

    Attributes:
        name: the argument's name.
        kind: what it holds.
        required: whether there is no default.
        default: the default, if there is one that JSON can hold.
        nullable: whether None is a value.
        choices: the values of a choice.
        minimum: the least number that Keras takes, if it refuses lesser ones.
        maximum: the greatest number that Keras takes, if it refuses greater ones.
        family: which objects fit, such as ``"initializers"``; a key of :attr:`Catalog.objects`.
        doc: what Keras's documentation says about it.
    """

    name: str
    kind: Kind
    required: bool = False
    default: Value = None
    nullable: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    family: str | None = None
    doc: str = ""


class Port(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tensor argument of a call.

    Attributes:
        name: the argument's name.
        variadic: whether it takes an ordered list of tensors.
        unpacked: whether the tensors of that list are arguments of their own (``*operands``).
        optional: whether the call works without it.
        min_ndim: the least number of axes that Keras takes, the batch's among them; none where it
            does not say.
        max_ndim: the greatest number of axes that Keras takes, likewise.
        doc: what Keras's documentation says about it.
    """

    name: str
    variadic: bool = False
    unpacked: bool = False
    optional: bool = False
    min_ndim: int | None = None
    max_ndim: int | None = None
    doc: str = ""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A class or function of Keras, of a package or of the project, or a nested model.

    Attributes:
        path: public path, such as ``"keras.layers.Dense"``.
        role: what is called: a layer, a function, or a model as a layer.
        identifier: the name by which Keras finds it in configurations, such as ``"he_normal"``;
            empty where there is none.
        category: the family of the class, such as ``"pooling"``.
        summary: the first sentence of its documentation.
        doc: its documentation up to the arguments.
        remarks: the rest of its documentation, as Markdown: shapes, examples, references.
        parameters: arguments of the constructor, other than the name.
        ports: tensor arguments of the call; none for what is not called on tensors.
        call_parameters: arguments of the call that are not tensors.
        signature: names of the call's arguments in order, ports and others, where their order
            is not that of the ports followed by the rest; of functions alone.
        named: whether the constructor takes the layer's name; some own classes do not.
        adapts: whether the layer learns its state from data before training (``adapt``).
        state: the parameters that give such a layer its state, so that it need not learn it.
        operation: path of the class that Keras's graphs hold for a function.
    """

    path: str
    role: Role = Role.LAYER
    identifier: str = ""
    category: str = ""
    summary: str = ""
    doc: str = ""
    remarks: str = ""
    parameters: tuple[Parameter, ...] = ()
    ports: tuple[Port, ...] = ()
    call_parameters: tuple[Parameter, ...] = ()
    signature: tuple[str, ...] = ()
    named: bool = True
    adapts: bool = False
    state: tuple[str, ...] = ()
    operation: str = ""

    @property
    def name(self) -> str:
        """The class's own name, such as ``"Dense"``."""
        return self.path.rpartition(".")[2]

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, if there is one."""
        return next((one for one in self.parameters if one.name == name), None)


# What every model used as a layer has beside its own arguments.
TRAINABLE = Parameter(
    name="trainable",
    kind=Kind.BOOLEAN,
    default=True,
    doc="Whether training changes the model's weights; a frozen model keeps them.",
)
# What every call of a model can be told.
TRAINING = Parameter(
    name="training",
    kind=Kind.BOOLEAN,
    nullable=True,
    doc="Whether the layers inside behave as they do in training, such as dropout and batch "
    "normalization; None leaves that to how the whole model is called.",
)


class Catalog(msgspec.Struct, frozen=True, dict=True):
    """Everything that a diagram can hold.

    Attributes:
        keras_version: the Keras that it was read from.
        input: what ``keras.Input`` takes.
        layers: layer classes by public path.
        functions: functions on tensors by public path (``keras.ops``).
        applications: functions that return whole models by public path.
        objects: classes and functions that stand in configurations, by family and public path:
            ``initializers``, ``regularizers``, ``constraints``, ``activations``, ``losses``,
            ``metrics`` and ``optimizers``.
        own: layers and other objects that the project or an installed package brings, by path.
    """

    keras_version: str
    input: Entry
    layers: Mapping[str, Entry]
    objects: Mapping[str, Mapping[str, Entry]]
    functions: Mapping[str, Entry] = {}
    applications: Mapping[str, Entry] = {}
    own: Mapping[str, Entry] = {}

    def names_object(self, path: str) -> bool:
        """Return whether a path may stand for an object in a configuration.

        Paths come from files that anyone can write, and are called: so that opening a file runs
        nothing else, only what is listed here or holds mere numbers may pass. A whole model is
        none.
        """
        listed = path in self.entries and path not in self.applications
        return listed or bool(_PLAIN_CLASSES.fullmatch(path))

    def entry_of(self, layer: Layer) -> Entry | None:
        """Return what is known about what a layer's calls take; none for an unknown class."""
        if layer.diagram is not None:
            known = layer.class_name in MODEL_CLASSES
            return model_entry(layer.class_name, layer.diagram) if known else None
        return self.callables.get(layer.class_name)

    @cached_property
    def callables(self) -> Mapping[str, Entry]:
        """Everything that a node can call, by public path."""
        own = {path: entry for path, entry in self.own.items() if entry.ports}
        return {**self.layers, **self.functions, **self.applications, **own}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its public path."""
        families = (entries for entries in self.objects.values())
        table = {self.input.path: self.input, **self.callables, **self.own}
        return table | {path: entry for family in families for path, entry in family.items()}


def model_entry(path: str, diagram: Diagram) -> Entry:
    """Return the entry of a nested model, with a port for each of its inputs.

    Args:
        path: the class of the model, ``"keras.Model"`` or ``"keras.Sequential"``.
        diagram: the nested diagram.
    """
    inputs = (node for node in diagram.inputs.values() if node.in_model)
    return Entry(
        path=path,
        role=Role.MODEL,
        category="models",
        summary=f"{diagram.name}, a model used as a layer.",
        parameters=(TRAINABLE,),
        ports=tuple(
            Port(name=node.name, optional=bool(node.config.get("optional"))) for node in inputs
        ),
        call_parameters=(TRAINING,),
    )
