"""A layer of another class keeps its name, its wires and its parameters where they fit."""

from msgspec.structs import replace

from graphstudio.catalog.replacing import replace_layers
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.class_checks import check_classes
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Use,
)
from graphstudio.diagram.values import Value
from tests.code.projects import diagram, layer
from tests.nesting import encoder

CATALOG = shipped_catalog()
N = NodeId("n")


def around(*layers: Layer, port: str = "inputs") -> Diagram:
    """Return x, and y after it, → the first layer → out."""
    return diagram(
        "m",
        {
            "x": InputNode(name="x", config={"shape": [8, 8, 3]}),
            "y": InputNode(name="y", config={"shape": [8, 8, 3]}),
            "n": layers[0],
            "out": HeadNode(name="out"),
        },
        (f"x n:{port}", "n out"),
    )


def replaced(drawn: Diagram, path: str) -> tuple[Diagram, tuple[str, ...]]:
    return replace_layers(drawn, [N], path, CATALOG)


def ends(drawn: Diagram) -> list[str]:
    return [f"{one.source} {one.port}[{one.order}]" for one in drawn.incoming[N]]


def test_a_convolution_becomes_a_separable_one_with_all_that_it_had() -> None:
    config: dict[str, Value] = {
        "filters": 32,
        "kernel_size": [3, 3],
        "strides": [2, 2],
        "padding": "same",
    }
    before = around(layer("Conv2D", "conv", **config, activation="relu"))
    after, dropped = replaced(before, "keras.layers.SeparableConv2D")

    made = after.layers[LayerId("n")]
    assert (made.class_name, made.name) == ("keras.layers.SeparableConv2D", "conv")
    assert made.config == {**config, "activation": "relu"}
    assert after.wires == before.wires
    assert dropped == ()


def test_a_name_that_was_the_classs_becomes_that_of_the_new_one() -> None:
    after, _ = replaced(around(layer("Dense", "dense_2", units=4)), "keras.layers.EinsumDense")

    assert after.layers[LayerId("n")].name == "einsum_dense"


def test_what_the_new_class_does_not_take_is_dropped_and_said() -> None:
    before = around(layer("Conv2D", "conv", filters=8, kernel_size=[3, 3], activation="relu"))
    after, dropped = replaced(before, "keras.layers.Dense")

    assert after.layers[LayerId("n")].config == {"units": 32, "activation": "relu"}
    assert dropped == ("filters", "kernel_size")


def test_a_model_that_is_drawn_here_is_dropped_with_a_word_about_what_is_inside() -> None:
    drawn = around(encoder(), port="features")
    after, dropped = replaced(drawn, "keras.layers.Dense")

    assert after.layers[LayerId("n")].diagram is None
    assert dropped == ("what is drawn inside of 'encoder'",)


def test_a_choice_that_the_new_class_lacks_is_dropped() -> None:
    before = around(layer("Conv1D", "conv", filters=8, kernel_size=[3], padding="causal"))
    after, dropped = replaced(before, "keras.layers.Conv2D")

    assert after.layers[LayerId("n")].config == {"filters": 8, "kernel_size": [3, 3]}
    assert dropped == ("padding",)


def test_a_port_of_another_name_takes_the_wire_and_an_optional_one_no_other() -> None:
    before = around(layer("LSTM", "lstm", units=4), port="sequences")
    after, dropped = replaced(before, "keras.layers.Dense")

    assert ends(after) == ["x inputs[0]"]
    assert after.layers[LayerId("n")].config == {"units": 4}
    assert dropped == ()


def test_a_list_goes_to_the_ports_of_a_function_and_back() -> None:
    both = around(layer("Add", "sum"))
    both = diagram_with_y(both, "inputs", 1)
    function, dropped = replaced(both, "keras.ops.subtract")

    assert ends(function) == ["x x1[0]", "y x2[0]"]
    assert dropped == ()
    assert check_classes(function, CATALOG) == ()
    back, _ = replaced(function, "keras.layers.Concatenate")
    assert ends(back) == ["x inputs[0]", "y inputs[1]"]


def test_a_tensor_for_which_there_is_no_port_is_dropped_and_said() -> None:
    both = diagram_with_y(around(layer("Add", "sum")), "inputs", 1)
    after, dropped = replaced(both, "keras.layers.Dense")

    assert ends(after) == ["x inputs[0]"]
    assert dropped == ("the wire from y",)


def test_a_shared_layer_is_replaced_for_all_its_calls() -> None:
    before = around(layer("Dense", "same", units=3))
    nodes = {**before.nodes, NodeId("again"): CallNode(layer=LayerId("n"))}
    after, _ = replace_layers(replace(before, nodes=nodes), [N], "keras.layers.ReLU", CATALOG)

    assert {after.name_of(node) for node in (N, NodeId("again"))} == {"same"}
    assert {layer.class_name for layer in after.layers.values()} == {"keras.layers.ReLU"}


def test_an_argument_of_a_function_becomes_a_parameter_of_a_layer() -> None:
    before = around(Layer(class_name="keras.ops.concatenate", name="both"), port="xs")
    call = CallNode(layer=LayerId("n"), arguments={"axis": 1})
    before = replace(before, nodes={**before.nodes, N: call})
    after, dropped = replaced(before, "keras.layers.Concatenate")

    assert after.layers[LayerId("n")].config == {"axis": 1}
    assert after.nodes[N] == CallNode(layer=LayerId("n"))
    assert dropped == ()


def test_a_bypassed_call_stays_bypassed() -> None:
    before = around(layer("Dense", "d", units=3))
    call = CallNode(layer=LayerId("n"), use=Use.BYPASSED)
    after, _ = replaced(replace(before, nodes={**before.nodes, N: call}), "keras.layers.ReLU")

    assert after.nodes[N] == call


def diagram_with_y(drawn: Diagram, port: str, order: int) -> Diagram:
    wire = replace(next(iter(drawn.wires.values())), source=NodeId("y"), port=port, order=order)
    return replace(drawn, wires={**drawn.wires, "y": wire})


def test_a_window_over_one_axis_is_a_number() -> None:
    before = around(layer("Conv2D", "conv", filters=8, kernel_size=[3, 3]))
    after, _ = replaced(before, "keras.layers.Conv1D")

    assert after.layers[LayerId("n")].config["kernel_size"] == 3
