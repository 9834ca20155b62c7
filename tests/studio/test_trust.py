"""Code is agreed to by this user, for what it says, and not by the project."""

import pytest
from PySide6.QtWidgets import QApplication

from graphstudio.places import trusted_code_file
from graphstudio.studio.trust import Trust


@pytest.fixture
def trust(qapp: QApplication) -> Trust:
    del qapp
    return Trust()


def test_code_may_not_run_until_it_is_agreed_to(trust: Trust) -> None:
    assert not trust.allows("print(1)")
    trust.agree("print(1)")
    assert trust.allows("print(1)")
    assert not trust.allows("print(2)")


def test_no_code_needs_no_agreement(trust: Trust) -> None:
    assert trust.allows("")
    assert trust.allows("\n  \n")


def test_an_agreement_holds_at_the_next_start_and_can_be_withdrawn(trust: Trust) -> None:
    trust.agree("print(1)")
    assert Trust().allows("print(1)")
    trust.withdraw("print(1)")
    assert not trust.allows("print(1)")
    assert not Trust().allows("print(1)")


def test_what_changes_is_told_once(trust: Trust) -> None:
    told: list[bool] = []
    trust.changed.connect(lambda: told.append(True))
    trust.agree("print(1)")
    trust.agree("print(1)")
    assert told == [True]


def test_an_agreement_that_cannot_be_kept_holds_until_the_end_and_is_said(trust: Trust) -> None:
    said: list[str] = []
    trust.failed.connect(said.append)
    trusted_code_file().parent.parent.mkdir(parents=True, exist_ok=True)
    trusted_code_file().parent.write_text("no folder")
    trust.agree("print(1)")
    assert trust.allows("print(1)")
    assert len(said) == 1
    assert "cannot be written" in said[0]
