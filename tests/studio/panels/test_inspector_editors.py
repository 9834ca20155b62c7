"""Editors take what a person commits, refuse what is no value, and are silent for programs."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.values import Value, make_object
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.choices import BooleanEditor, ChoiceEditor
from graphstudio.studio.panels.inspector.editors.dtypes import DtypeEditor
from graphstudio.studio.panels.inspector.editors.factory import editor_for
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from graphstudio.studio.theme import Theme

CATALOG = shipped_catalog()
Show = Callable[[Parameter], Editor]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    theme = Theme("dark")

    def make(parameter: Parameter) -> Editor:
        form = ParameterForm(
            [parameter], lambda one, depth: editor_for(one, CATALOG, theme, depth), theme
        )
        qtbot.addWidget(form)
        form.resize(280, 400)
        form.set_values({})
        with qtbot.waitExposed(form):
            form.show()
        return form.editor(parameter.name)

    return make


def committed(editor: Editor) -> list[Value]:
    values: list[Value] = []
    editor.value_changed.connect(values.append)
    return values


def type_into(editor: Editor, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    assert isinstance(editor, FieldEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, key)


def pick(editor: Editor, text: str) -> None:
    """Go to a choice with the arrow keys, as a hand would without opening the list."""
    assert isinstance(editor, ChoiceEditor | ObjectEditor)
    target = editor.box.findText(text)
    assert target >= 0, text
    if target == 0:
        QTest.keyClick(editor.box, Qt.Key.Key_Home)
        return
    editor.box.setCurrentIndex(target - 1)
    QTest.keyClick(editor.box, Qt.Key.Key_Down)


UNITS = Parameter(name="units", kind=Kind.INTEGER, required=True)
SEED = Parameter(name="seed", kind=Kind.INTEGER, nullable=True)
RATE = Parameter(name="rate", kind=Kind.NUMBER, default=0.5)
SIZE = Parameter(name="kernel_size", kind=Kind.NUMBERS, default=[1, 1])
PADDING = Parameter(name="padding", kind=Kind.CHOICE, default="valid", choices=("valid", "same"))
BIAS = Parameter(name="use_bias", kind=Kind.BOOLEAN, default=True)
TRAINING = Parameter(name="training", kind=Kind.BOOLEAN, nullable=True)
INITIALIZER = Parameter(
    name="kernel_initializer", kind=Kind.OBJECT, family="initializers", default="glorot_uniform"
)
REGULARIZER = Parameter(
    name="kernel_regularizer", kind=Kind.OBJECT, family="regularizers", nullable=True
)
ACTIVATION = Parameter(name="activation", kind=Kind.OBJECT, family="activations", nullable=True)
EVERY = (UNITS, SEED, RATE, SIZE, PADDING, BIAS, TRAINING, INITIALIZER, REGULARIZER, ACTIVATION)


@pytest.mark.parametrize("parameter", EVERY, ids=lambda parameter: parameter.name)
def test_what_a_program_sets_emits_nothing(show: Show, parameter: Parameter) -> None:
    editor = show(parameter)
    values = committed(editor)
    for value in (parameter.default, 3, [2, 2], "relu", True, None, make_object("keras.x.Y")):
        editor.set_value(value)
        assert editor.value == value
    assert values == []


def test_enter_commits_an_integer_once(show: Show) -> None:
    editor = show(UNITS)
    values = committed(editor)
    type_into(editor, "64")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert values == [64]


def test_text_that_is_no_integer_marks_the_field_and_keeps_the_value(show: Show) -> None:
    editor = show(UNITS)
    assert isinstance(editor, FieldEditor)
    editor.set_value(32)
    values = committed(editor)
    type_into(editor, "3.x")
    assert (values, editor.value) == ([], 32)
    assert editor.line.property("invalid") is True
    assert editor.line.toolTip() == "Expected a whole number; received '3.x'."


def test_escape_brings_the_old_text_back(show: Show) -> None:
    editor = show(UNITS)
    assert isinstance(editor, FieldEditor)
    editor.set_value(32)
    type_into(editor, "3.x", Qt.Key.Key_Escape)
    assert editor.line.text() == "32"
    assert editor.line.property("invalid") is False
    assert editor.line.toolTip() == ""


def test_the_arrow_keys_step_a_number(show: Show) -> None:
    editor = show(UNITS)
    assert isinstance(editor, FieldEditor)
    editor.set_value(32)
    values = committed(editor)
    QTest.keyClick(editor.line, Qt.Key.Key_Up)
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    assert values == [33, 32]


def test_a_blank_field_means_none_only_where_none_is_a_value(show: Show) -> None:
    for parameter, expected in ((SEED, [None]), (RATE, [])):
        editor = show(parameter)
        assert isinstance(editor, FieldEditor)
        editor.set_value(7)
        values = committed(editor)
        editor.line.selectAll()
        QTest.keyClick(editor.line, Qt.Key.Key_Delete)
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
        assert values == expected


def test_what_is_being_typed_survives_the_old_value_and_yields_to_another(show: Show) -> None:
    editor = show(UNITS)
    assert isinstance(editor, FieldEditor)
    editor.set_value(32)
    editor.line.selectAll()
    QTest.keyClicks(editor.line, "6")
    editor.set_value(32)
    assert editor.line.text() == "6"
    editor.set_value(48)
    assert editor.line.text() == "48"


def test_a_list_of_numbers_is_read_with_commas(show: Show) -> None:
    editor = show(SIZE)
    values = committed(editor)
    type_into(editor, "3, 5")
    assert values == [[3, 5]]


def test_a_choice_is_picked_with_the_keys(show: Show) -> None:
    editor = show(PADDING)
    values = committed(editor)
    pick(editor, "same")
    assert values == ["same"]


def test_the_wheel_changes_no_choice(show: Show) -> None:
    editor = show(PADDING)
    assert isinstance(editor, ChoiceEditor)
    wheel = QWheelEvent(
        QPointF(4, 4),
        editor.box.mapToGlobal(QPointF(4, 4)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.box, wheel)
    assert editor.value == "valid"


def test_space_toggles_a_boolean(show: Show) -> None:
    editor = show(BIAS)
    assert isinstance(editor, BooleanEditor)
    values = committed(editor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert values == [False]


def test_a_boolean_that_may_be_none_has_three_choices(show: Show) -> None:
    editor = show(TRAINING)
    assert isinstance(editor, ChoiceEditor)
    assert [editor.box.itemText(n) for n in range(3)] == ["none", "true", "false"]
    values = committed(editor)
    pick(editor, "true")
    assert values == [True]


def test_an_identifier_shows_its_class(show: Show) -> None:
    editor = show(INITIALIZER)
    assert isinstance(editor, ObjectEditor)
    assert editor.box.currentText() == "GlorotUniform"


def test_a_picked_class_is_an_object_and_a_picked_function_an_identifier(show: Show) -> None:
    for parameter, text, expected in (
        (REGULARIZER, "L2", make_object("keras.regularizers.L2")),
        (ACTIVATION, "relu", "relu"),
        (INITIALIZER, "HeNormal", make_object("keras.initializers.HeNormal")),
    ):
        editor = show(parameter)
        values = committed(editor)
        pick(editor, text)
        assert values == [expected]


def test_picking_the_class_of_the_default_gives_the_default(show: Show) -> None:
    editor = show(INITIALIZER)
    editor.set_value(make_object("keras.initializers.HeNormal"))
    values = committed(editor)
    pick(editor, "GlorotUniform")
    assert values == ["glorot_uniform"]


def test_the_expander_shows_the_arguments_of_the_class(show: Show) -> None:
    editor = show(REGULARIZER)
    assert isinstance(editor, ObjectEditor)
    assert not editor.expander.isVisible()
    editor.set_value(make_object("keras.regularizers.L2", {"l2": 0.1}))
    QTest.mouseClick(editor.expander, Qt.MouseButton.LeftButton)
    details = editor.details
    assert isinstance(details, ParameterForm)
    assert details.isVisible()
    values = committed(editor)
    type_into(details.editor("l2"), "0.25")
    assert values == [make_object("keras.regularizers.L2", {"l2": 0.25})]


def test_tab_goes_from_the_expander_to_the_arguments(show: Show) -> None:
    editor = show(REGULARIZER)
    assert isinstance(editor, ObjectEditor)
    editor.set_value(make_object("keras.regularizers.L1L2", {"l1": 0.1}))
    QTest.mouseClick(editor.expander, Qt.MouseButton.LeftButton)
    details = editor.details
    assert isinstance(details, ParameterForm)
    editor.expander.setFocus()
    focused = []
    for _ in range(3):
        QTest.keyClick(editor.window(), Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        focused.append(widget.accessibleName() if widget else "")
    assert focused == ["Reset l1 to its default", "l1", "l2"]


def test_an_argument_that_is_reset_leaves_the_object(show: Show) -> None:
    editor = show(REGULARIZER)
    assert isinstance(editor, ObjectEditor)
    editor.set_value(make_object("keras.regularizers.L1L2", {"l1": 0.5, "l2": 0.25}))
    QTest.mouseClick(editor.expander, Qt.MouseButton.LeftButton)
    values = committed(editor)
    assert isinstance(editor.details, ParameterForm)
    editor.details.reset.emit("l1")
    assert values == [make_object("keras.regularizers.L1L2", {"l2": 0.25})]


def test_a_class_that_needs_arguments_gets_some_and_opens(show: Show) -> None:
    layer = Parameter(name="layer", kind=Kind.OBJECT, family="layers", required=True)
    editor = show(layer)
    assert isinstance(editor, ObjectEditor)
    values = committed(editor)
    pick(editor, "GRU")
    assert values == [make_object("keras.layers.GRU", {"units": 32})]
    assert editor.details is not None
    assert editor.details.isVisible()


def test_a_value_that_nobody_knows_is_shown_as_it_is(show: Show) -> None:
    editor = show(REGULARIZER)
    assert isinstance(editor, ObjectEditor)
    editor.set_value(make_object("mine.Odd", {"a": 1}))
    assert editor.box.currentText() == "Odd"
    assert not editor.expander.isVisible()


DTYPE = Parameter(name="dtype", kind=Kind.TEXT, nullable=True, doc="Can also be a `DTypePolicy`.")
MIXED = make_object("keras.dtype_policies.DTypePolicy", {"name": "mixed_float16"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("float16", "float16"),
        ("mixed_bfloat16", "mixed_bfloat16"),
        ('DTypePolicy(name="mixed_float16")', MIXED),
        ('keras.dtype_policies.DTypePolicy(name="mixed_float16")', MIXED),
    ],
)
def test_a_dtype_or_a_policy_is_typed(show: Show, text: str, value: Value) -> None:
    editor = show(DTYPE)
    values = committed(editor)
    type_into(editor, text)
    assert values == [value]


@pytest.mark.parametrize(
    "text", ["16bit", "open('x')", "DTypePolicy('a')", "os.Path(a=1)", "A(a=b'')", "A(**{})", "{}"]
)
def test_what_is_no_dtype_is_refused_in_a_sentence(show: Show, text: str) -> None:
    editor = show(DTYPE)
    values = committed(editor)
    type_into(editor, text)
    assert values == []
    assert isinstance(editor.details, QLabel)
    assert editor.details.isVisible()
    assert editor.details.text().startswith("Expected a dtype or a policy, such as float32")
    assert editor.details.text().endswith(f"received {text!r}.")


def test_a_policy_is_shown_as_it_is_typed(show: Show) -> None:
    editor = show(DTYPE)
    assert isinstance(editor, DtypeEditor)
    editor.set_value(MIXED)
    assert editor.line.text() == "DTypePolicy(name='mixed_float16')"


def test_down_lists_the_dtypes_and_enter_takes_one(show: Show) -> None:
    editor = show(DTYPE)
    assert isinstance(editor, DtypeEditor)
    values = committed(editor)
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    popup = editor.line.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert values == ["mixed_float16"]
    assert not popup.isVisible()
