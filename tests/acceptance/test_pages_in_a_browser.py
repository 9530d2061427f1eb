"""The pages in a real browser: from the first link to reading, by keys, without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from monitor.web.pages.login import FIRST
from monitor.web.tokens import hash_of
from tests.browsing import started, visiting
from tests.pages import NOON, PASSWORD, Site, site

__all__ = ["started"]

pytestmark = pytest.mark.browser

TALKS = "/situations/ukraine-talks"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


def test_the_first_person_begins_by_the_link_and_comes_back_with_her_password(
    started: Browser, tmp_path: Path
) -> None:
    with site(tmp_path, people=False) as pages, visiting(started, pages, "") as page:
        until = NOON + timedelta(hours=1)
        pages.program.store.permits.add(hash_of("the-link"), FIRST, {}, now=NOON, expires_at=until)
        page.goto("/first/the-link")
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The password again").fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        assert "What is new" in page.content()
        page.get_by_role("button", name="Log out").click()
        again = page.goto("/first/the-link")
        assert again is not None
        assert again.status == 404
        page.goto(TALKS)
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password").fill("not her password")
        page.get_by_role("button", name="Log in").click()
        assert "do not go together" in page.content()
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        assert page.url == f"{pages.address}{TALKS}"


def test_keys_go_through_what_is_new_and_mark_it_as_seen(started: Browser, own: Site) -> None:
    with visiting(started, own) as page:
        page.goto("/")
        cards = page.locator("article.card")
        before, second = cards.count(), cards.nth(1).locator(".sentence").inner_text()
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(cards).to_have_count(before - 1)
        assert cards.nth(0).locator(".sentence").inner_text() == second
        page.reload()
        assert cards.count() == before - 1
        page.get_by_role("button", name="mark all seen").click()
        assert "Nothing changed since 20 February 2026" in page.content()
        page.get_by_role("button", name="Log out").click()
        assert page.url == f"{own.address}/login"


def test_without_script_it_works_the_same(started: Browser, own: Site) -> None:
    with visiting(started, own, scripts=False) as page:
        page.goto("/")
        before = page.locator("article.card").count()
        page.locator("article.card button").first.click()
        assert page.locator("article.card").count() == before - 1
        page.get_by_role("link", name="Situations", exact=True).click()
        page.get_by_role("link", name="US-mediated talks").click()
        page.get_by_role("button", name="Compare").click()
        assert "/compare?old=" in page.url
