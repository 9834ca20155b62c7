"""From a parameter to its editor."""

import math

from graphstudio.catalog.entries import Catalog, Kind, Parameter
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.choices import boolean_editor, choice_editor
from graphstudio.studio.panels.inspector.editors.dtypes import DtypeEditor
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.indices import IndexNotation
from graphstudio.studio.panels.inspector.editors.notation import (
    IntegerNotation,
    JsonNotation,
    Notation,
    NumberNotation,
    TextNotation,
    limits_in_words,
)
from graphstudio.studio.panels.inspector.editors.numbers import numbers_notation
from graphstudio.studio.panels.inspector.editors.object_lists import ObjectListEditor
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from graphstudio.studio.theme import Theme


def editor_for(parameter: Parameter, catalog: Catalog, theme: Theme, depth: int = 0) -> Editor:
    """Return the editor that suits a parameter's kind.

    Args:
        parameter: what is edited.
        catalog: where the classes of an object come from.
        theme: colours of the icons.
        depth: how many objects the parameter lies in.
    """
    if parameter.kind is Kind.BOOLEAN:
        return boolean_editor(parameter)
    if parameter.kind is Kind.CHOICE:
        return choice_editor(parameter)
    if parameter.kind in {Kind.OBJECT, Kind.OBJECTS}:
        editor = ObjectEditor if parameter.kind is Kind.OBJECT else ObjectListEditor
        return editor(
            parameter, catalog, theme, lambda one, at: editor_for(one, catalog, theme, at), depth
        )
    if parameter.name.endswith("dtype") and parameter.kind in {Kind.TEXT, Kind.ANY}:
        return DtypeEditor(parameter, theme)
    if parameter.name == "key" and parameter.kind is Kind.ANY:
        return FieldEditor(parameter, IndexNotation())
    return FieldEditor(parameter, _notation(parameter))


def _notation(parameter: Parameter) -> Notation:
    notations: dict[Kind, Notation] = {
        Kind.INTEGER: IntegerNotation(minimum=parameter.minimum, maximum=parameter.maximum),
        Kind.NUMBER: _limited(parameter),
        Kind.TEXT: TextNotation(blank=not parameter.required),
        Kind.NUMBERS: numbers_notation(parameter.name),
    }
    return notations.get(parameter.kind, JsonNotation())


def _limited(parameter: Parameter) -> NumberNotation:
    least = -math.inf if parameter.minimum is None else parameter.minimum
    greatest = math.inf if parameter.maximum is None else parameter.maximum
    return NumberNotation(
        "a number" + limits_in_words(parameter.minimum, parameter.maximum),
        lambda number: math.isfinite(number) and least <= number <= greatest,
    )
