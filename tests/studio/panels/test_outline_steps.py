"""From one list of rows to another in few steps, with as many rows as can be left as they are."""

from hypothesis import given
from hypothesis import strategies as st

from graphstudio.studio.panels.outline_steps import steps

LISTS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def carried_out(before: list[str], after: list[str]) -> list[str]:
    gone, come = steps(before, after)
    made = list(before)
    for places in reversed(gone):
        del made[places.start : places.stop]
    for places in come:
        made[places.start : places.start] = [after[place] for place in places]
    return made


@given(LISTS, LISTS)
def test_the_steps_lead_from_one_list_to_the_other(before: list[str], after: list[str]) -> None:
    assert carried_out(before, after) == after


def test_equal_lists_need_no_step() -> None:
    assert steps("abc", "abc") == ([], [])


def test_neighbours_come_and_go_as_one_run() -> None:
    assert steps("abcdef", "abef") == ([range(2, 4)], [])
    assert steps("abef", "abcdef") == ([], [range(2, 4)])


def test_of_what_changes_places_as_little_as_can_be_moves() -> None:
    assert steps("abcdef", "bcdeaf") == ([range(1)], [range(4, 5)])
