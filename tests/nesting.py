"""Diagrams with models used as layers, for tests."""

from graphstudio.diagram.diagram import HeadNode, InputNode, Layer
from tests.code.projects import diagram, layer


def encoder() -> Layer:
    """Return a nested model of one input and one output, 12 → 4."""
    inner = diagram(
        "encoder",
        {
            "e_in": InputNode(name="features", config={"shape": [12]}),
            "e_dense": layer("Dense", "e_dense", units=4),
            "e_out": HeadNode(name="code"),
        },
        ("e_in e_dense", "e_dense e_out"),
    )
    return Layer(class_name="keras.Model", name="encoder", diagram=inner)


def swap() -> Layer:
    """Return a nested model of two inputs and two outputs: a sum and a difference."""
    inner = diagram(
        "swap",
        {
            "s_a": InputNode(name="a", config={"shape": [4]}),
            "s_b": InputNode(name="b", config={"shape": [4]}),
            "s_add": layer("Add", "s_add"),
            "s_sub": layer("Subtract", "s_sub"),
            "s_sum": HeadNode(name="sum"),
            "s_diff": HeadNode(name="difference"),
        },
        ("s_a s_add", "s_b s_add", "s_a s_sub", "s_b s_sub", "s_add s_sum", "s_sub s_diff"),
    )
    return Layer(class_name="keras.Model", name="swap", diagram=inner)
