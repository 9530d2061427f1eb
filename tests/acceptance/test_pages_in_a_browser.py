"""The pages in a real browser: from the first link to reading, by keys, in dark, on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from monitor.web.face import SESSION
from monitor.web.pages.login import FIRST
from monitor.web.tokens import hash_of
from tests.browser import browser, browser_problem
from tests.pages import NOON, PASSWORD, Site, site

pytestmark = pytest.mark.browser

TALKS = "/situations/ukraine-talks"

READ = (
    "/",
    "/?show=all&seen=1",
    "/situations",
    TALKS,
    f"{TALKS}/compare?old=2026-02-15&new=2026-02-17",
    f"{TALKS}/compare?old=2026-02-15&new=2026-02-17&side=1",
    f"{TALKS}/history?path=delegations[russia].members[kostyukov].role",
    f"{TALKS}/entity?path=people[medinsky]",
    f"{TALKS}/issues/security-guarantees",
    "/nowhere",
)


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    if problem := browser_problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"browser: {problem}")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


def _context(
    started: Browser, pages: Site, *, width: int = 1200, scheme: Literal["light", "dark"] = "light"
) -> BrowserContext:
    context = started.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=pages.address
    )
    context.set_default_timeout(20_000)
    return context


def _logged_in(context: BrowserContext, pages: Site, role: str = "reader") -> Page:
    cookie = {"name": SESSION, "value": f"token-{role}", "url": pages.address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", READ)
def test_nothing_is_in_the_way_of_a_screen_reader(
    started: Browser, shared: Site, path: str, scheme: Literal["light", "dark"]
) -> None:
    with _context(started, shared, scheme=scheme) as context:
        page = _logged_in(context, shared)
        page.goto(path)
        found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", READ)
def test_on_a_phone_nothing_is_wider_than_the_screen(
    started: Browser, shared: Site, path: str
) -> None:
    with _context(started, shared, width=375) as context:
        page = _logged_in(context, shared)
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_page_breaks_no_rule_of_its_own(started: Browser, shared: Site) -> None:
    said: list[str] = []
    with _context(started, shared) as context:
        page = _logged_in(context, shared)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in READ[:-1]:
            page.goto(path)

    assert [line for line in said if "favicon" not in line and "404" not in line] == []


def test_the_first_person_begins_by_the_link_and_comes_back_with_her_password(
    started: Browser, tmp_path: Path
) -> None:
    with site(tmp_path, people=False) as pages, _context(started, pages) as context:
        until = NOON + timedelta(hours=1)
        pages.program.store.permits.add(hash_of("the-link"), FIRST, {}, now=NOON, expires_at=until)
        page = context.new_page()
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
    with _context(started, own) as context:
        page = _logged_in(context, own)
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
    with started.new_context(base_url=own.address, java_script_enabled=False) as context:
        page = _logged_in(context, own)
        page.goto("/")
        before = page.locator("article.card").count()
        page.locator("article.card button").first.click()
        assert page.locator("article.card").count() == before - 1
        page.get_by_role("link", name="Situations", exact=True).click()
        page.get_by_role("link", name="US-mediated talks").click()
        page.get_by_role("button", name="Compare").click()
        assert "/compare?old=" in page.url
