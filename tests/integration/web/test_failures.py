"""What a page says that cannot be made, and a link for the first person that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from monitor.errors import Ambiguous, Conflict, StoreUnavailable
from monitor.web.pages.login import FIRST
from monitor.web.tokens import hash_of
from tests.pages import NOON, Site, site

LINK = "/first/the-link"
ANA = {"name": "ana", "password": "correct horse", "again": "correct horse"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Nobody but Bea logs in, who was added by a command while the link was on its way."""
    with site(tmp_path_factory.mktemp("pages"), people=False) as found:
        store, until = found.program.store, NOON + timedelta(hours=1)
        store.permits.add(hash_of("the-link"), FIRST, {}, now=NOON, expires_at=until)
        store.people.add("bea", role="reader", password="", now=NOON)
        yield found


def test_the_first_link_says_that_somebody_came_before(pages: Site) -> None:
    for answer in (pages.ask(LINK), pages.ask(LINK, form=ANA), pages.ask(LINK)):
        assert answer.status == 410
        assert "Somebody logs in here already, so this link is over." in answer.text
    assert [one.name for one in pages.program.store.people.all()] == ["bea"]


def test_a_foreign_link_learns_nothing_of_it(pages: Site) -> None:
    assert pages.ask("/first/another").status == 404
    assert pages.ask("/first/another", form=ANA).status == 404


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (
            StoreUnavailable("the database at db.inside.example:5432 does not answer"),
            503,
            "The database does not answer. Try again in a minute.\n",
        ),
        (Ambiguous("ab is 2 versions: abc, abd"), 409, "ab is 2 versions: abc, abd\n"),
        (Conflict("somebody was first"), 409, "somebody was first\n"),
        (RuntimeError("boom"), 500, "This page could not be made. Whoever runs monitor is told.\n"),
    ],
    ids=["away", "ambiguous", "conflict", "ours"],
)
def test_each_failure_has_its_status_and_its_words(
    pages: Site, fault: Exception, status: int, said: str
) -> None:
    pages.broken, pages.fault = True, fault
    try:
        answer = pages.ask(LINK)
    finally:
        pages.broken = False
    assert (answer.status, answer.text) == (status, said)
