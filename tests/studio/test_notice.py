"""Notices: the newest in front, and a question until it is answered."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from graphstudio.studio.notice import NoticeBar
from graphstudio.studio.window import MainWindow


def press(bar: NoticeBar, title: str) -> None:
    buttons = [one for one in bar.findChildren(QPushButton) if one.text() == title]
    buttons[-1].click()


def test_a_notice_is_shown_until_it_is_dismissed(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.text == ""
    bar.say("The disk is full.")
    assert bar.text == "The disk is full."
    press(bar, "Dismiss")
    assert bar.text == ""


def test_the_newest_notice_takes_the_place_of_the_last(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.say("One.")
    bar.say("Two.")
    press(bar, "Dismiss")
    assert bar.text == ""


def test_a_question_comes_back_after_what_was_said_meanwhile(qtbot: QtBot) -> None:
    bar, answers = NoticeBar(), []
    qtbot.addWidget(bar)
    bar.say("Restore?", (("Restore", lambda: answers.append("yes")),))
    bar.say("The engine ended.")
    press(bar, "Dismiss")
    assert bar.text == "Restore?"
    press(bar, "Restore")
    assert answers == ["yes"]
    assert bar.text == ""


def test_what_went_well_has_no_warnings_mark(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    marks = [one for one in bar.findChildren(QLabel) if one.property("role") == "warning"]
    bar.say("Exported.", warns=False)
    assert [mark.isHidden() for mark in marks] == [True]
    bar.say("The disk is full.")
    assert [mark.isHidden() for mark in marks] == [False]


def test_a_notice_lies_over_what_is_there_and_pushes_nothing(window: MainWindow) -> None:
    window.resize(1600, 1000)
    QTest.qWait(10)
    before = window.start.geometry()
    window.notices.say("Exported.", warns=False)
    QTest.qWait(10)
    assert window.notices.isVisible()
    assert window.start.geometry() == before
    window.resize(900, 700)
    QTest.qWait(10)
    room = window.notices.parentWidget()
    assert room is not None
    assert room.rect().contains(window.notices.geometry())
