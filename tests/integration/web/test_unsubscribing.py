"""The unsubscribe page over HTTP: GET shows, POST acts, everything else is closed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.model.record import replace
from monitor.pipeline.telling.tokens import make_token
from tests.pages import Site, site


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


@pytest.fixture
def link(pages: Site) -> str:
    (reader,) = pages.program.store.subscriptions.all(address="ana@example.org")
    return f"/u/{make_token(pages.program.secret, reader.id)}"


def state(pages: Site) -> str:
    (reader,) = pages.program.store.subscriptions.all(address="ana@example.org")
    return reader.state


def test_get_shows_a_button_and_changes_nothing(pages: Site, link: str) -> None:
    answer = pages.ask(link)

    assert answer.status == 200
    assert '<form method="post"><button type="submit">' in answer.text
    assert state(pages) == "active"


def test_one_click_as_mail_programs_do_it_ends_the_subscription(pages: Site, link: str) -> None:
    answer = pages.ask(link, form={"List-Unsubscribe": "One-Click"})

    assert answer.status == 200
    assert "You are unsubscribed" in answer.text
    assert state(pages) == "unsubscribed"


def test_a_click_from_a_page_of_mail_counts_as_well(pages: Site, link: str) -> None:
    answer = pages.ask(link, form={"List-Unsubscribe": "One-Click"}, Sec_Fetch_Site="cross-site")

    assert answer.status == 200
    assert state(pages) == "unsubscribed"


def test_the_page_speaks_the_language_of_the_subscription(pages: Site, link: str) -> None:
    (reader,) = pages.program.store.subscriptions.all(address="ana@example.org")
    spec = replace(reader.spec, language="uk")
    pages.program.store.subscriptions.update(reader.id, spec, due_at=None)
    asked = pages.ask(link).text
    left = pages.ask(link, form={}).text

    assert '<html lang="uk">' in asked
    assert "Скасувати підписку «ukraine-talks" in asked
    assert "Підписку скасовано" in left
    assert "ubscri" not in asked + left


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_token_is_a_page_that_is_not_there(pages: Site, method: str) -> None:
    assert pages.ask("/u/MQ.foreign", method=method).status == 404
    assert pages.ask("/u/MQ.foreign").text == pages.ask("/no/such/page").text
    assert state(pages) == "active"


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_other_methods_are_refused(pages: Site, link: str, method: str) -> None:
    assert pages.ask(link, method=method).status == 405
    assert state(pages) == "active"


@pytest.mark.parametrize("path", ["", "/u/foreign", "/login", "/nowhere"])
def test_every_answer_has_the_strict_headers(pages: Site, link: str, path: str) -> None:
    headers = pages.ask(path or link).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "server" not in headers


def test_tokens_are_not_logged(pages: Site, link: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert pages.ask(link).status == 200

    assert link.removeprefix("/u/") not in caplog.text
