"""The steps of a plan: make an input, call something, make an output."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import msgspec

from graphstudio.catalog.entries import Entry, Role
from graphstudio.diagram.diagram import CallNode, HeadNode, InputNode, Layer, LayerId, NodeId
from graphstudio.diagram.values import Value

# Where a tensor stands in what a call gives: () for the whole, (1, 0) for ``[1][0]``.
Path: TypeAlias = tuple[int | str, ...]


class TensorRef(msgspec.Struct, frozen=True):
    """A tensor of the plan.

    Attributes:
        node: the input or the call that gives it.
        output: which of its tensors, counted from 0.
        path: where that tensor stands in what the call gives, as far as it is known.
    """

    node: NodeId
    output: int = 0
    path: Path = ()


Argument: TypeAlias = TensorRef | tuple[TensorRef, ...]


class Constant(msgspec.Struct, frozen=True):
    """An argument of a call that no wire gives.

    Attributes:
        value: what the document holds for it.
    """

    value: Value


Item: TypeAlias = TensorRef | Constant


class Given(msgspec.Struct, frozen=True):
    """An argument as it stands in a call.

    Attributes:
        keyword: the name by which it is given; none where it is given by its place.
        argument: the tensors or the constant; of a model, both may stand in one list.
    """

    keyword: str | None
    argument: Item | tuple[Item, ...]


class InputStep(msgspec.Struct, frozen=True):
    """Make an input tensor.

    Attributes:
        id: the node.
        node: what it holds.
        variable: Python name of the tensor.
    """

    id: NodeId
    node: InputNode
    variable: str


class CallStep(msgspec.Struct, frozen=True):
    """Call a layer, a model or a function; the first call of a layer or model makes it.

    Attributes:
        id: the node.
        node: what it holds.
        layer_id: the layer that is called.
        layer: what that layer is.
        entry: what the catalog says of it.
        variable: Python name of what the call gives.
        layer_variable: Python name of the layer; none if it is made where it is called.
        is_shared: whether the layer is called more than once.
        first: whether no call of the layer comes before.
        tensors: the tensor arguments by port, in the order of the ports.
        inner: the plan of the nested model that is called.
    """

    id: NodeId
    node: CallNode
    layer_id: LayerId
    layer: Layer
    entry: Entry
    variable: str
    layer_variable: str | None
    is_shared: bool
    first: bool
    tensors: Mapping[str, Argument]
    inner: "Plan | None" = None

    @property
    def is_frozen(self) -> bool:
        """Whether training leaves the weights of the model that is called as they are."""
        return self.entry.role is Role.MODEL and self.layer.config.get("trainable") is False

    @property
    def is_whole(self) -> bool:
        """Whether there is a tensor or a constant for every argument that the call needs.

        A model takes tensors alone.
        """
        needed = (port.name for port in self.entry.ports if not port.optional)
        is_model = self.entry.role is Role.MODEL
        there = self.tensors.keys() | (set() if is_model else self.node.arguments.keys())
        return bool(self.tensors) and all(name in there for name in needed)

    @property
    def refs(self) -> tuple[TensorRef, ...]:
        """The tensors that the call receives."""
        return tuple(
            ref
            for argument in self.tensors.values()
            for ref in ((argument,) if isinstance(argument, TensorRef) else argument)
        )

    @property
    def given(self) -> Iterator[Given]:
        """The arguments in the order in which they stand in the call.

        A model takes its tensors in one list, with None for an optional one that nothing gives;
        a layer its first tensor by place and everything else by name; a function what its
        signature begins with by place and the rest by name.
        """
        if self.entry.role is Role.MODEL:
            yield Given(None, self._model_inputs())
            for one in self.entry.call_parameters:
                if one.name in self.node.arguments:
                    yield Given(one.name, Constant(self.node.arguments[one.name]))
            return
        given: dict[str, Argument | Constant] = {**self.tensors}
        constants = sorted(self.node.arguments.items())
        given |= {name: Constant(value) for name, value in constants if name not in given}
        by_place = self._places()
        order = [*(name for name in by_place if name in given)]
        for name in [*order, *(name for name in given if name not in order)]:
            argument = given[name]
            unpacked = name in self._unpacked and isinstance(argument, tuple)
            if isinstance(argument, tuple) and unpacked:
                yield from (Given(None, ref) for ref in argument)
            else:
                yield Given(None if name in order else name, argument)

    def _model_inputs(self) -> TensorRef | tuple[Item, ...]:
        if len(self.entry.ports) == len(self.refs) == 1:
            return self.refs[0]
        given: dict[str, Item] = {port.name: Constant(None) for port in self.entry.ports}
        # No port of a model takes a list.
        given |= {name: one for name, one in self.tensors.items() if isinstance(one, TensorRef)}
        return tuple(given.values())

    def _places(self) -> tuple[str, ...]:
        """Return the names of the arguments that the call may give by place."""
        names = self.entry.signature or tuple(port.name for port in self.entry.ports[:1])
        there = self.tensors.keys() | self.node.arguments.keys()
        if any(name in self.tensors for name in self._unpacked):
            return names[: 1 + max(names.index(name) for name in self._unpacked)]
        required = {port.name for port in self.entry.ports if not port.optional}
        required |= {one.name for one in self.entry.call_parameters if one.required}
        place = next(
            (i for i, name in enumerate(names) if name not in required or name not in there),
            len(names),
        )
        return names[:place]

    @property
    def _unpacked(self) -> frozenset[str]:
        return frozenset(port.name for port in self.entry.ports if port.unpacked)


class HeadStep(msgspec.Struct, frozen=True):
    """Make a tensor an output of the model.

    Attributes:
        id: the node.
        node: what it holds.
        tensor: the output.
    """

    id: NodeId
    node: HeadNode
    tensor: TensorRef


class Plan(msgspec.Struct, frozen=True):
    """What to do to build a model, in order.

    Attributes:
        name: the model's name.
        inputs: the inputs in the order in which they were added.
        calls: the calls in an order in which each finds its tensors.
        heads: the outputs in the order in which they were added.
        is_nested: whether the model is used as a layer: it then gives its outputs in a list, or
            the only one as it is.
    """

    name: str
    inputs: tuple[InputStep, ...]
    calls: tuple[CallStep, ...]
    heads: tuple[HeadStep, ...]
    is_nested: bool = False

    @property
    def variables(self) -> Mapping[NodeId, str]:
        """The Python name of what each input and call gives."""
        inputs = {step.id: step.variable for step in self.inputs}
        return inputs | {step.id: step.variable for step in self.calls}

    @property
    def identifiers(self) -> Iterator[str]:
        """Every Python name in the function that makes the model."""
        yield from self.variables.values()
        yield from (step.layer_variable for step in self.calls if step.layer_variable)

    @property
    def nested(self) -> Iterator[CallStep]:
        """The calls that make a nested model, those inside of nested models first."""
        for step in self.calls:
            if step.inner is not None and step.first:
                yield from step.inner.nested
                yield step

    @property
    def trained_heads(self) -> tuple[HeadStep, ...]:
        """The outputs that have a loss."""
        return tuple(step for step in self.heads if step.node.loss is not None)
