"""Looks that wait for somebody else keep nothing waiting."""

from __future__ import annotations

import threading

import pytest

from monitor.collect.source import Look
from monitor.errors import SourceUnavailable
from monitor.pipeline.intake.errands import AT_ONCE, Errands


class Slow:
    """A source that answers when it is let."""

    def __init__(self, found: Look | Exception) -> None:
        self._found = found
        self._may = threading.Event()

    def look(self) -> Look:
        self._may.wait()
        if isinstance(self._found, Exception):
            raise self._found
        return self._found

    def let(self) -> None:
        self._may.set()


class Desk:
    """Errands, and the news that one of them has ended."""

    def __init__(self) -> None:
        self._ended = threading.Semaphore(0)
        self.errands = Errands(self._ended.release)

    def wait(self) -> None:
        assert self._ended.acquire(timeout=30)


def test_a_look_is_begun_once_and_fetched_when_it_has_ended() -> None:
    desk, slow = Desk(), Slow(Look(left=3))

    assert desk.errands.ask("far", slow.look) is None
    assert desk.errands.is_waited_for("far")
    assert desk.errands.ask("far", slow.look) is None
    slow.let()
    desk.wait()
    assert not desk.errands.is_waited_for("far")
    assert desk.errands.ask("far", slow.look) == Look(left=3)


def test_a_failure_is_raised_where_the_answer_is_fetched() -> None:
    desk, slow = Desk(), Slow(SourceUnavailable("nobody is there"))
    desk.errands.ask("far", slow.look)
    slow.let()
    desk.wait()

    with pytest.raises(SourceUnavailable, match="nobody is there"):
        desk.errands.ask("far", slow.look)
    assert not desk.errands.is_waited_for("far")


def test_one_source_that_hangs_delays_no_other() -> None:
    desk, stuck, quick = Desk(), Slow(Look()), Slow(Look(left=1))
    desk.errands.ask("stuck", stuck.look)
    desk.errands.ask("quick", quick.look)
    quick.let()
    desk.wait()

    assert desk.errands.ask("quick", quick.look) == Look(left=1)
    assert desk.errands.is_waited_for("stuck")
    stuck.let()


def test_no_more_than_some_are_asked_at_once() -> None:
    desk, slow = Desk(), [Slow(Look()) for _ in range(AT_ONCE + 1)]
    for number, one in enumerate(slow):
        desk.errands.ask(str(number), one.look)

    assert not desk.errands.is_waited_for(str(AT_ONCE))
    for one in slow:
        one.let()
    for _ in range(AT_ONCE):
        desk.wait()
    desk.errands.ask(str(AT_ONCE), slow[-1].look)
    desk.wait()
    assert desk.errands.ask(str(AT_ONCE), slow[-1].look) == Look()
