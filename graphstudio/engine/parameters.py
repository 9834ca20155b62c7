"""What an argument of a Keras constructor holds, found from its default, its name and its text."""

import inspect
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.diagram.values import Value
from graphstudio.engine.keras_errors import KERAS_ERRORS

Family: TypeAlias = str

# Keras names an argument by what it takes, alone or as the end of a longer name.
_FAMILY_OF_NAME: Mapping[str, Family] = {
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "activation": "activations",
    "layer": "layers",
    "cell": "layers",
    "optimizer": "optimizers",
    "function": "functions",
}
# The same for arguments that take lists of objects; these have no longer names.
_FAMILY_OF_LIST: Mapping[str, Family] = {"layers": "layers", "cells": "layers"}
# What a text may say before it says what the argument is.
_LEAD = (
    r"(?:(?:an?|the|\(?optional\)?|python|positive|static|single|unsigned|strictly|possible|"
    r"list of)[ .,:]+)*"
)
# The first of these that the text begins with decides.
_KIND_OF_TEXT: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(f"{_LEAD}(?:{form})"), kind)
    for form, kind in (
        (r"bool|whether|if true", Kind.BOOLEAN),
        (r"axis or axes|axes\b|\w+ positions|((expected|new|output) )*shape\b", Kind.NUMBERS),
        (r"axis or tuple of axes|select a subset|(mean|variance) value\(s\)", Kind.NUMBERS),
        (r"position in the expanded axes|if axis is an integer", Kind.NUMBERS),
        (r"if an integer,.* if a 1-d array|number of repetitions", Kind.NUMBERS),
        (r"patch size (as )?int or tuple", Kind.NUMBERS),
        (r"by default, the index is into|if defined, the axis", Kind.INTEGER),
        (r"token that represents", Kind.TEXT),
        (r"axis\b|max(imum)? \w+ of|(desired )?(output )?number of", Kind.INTEGER),
        (r"(element )?index (to|of)|(height|width) of", Kind.INTEGER),
        (r"sequence of|(list|tuple)(/| or )(list|tuple)|length \w+ tuple", Kind.NUMBERS),
        (r"(tuple|list)s?( or \w+)? of (\w+ )?(int|float|number)", Kind.NUMBERS),
        (r"(\w+ )?int(eger)?s?( or|,|/)* ?(a |int )?(tuple|list)", Kind.NUMBERS),
        (r"float\w*,? (or|/) (a )?(tuple|list)|(tuple|list) of (two )?floats", Kind.NUMBERS),
        (r"(\w+ )?integer tensor representing the shape|(target )?shape|tuple", Kind.NUMBERS),
        (
            r"(\w+ )?int(eger)?\b|number of|size of|total number of|batch size|random seed",
            Kind.INTEGER,
        ),
        (r"(\w+ )?(float|number|scalar)\b|(minimum|maximum) value|value (to|limit)", Kind.NUMBER),
        (r"cut-?off|(absolute )?threshold", Kind.NUMBER),
        (r"(\w+ )?(string|str)\b|dtype|data type|(target |desired )+(data.)?type", Kind.TEXT),
        (r"equation|specifies the subscripts|(\w+ )?mode\b", Kind.TEXT),
    )
)
_QUOTED = re.compile(r"""["'`]{1,2}([a-z][a-z0-9_]*)["'`]{1,2}""")
_NONSENSE = "no_such_value"
# Two axes, sizes of a window along two axes, and the ends of a range.
_PAIRS = ((0, 1), (1, 2), (1, 1), (0.1, 0.2))
# A list of the values of an argument, as `- "avg" means that …`.
_LISTED = re.compile(r"""- ["'`]{1,2}([a-z][a-z0-9_]*)["'`]{1,2}(?: \(default\))?(?: means|:)""")


def parameter(
    one: inspect.Parameter, doc: str, owner: Callable[..., Any] | None = None
) -> Parameter:
    """Return the catalog's description of an argument.

    Args:
        one: the argument in its signature.
        doc: what the docstring says about it.
        owner: what takes it and nothing else, to be asked which values it accepts; none to ask
            nothing.
    """
    required = one.default is one.empty
    default = None if required else _plain(one.default)
    family, kind = _object(one.name) or (None, _kind(one, doc))
    counts = kind in {Kind.INTEGER, Kind.NUMBER}
    choices = _choices(one, doc, owner) if kind is Kind.TEXT else ()
    least, greatest = _limits(one, owner) if counts and owner else (None, None)
    return Parameter(
        name=one.name,
        kind=Kind.CHOICE if choices else kind,
        required=required,
        default=default,
        nullable=not required
        and (default is None or _says_none(one.name, doc) or _takes_none(one.name, doc, owner)),
        choices=choices,
        minimum=least,
        # A count's upper limit depends on other arguments; a share's does not.
        maximum=greatest if kind is Kind.NUMBER else None,
        family=family,
        doc=doc,
    )


