"""The catalog's values: classes of Keras with their parameters and the ports of their calls."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

import msgspec

from graphstudio.diagram.values import Value

# Classes of Keras that stand in configurations beside those of the catalog.
_PLAIN_CLASSES = re.compile(r"keras\.(optimizers\.schedules|dtype_policies)\.[A-Z][A-Za-z0-9]*")


class Kind(StrEnum):
    """What an argument holds, and so which editor it gets."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    NUMBERS = "numbers"
    OBJECT = "object"
    ANY = "any"


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
        optional: whether the call works without it.
        doc: what Keras's documentation says about it.
    """

    name: str
    variadic: bool = False
    optional: bool = False
    doc: str = ""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A class of Keras, or ``keras.Input``.

    Attributes:
        path: public path, such as ``"keras.layers.Dense"``.
        identifier: the name by which Keras finds it in configurations, such as ``"he_normal"``;
            empty where there is none.
        category: the family of the class, such as ``"pooling"``.
        summary: the first sentence of its documentation.
        doc: its documentation.
        parameters: arguments of the constructor, other than the name.
        ports: tensor arguments of the call; none for what is not called on tensors.
        call_parameters: arguments of the call that are not tensors.
    """

    path: str
    identifier: str = ""
    category: str = ""
    summary: str = ""
    doc: str = ""
    parameters: tuple[Parameter, ...] = ()
    ports: tuple[Port, ...] = ()
    call_parameters: tuple[Parameter, ...] = ()

    @property
    def name(self) -> str:
        """The class's own name, such as ``"Dense"``."""
        return self.path.rpartition(".")[2]

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, if there is one."""
        return next((one for one in self.parameters if one.name == name), None)


class Catalog(msgspec.Struct, frozen=True, dict=True):
    """Everything of Keras that a diagram can hold.

    Attributes:
        keras_version: the Keras that it was read from.
        input: what ``keras.Input`` takes.
        layers: layer classes by public path.
        objects: classes and functions that stand in configurations, by family and public path:
            ``initializers``, ``regularizers``, ``constraints``, ``activations``, ``losses``,
            ``metrics`` and ``optimizers``.
    """

    keras_version: str
    input: Entry
    layers: Mapping[str, Entry]
    objects: Mapping[str, Mapping[str, Entry]]

    def names_object(self, path: str) -> bool:
        """Return whether a path may stand for an object in a configuration.

        Paths come from files that anyone can write, and are called: so that opening a file runs
        nothing else, only classes of Keras that are listed here or hold mere numbers may pass.
        """
        return path in self.entries or bool(_PLAIN_CLASSES.fullmatch(path))

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its public path."""
        families = (entries for entries in self.objects.values())
        table = {self.input.path: self.input, **self.layers}
        return table | {path: entry for family in families for path, entry in family.items()}
