"""A call gets its arguments as its author would write them."""

import pytest
from msgspec.structs import replace

from graphstudio.catalog.entries import Entry, Kind, Parameter, Port, Role
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.model_source import model_functions
from graphstudio.code.plan import make_plan
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, Layer, LayerId
from graphstudio.diagram.values import Value, make_object
from tests.code.projects import diagram

EINSUM = Entry(
    path="keras.ops.einsum",
    role=Role.FUNCTION,
    ports=(Port(name="operands", variadic=True, unpacked=True),),
    call_parameters=(Parameter(name="subscripts", kind=Kind.TEXT, required=True),),
    signature=("subscripts", "operands"),
)
WHERE = Entry(
    path="keras.ops.where",
    role=Role.FUNCTION,
    ports=(Port(name="condition"), Port(name="x1", optional=True), Port(name="x2", optional=True)),
    signature=("condition", "x1", "x2"),
)
RESHAPE = Entry(
    path="keras.ops.reshape",
    role=Role.FUNCTION,
    ports=(Port(name="x"),),
    call_parameters=(
        Parameter(name="newshape", kind=Kind.NUMBERS, required=True),
        Parameter(name="order", kind=Kind.TEXT),
    ),
    signature=("x", "newshape", "order"),
)
JOIN = Entry(
    path="keras.ops.concatenate",
    role=Role.FUNCTION,
    ports=(Port(name="xs", variadic=True),),
    call_parameters=(Parameter(name="axis", kind=Kind.INTEGER),),
    signature=("xs", "axis"),
)
FUNCTIONS = {entry.path: entry for entry in (EINSUM, WHERE, RESHAPE, JOIN)}
CATALOG = replace(shipped_catalog(), functions=FUNCTIONS)


def call_line(path: str, arguments: dict[str, Value], *wires: str) -> str:
    """Return the line that calls a function on the inputs a and b, wired as told."""
    used = [wire.split()[0] for wire in wires]
    inputs = {name: InputNode(name=name, config={"shape": [4]}) for name in used}
    drawn: Diagram = diagram(
        "small",
        {**inputs, "f": Layer(class_name=path, name="f"), "y": HeadNode(name="y")},
        (*wires, "f y"),
    )
    drawn = replace(
        drawn,
        nodes={**drawn.nodes, "f": CallNode(layer=LayerId("f"), arguments=arguments)},
    )
    (source,) = model_functions(make_plan(drawn, CATALOG), CATALOG)
    return next(line.strip() for line in source.splitlines() if line.strip().startswith("f = "))


@pytest.mark.parametrize(
    ("path", "arguments", "wires", "line"),
    [
        (
            "einsum",
            {"subscripts": "bi,bj->bij"},
            ("a f:operands", "b f:operands"),
            'einsum("bi,bj->bij", a, b)',
        ),
        ("where", {"x2": 0.0}, ("a f:condition", "b f:x1"), "where(a, x1=b, x2=0.0)"),
        ("reshape", {"newshape": [2, 2]}, ("a f:x",), "reshape(a, (2, 2))"),
        (
            "reshape",
            {"newshape": [2, 2], "order": "F"},
            ("a f:x",),
            'reshape(a, (2, 2), order="F")',
        ),
        ("concatenate", {"axis": -1}, ("a f:xs", "b f:xs"), "concatenate([a, b], axis=-1)"),
        (
            "where",
            {"x2": make_object("numpy.array", {"object": [[1, 2.5]], "dtype": "float32"})},
            ("a f:condition", "b f:x1"),
            'where(a, x1=b, x2=np.array([[1, 2.5]], dtype="float32"))',
        ),
        (
            "reshape",
            {"newshape": make_object("slice", {"start": None, "stop": 3, "step": None})},
            ("a f:x",),
            "reshape(a, slice(None, 3, None))",
        ),
    ],
)
def test_a_function_is_called_in_the_order_of_its_signature(
    path: str, arguments: dict[str, Value], wires: tuple[str, ...], line: str
) -> None:
    assert call_line(f"keras.ops.{path}", arguments, *wires) == f"f = keras.ops.{line}"
