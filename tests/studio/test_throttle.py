"""A throttle answers every request, and a burst of them once."""

from pytestqt.qtbot import QtBot

from graphstudio.studio.throttle import Throttle


def test_a_burst_costs_one_call_and_never_inside_the_request(qtbot: QtBot) -> None:
    calls: list[None] = []
    throttle = Throttle(lambda: calls.append(None), 20)
    for _ in range(100):
        throttle.request()
    assert calls == []
    qtbot.waitUntil(lambda: len(calls) == 1, timeout=1000)
    qtbot.wait(60)
    assert len(calls) == 1


def test_a_later_request_waits_for_the_interval_and_is_answered(qtbot: QtBot) -> None:
    calls: list[None] = []
    throttle = Throttle(lambda: calls.append(None), 200)
    throttle.request()
    qtbot.waitUntil(lambda: len(calls) == 1, timeout=1000)
    throttle.request()
    qtbot.wait(60)
    assert len(calls) == 1
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=1000)
