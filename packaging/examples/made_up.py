"""Data that rules make, for models whose real data cannot ship; unlike noise, it can be learnt.

The files' names begin with ``generated-``, except for the dates, which are facts.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from examples.arrays import Arrays

_DATES = 3000
# Written out, since what the system calls months depends on where it runs.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Of the characters of an ISO date: what begins one, then the digits, then the hyphen.
_START, _ZERO, _HYPHEN = 1, 2, 12

_RATINGS, _USERS, _FILMS, _TASTES = 6000, 200, 120, 3

_TICKETS = 1500
_DEPARTMENTS: Mapping[str, Sequence[str]] = {
    "billing": ("invoice", "refund", "payment", "receipt", "discount"),
    "shipping": ("parcel", "delivery", "courier", "address", "package"),
    "support": ("password", "error", "screen", "update", "login"),
    "sales": ("offer", "licence", "upgrade", "quote", "catalogue"),
}
_URGENT = ("immediately", "urgent", "today", "twice", "blocked")
_CALM = ("sometime", "question", "whenever", "wondering", "maybe")
_FILLER = (
    "hello", "please", "the", "my", "about", "is", "since", "monday", "with", "your", "team",
    "order", "and", "it", "was", "thanks", "account", "we", "need", "help",
)  # fmt: skip
_TAGS = 12


def dates() -> Arrays:
    """Return dates in words (text), as ISO characters (iso), those so far, and the month from 0."""
    random = np.random.default_rng(0)
    first = date(1900, 1, 1)
    days = [first + timedelta(days=int(n)) for n in random.integers(60_000, size=_DATES)]
    iso = np.array([[_character(one) for one in day.isoformat()] for day in days], "int32")
    start = np.full((_DATES, 1), _START, "int32")
    return {
        "text": np.array([_in_words(day, int(random.integers(4))) for day in days]),
        "iso": iso,
        "iso_so_far": np.hstack([start, iso[:, :-1]]),
        "month": np.array([day.month - 1 for day in days], "int32"),
    }


def _character(one: str) -> int:
    return _HYPHEN if one == "-" else _ZERO + int(one)


def _in_words(day: date, form: int) -> str:
    month = _MONTHS[day.month - 1]
    return (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    )[form]


def generated_ratings() -> Arrays:
    """Return ratings from 1 to 5 by users whose tastes meet the traits of films."""
    random = np.random.default_rng(0)
    tastes, traits = (random.normal(size=(count, _TASTES)) for count in (_USERS, _FILMS))
    user, film = (random.integers(count, size=_RATINGS) for count in (_USERS, _FILMS))
    liking = (tastes[user] * traits[film]).sum(axis=1) + random.normal(0, 0.3, _RATINGS)
    return {
        "user": user[:, np.newaxis].astype("int32"),
        "film": film[:, np.newaxis].astype("int32"),
        "rating": np.clip(np.round(3 + liking), 1, 5)[:, np.newaxis].astype("float32"),
    }


def generated_tickets() -> Arrays:
    """Return tickets of customers: title, body and tags tell how urgent they are, and for whom."""
    random = np.random.default_rng(0)
    department = random.integers(len(_DEPARTMENTS), size=_TICKETS)
    priority = random.integers(2, size=_TICKETS)
    topics = [list(_DEPARTMENTS.values())[one] for one in department]
    moods = [_URGENT if one else _CALM for one in priority]
    titles = [_words(random, [*topic, *_FILLER], 4) for topic in topics]
    bodies = [
        _words(random, [*topic, *mood, *_FILLER], 16)
        for topic, mood in zip(topics, moods, strict=True)
    ]
    tags = random.random((_TICKETS, _TAGS)) < 0.1
    tags[np.arange(_TICKETS), department] |= random.random(_TICKETS) < 0.7
    return {
        "title": np.array(titles),
        "body": np.array(bodies),
        "tags": tags.astype("float32"),
        "priority": priority[:, np.newaxis].astype("float32"),
        "department": department.astype("int32"),
    }


def _words(random: np.random.Generator, words: Sequence[str], count: int) -> str:
    return " ".join(random.choice(words, count))


# What makes each file of data, by its name.
MADE_UP: Mapping[str, Callable[[], Arrays]] = {
    "dates": dates,
    "generated-ratings": generated_ratings,
    "generated-tickets": generated_tickets,
}
