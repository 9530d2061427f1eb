"""Pages are read beside the store's writer, and never wait behind a pass."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from monitor.model.record import Record
from tests.pages import NOON, Site, site
from tests.routes import TALKS

ASKED = ("/", TALKS, f"{TALKS}/compare?old=2026-02-15&new=2026-02-17", "/review", "/service")


class Holding(Record):
    """A thread that has written and not committed yet."""

    began: threading.Event
    end: threading.Event


def _hold(pages: Site, holding: Holding) -> None:
    with pages.program.store.transaction() as tx:
        tx.suppressions.add("held@example.org", reason="a test", by="a test", now=NOON)
        holding.began.set()
        holding.end.wait(timeout=30)


def _status(pages: Site, path: str) -> int:
    """Of the page that a name for a version leads to."""
    answer = pages.ask(path, role="admin")
    if answer.status == 302:
        answer = pages.ask(str(answer.headers["location"]), role="admin")
    return answer.status


@pytest.mark.timeout(60)
def test_every_page_answers_while_a_pass_holds_its_transaction(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        holding = Holding(began=threading.Event(), end=threading.Event())
        writer = threading.Thread(target=_hold, args=(pages, holding))
        writer.start()
        try:
            assert holding.began.wait(timeout=20)
            answers = [_status(pages, path) for path in ASKED]
            still = writer.is_alive() and not holding.end.is_set()
        finally:
            holding.end.set()
            writer.join(timeout=20)
        after = {one.address for one in pages.program.store.suppressions.all()}

    assert answers == [200] * len(ASKED)
    assert still
    assert "held@example.org" in after
