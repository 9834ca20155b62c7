"""Own classes and functions are known from their source, which is never run for it."""

import pytest

from graphstudio.catalog.entries import Entry, Kind, Role
from graphstudio.catalog.own_code import CodeError, own_entries, own_names, uses_own, with_own
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import Layer
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import make_object
from tests.code.projects import layer
from tests.diagrams import chain
from tests.own_code import CODE, own

CATALOG = shipped_catalog()


def read(code: str) -> dict[str, Entry]:
    return {path.removeprefix("own."): one for path, one in own_entries(code, CATALOG).items()}


def layer_of(*lines: str, base: str = "keras.layers.Layer") -> Entry:
    """Return the entry of a class with these lines in its body."""
    body = "\n".join(f"    {line}" for line in lines)
    return read(f"import keras\nclass Mine({base}):\n{body}\n")["Mine"]


def kinds(entry: Entry) -> dict[str, Kind]:
    return {one.name: one.kind for one in entry.parameters}


def test_reading_a_source_runs_nothing_of_it() -> None:
    code = "raise SystemExit('it ran')\nclass Mine:\n    def call(self, x): return x\n"
    assert read(code)["Mine"].ports[0].name == "x"


def test_a_class_with_a_call_is_a_layer_and_its_docstring_says_what_it_does() -> None:
    scale = read(CODE)["Scale"]
    assert scale.role is Role.LAYER
    assert [port.name for port in scale.ports] == ["inputs"]
    assert [one.name for one in scale.call_parameters] == ["training"]
    assert scale.summary == "Multiplies what it gets."
    assert "It learns by how much." in scale.doc


def test_parameters_have_the_kinds_that_annotations_defaults_and_names_say() -> None:
    entry = layer_of(
        "def __init__(self, width: int, rate=0.5, wide=False, title='x', sizes=(1, 2),",
        "             depth: 'int | None' = None, hidden_activation='relu', padding=None,",
        "             kernel_initializer=keras.initializers.Zeros()): pass",
        "def call(self, x): return x",
    )
    assert kinds(entry) == {
        "width": Kind.INTEGER,
        "rate": Kind.NUMBER,
        "wide": Kind.BOOLEAN,
        "title": Kind.TEXT,
        "sizes": Kind.NUMBERS,
        "depth": Kind.INTEGER,
        "hidden_activation": Kind.OBJECT,
        "padding": Kind.CHOICE,
        "kernel_initializer": Kind.OBJECT,
    }
    width, rate, *_ = entry.parameters
    assert width.required
    assert (rate.required, rate.default) == (False, 0.5)
    assert entry.parameters[-1].family == "initializers"
    assert entry.parameter("kernel_initializer") == entry.parameters[-1]


def test_an_annotation_says_none_and_the_texts_of_a_choice() -> None:
    entry = layer_of(
        "def __init__(self, units: int | None = 3, mode: Literal['a', 'b'] = 'a'): pass",
        "def call(self, x): return x",
    )
    units, mode = entry.parameters
    assert (units.kind, units.nullable) == (Kind.INTEGER, True)
    assert (mode.kind, mode.choices) == (Kind.CHOICE, ("a", "b"))


def test_keywords_that_are_handed_on_add_what_every_layer_takes() -> None:
    handing = layer_of("def __init__(self, **kwargs): pass", "def call(self, x): return x")
    keeping = layer_of("def __init__(self): pass", "def call(self, x): return x")
    assert {"trainable", "dtype"} <= kinds(handing).keys()
    assert (handing.named, keeping.named) == (True, False)
    assert keeping.parameters == ()


def test_a_subclass_has_the_arguments_and_ports_of_its_base_in_keras() -> None:
    dense = CATALOG.layers["keras.layers.Dense"]
    entry = layer_of("pass", base="keras.layers.Dense")
    assert entry.parameters == dense.parameters
    assert entry.ports == dense.ports


def test_a_subclass_has_the_call_of_its_base_in_the_same_source() -> None:
    found = read(f"{CODE}\nclass Twice(Scale):\n    pass\n")
    assert found["Twice"].ports == found["Scale"].ports
    assert found["Twice"].parameters == found["Scale"].parameters


def test_call_arguments_that_may_be_none_are_ports_and_plain_values_are_not() -> None:
    entry = layer_of("def call(self, x, mask=None, training=None, n=2, label='a'): return x")
    assert [(port.name, port.optional) for port in entry.ports] == [("x", False), ("mask", True)]
    assert [one.name for one in entry.call_parameters] == ["training", "n", "label"]


@pytest.mark.parametrize(
    "lines",
    [
        ("def call(self, tensors: list): return tensors[0]",),
        ("def call(self, inputs):", "    query, key = inputs", "    return query"),
    ],
)
def test_a_list_of_tensors_is_one_port_for_several(lines: tuple[str, ...]) -> None:
    (port,) = layer_of(*lines).ports
    assert port.variadic


def test_losses_and_metrics_stand_in_configurations_alone() -> None:
    code = (
        "import keras\nfrom keras.losses import Loss\n"
        "class Gap(Loss):\n    def call(self, y_true, y_pred): return 0\n"
        "class Count(keras.Metric):\n    pass\n"
    )
    found = read(code)
    assert found["Gap"].category == "losses"
    assert found["Count"].category == "metrics"
    assert not with_own(CATALOG, code).callables.keys() & {"own.Gap", "own.Count"}
    assert with_own(CATALOG, code).names_object("own.Gap")


def test_a_function_is_called_on_the_arguments_that_have_no_plain_default() -> None:
    halve = read(CODE)["halve"]
    assert halve.role is Role.FUNCTION
    assert [port.name for port in halve.ports] == ["inputs"]
    assert [(one.name, one.default) for one in halve.call_parameters] == [("by", 2.0)]
    assert halve.signature == ("inputs", "by")


def test_names_that_begin_with_an_underscore_are_nobody_elses() -> None:
    assert own_names(CODE) == {"Scale", "gap", "halve"}
    assert "own._hidden" not in with_own(CATALOG, CODE).entries


def test_a_source_that_is_no_python_says_the_line_and_adds_nothing() -> None:
    with pytest.raises(CodeError, match=r"Line 2 of the project's own code is no Python") as caught:
        own_entries("x = 1\ny = = 2\n", CATALOG)
    assert caught.value.line == 2
    assert with_own(CATALOG, "x = = 1") == CATALOG


def test_another_source_takes_the_place_of_the_one_before() -> None:
    first = with_own(CATALOG, CODE)
    second = with_own(first, "def other(x): return x\n")
    assert second.own.keys() == {"own.other"}
    assert with_own(second, "") == CATALOG


def test_a_project_uses_its_code_where_a_layer_or_an_object_names_it() -> None:
    by_layer = Project(diagram=chain(own("a", "Scale")), code=CODE)
    by_object = Project(diagram=chain(layer("Dense", "a"), loss=make_object("own.gap")), code=CODE)
    deep = Layer(class_name="keras.Model", name="m", diagram=by_layer.diagram)
    assert uses_own(by_layer)
    assert uses_own(by_object)
    assert uses_own(Project(diagram=chain(deep)))
    assert not uses_own(Project(diagram=chain(layer("Dense", "a")), code=CODE))
