"""Favourites and what was used lately are kept from start to start."""

from pytestqt.qtbot import QtBot

from graphstudio.studio.kept_entries import KeptEntries

DENSE, GRU = "keras.layers.Dense", "keras.layers.GRU"


def test_what_was_used_last_comes_first_and_once() -> None:
    kept = KeptEntries()
    for path in (DENSE, GRU, DENSE):
        kept.use(path)
    assert kept.recent == (DENSE, GRU)
    assert KeptEntries().recent == (DENSE, GRU)


def test_what_was_used_long_ago_is_forgotten() -> None:
    kept = KeptEntries()
    kept.use(GRU)
    for number in range(20):
        kept.use(f"keras.layers.Other{number}")
    assert GRU not in kept.recent


def test_a_star_is_given_taken_away_and_remembered(qtbot: QtBot) -> None:
    kept = KeptEntries()
    assert kept.favourites == ()
    with qtbot.waitSignal(kept.changed):
        kept.toggle(GRU)
    kept.toggle(DENSE)
    assert KeptEntries().favourites == (GRU, DENSE)
    kept.toggle(GRU)
    assert KeptEntries().favourites == (DENSE,)


def test_a_star_that_another_window_gave_is_not_lost() -> None:
    one, other = KeptEntries(), KeptEntries()
    one.toggle(GRU)
    other.toggle(DENSE)
    assert KeptEntries().favourites == (GRU, DENSE)
