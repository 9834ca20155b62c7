"""The plan of a project's data: which functions of ``graphstudio.columns`` are called with what.

The engine carries the plan out, and the code generator writes it down, so that a run and its
script read the same samples.
"""

from collections.abc import Iterator, Mapping

from graphstudio.code.data_steps import (
    Argument,
    Call,
    Constant,
    DataPlan,
    Field,
    Fields,
    Given,
    Rows,
    Target,
)
from graphstudio.code.reading import reading, reading_in_pieces
from graphstudio.code.steps import Plan
from graphstudio.diagram.data import Data, Encoding, Missing, SplitBy, prepared
from graphstudio.diagram.diagram import HeadNode, InputNode
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project


def make_data_plan(project: Project, plan: Plan) -> DataPlan:
    """Return the plan of a project's data, which has a source.

    Args:
        project: the project.
        plan: the inputs and heads that take columns.

    Raises:
        ValueError: the project has no source.
    """
    data = project.data
    inputs = [step.node for step in plan.inputs if step.node.in_model]
    heads = [step.node for step in plan.trained_heads]
    fields = tuple(dict.fromkeys(_fields(data, [*inputs, *heads])))
    read = reading_in_pieces if data.on_disk else reading
    return DataPlan(
        read=read(data.source, fields),
        fields=fields,
        steps=tuple(_steps(data, [*inputs, *heads])),
        x={node.name: _values(data, node) for node in inputs},
        y={node.name: _values(data, node) for node in heads},
        weights=_weights(data, heads),
        split=_split(project),
        on_disk=data.on_disk and not isinstance(data.source, GeneratedSource),
    )


def column_of(node: InputNode | HeadNode) -> str:
    """Return the name of the column that an input or a head takes."""
    return node.column or node.name


def _fields(data: Data, takers: list[InputNode | HeadNode]) -> Iterator[str]:
    for node in takers:
        yield from prepared(data, column_of(node)).fields
    if data.split is not SplitBy.CHANCE:
        yield data.split_field


def _steps(data: Data, takers: list[InputNode | HeadNode]) -> Iterator[Call]:
    made = [prepared(data, name) for name in dict.fromkeys(map(column_of, takers))]
    for one in made:
        if one.others_missing and one.encoding is Encoding.AS_IS:
            yield Call("encoding.forget_infinite", (Fields(), Given(one.fields)))
        elif one.others_missing:
            forgotten = (Fields(), Given(one.fields[0]), Given(one.classes))
            yield Call("encoding.forget_others", forgotten)
    dropped = dict.fromkeys(
        field for one in made if one.missing is Missing.SKIP for field in one.fields
    )
    if dropped:
        yield Call("encoding.drop_missing", (Fields(), Given(tuple(dropped))))


def _values(data: Data, node: InputNode | HeadNode) -> Argument:
    one = prepared(data, column_of(node))
    fill = one.missing is Missing.FILL
    if len(one.fields) > 1:
        filled = {"fill": one.fill} if fill else {}
        return Call("encoding.stack", (Fields(), Given(one.fields)), filled)
    values: Argument = Field(one.fields[0])
    if fill:
        values = Call("encoding.filled", (values, Given(one.fill)))
    if one.encoding is not Encoding.AS_IS:
        function = "class_index" if one.encoding is Encoding.INDEX else "one_hot"
        return Call(f"encoding.{function}", (values, Given(one.classes)))
    if one.missing is Missing.MASK:
        return Call("encoding.filled", (values, Given(0)))
    return values


def _weights(data: Data, heads: list[HeadNode]) -> Mapping[str, Argument]:
    """Return how samples count; Keras takes weights for all heads or for none."""
    counted = {head.name: _weight(data, head) for head in heads}
    return counted if any(head.class_weights or is_masked(data, head) for head in heads) else {}


def is_masked(data: Data, head: HeadNode) -> bool:
    """Return whether samples without a label count nothing for a head."""
    return prepared(data, column_of(head)).missing is Missing.MASK


def _weight(data: Data, head: HeadNode) -> Argument:
    raw = Field(prepared(data, column_of(head)).fields[0])
    by_class = {int(number): weight for number, weight in head.class_weights.items()}
    known = Call("encoding.present", (raw,))
    return Call("encoding.weigh", (known, Target(head.name), Given(by_class)))


def _split(project: Project) -> Call:
    data = project.data
    share, seed = Constant("VALIDATION", data.validation), Constant("SEED", project.training.seed)
    field = Field(data.split_field)
    match data.split:
        case SplitBy.CHANCE:
            return Call("splitting.split_by_chance", (Rows(), share, seed))
        case SplitBy.CLASS:
            return Call("splitting.split_by_class", (field, share, seed))
        case SplitBy.GROUP:
            return Call("splitting.split_by_group", (field, share, seed))
        case SplitBy.TIME:
            return Call("splitting.split_by_time", (field, share, seed))
        case SplitBy.GIVEN:
            return Call("splitting.split_as_given", (field, Given(data.split_value), seed))