def named_alike(entries: Iterable[Entry]) -> Callable[[Entry], Entry]:
    """Return a function that gives undescribed arguments the kind of those of the same name.

    Keras describes ``seed`` or ``data_format`` in most classes, and in some it does not.
    """
    votes: dict[str, Counter[tuple[Kind, tuple[str, ...]]]] = {}
    for entry in entries:
        for one in (*entry.parameters, *entry.call_parameters):
            if one.kind not in {Kind.ANY, Kind.OBJECT}:
                votes.setdefault(one.name, Counter())[one.kind, one.choices] += 1

    def settled(one: Parameter) -> Parameter:
        if one.kind is not Kind.ANY or one.name not in votes:
            return one
        (kind, choices), _ = votes[one.name].most_common(1)[0]
        return replace(one, kind=kind, choices=choices)

    def complete(entry: Entry) -> Entry:
        return replace(
            entry,
            parameters=tuple(settled(one) for one in entry.parameters),
            call_parameters=tuple(settled(one) for one in entry.call_parameters),
        )

    return complete


def takes_default(owner: Callable[..., Any], one: inspect.Parameter) -> bool:
    """Return whether something takes an argument that has a default.

    Many classes set an argument of their base class themselves, and refuse to be given it.
    """
    return one.default is not one.empty and _accepts(owner, one.name, one.default)


def or_several(one: Parameter, owner: Callable[..., Any]) -> Parameter:
    """Return an argument that is described as a number as numbers, if a list is taken as well.

    Args:
        one: the argument.
        owner: what takes it and nothing else. What it does not look at tells nothing.
    """
    taken = (_accepts(owner, one.name, pair) for pair in _PAIRS)
    if not any(taken) or _accepts(owner, one.name, _NONSENSE):
        return one
    return replace(one, kind=Kind.NUMBERS, minimum=None, maximum=None)


def _object(name: str) -> tuple[Family, Kind] | None:
    """Return which objects an argument of that name takes, and whether one or a list."""
    if name in _FAMILY_OF_LIST:
        return _FAMILY_OF_LIST[name], Kind.OBJECTS
    family = _FAMILY_OF_NAME.get(name.rpartition("_")[2])
    return (family, Kind.OBJECT) if family else None


def _says_none(name: str, doc: str) -> bool:
    """Return whether a text names None among the values."""
    return bool(re.search(rf"\b{name}=None\b|^(\w+, )?one of `?None\b", doc, re.IGNORECASE))


def _takes_none(name: str, doc: str, owner: Callable[..., Any] | None) -> bool:
    """Return whether None is taken where a text mentions it and not every value is taken."""
    if owner is None or "None" not in doc or _accepts(owner, name, _NONSENSE):
        return False
    return _accepts(owner, name, None)


def _kind(one: inspect.Parameter, doc: str) -> Kind:
    by_default = _kind_of_value(one.default)
    text = doc.lower().replace("`", "")
    by_text = next((kind for form, kind in _KIND_OF_TEXT if form.match(text)), None)
    if by_default is Kind.INTEGER and by_text in {Kind.NUMBER, Kind.NUMBERS}:
        return by_text
    return by_default or by_text or Kind.ANY


def _kind_of_value(value: object) -> Kind | None:
    kinds: tuple[tuple[type | tuple[type, ...], Kind], ...] = (
        (bool, Kind.BOOLEAN),
        (int, Kind.INTEGER),
        (float, Kind.NUMBER),
        (str, Kind.TEXT),
        ((tuple, list), Kind.NUMBERS),
    )
    return next((kind for types, kind in kinds if isinstance(value, types)), None)


def _choices(one: inspect.Parameter, doc: str, owner: Callable[..., Any] | None) -> tuple[str, ...]:
    """Return the texts that the documentation names, if they are all that fits."""
    named = list(dict.fromkeys(_QUOTED.findall(doc)))
    if isinstance(one.default, str) and one.default not in named:
        named.insert(0, one.default)
    if owner is None or _accepts(owner, one.name, _NONSENSE):
        # The constructor does not look: the text has to say `either "valid" or "same"`.
        says_all = re.search(r"one of|either|supported values|options|must be|\bor\b", doc.lower())
        accepted = [text for text in named if f'"{text}"' in doc] if says_all else []
        accepted = _LISTED.findall(doc) or accepted
    else:
        accepted = [text for text in named if _accepts(owner, one.name, text)]
    return tuple(accepted) if len(accepted) > 1 else ()


def _limits(one: inspect.Parameter, owner: Callable[..., Any]) -> tuple[int | None, int | None]:
    """Return the least and the greatest number around 0 to 1 that a constructor takes.

    Most arguments that have limits count something, from 0 or 1, or are shares, from 0 to 1.
    """
    taken = {number: _accepts(owner, one.name, number) for number in (-1, 0, 1, 2)}
    # What takes 0 and no 1 wants multiples of another argument.
    limited = taken[1] and not taken[-1]
    least = (0 if taken[0] else 1) if limited else None
    greatest = 1 if taken[1] and not taken[2] else None
    return least, greatest


def _accepts(owner: Callable[..., Any], name: str, value: object) -> bool:
    """Return whether a value is taken for an argument."""
    try:
        with warnings.catch_warnings(action="ignore"):
            owner(**{name: value})
    except KERAS_ERRORS:
        return False
    return True


def _plain(value: object) -> Value:
    """Return a default as a JSON value; none for what JSON cannot hold."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return None
