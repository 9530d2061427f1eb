"""Every page of the site in a real browser: axe in light and dark, on a phone, its own rules kept.

The pages are those of the route table, so that no new one can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from monitor.model.digest import Digest
from monitor.web.pages.login import FIRST
from monitor.web.tokens import hash_of
from tests.browsing import started, visiting
from tests.deciding import let_one_wait
from tests.drafting import add_an_article, write_a_draft
from tests.pages import NOON, Site, site
from tests.routes import EVERY, NO_PAGES, REACHED, TALKS, addresses

__all__ = ["started"]

pytestmark = pytest.mark.browser

PAGES = [one.path for one in EVERY if "GET" in one.answers and one.path not in NO_PAGES]

LOUD = "color-contrast"
"""The one rule of axe that looks at colours, and may find something else in the dark."""

TALL = f"{TALKS}/compare?old=2026-02-15&new=2026-02-20&side=1"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With something on each page."""
    with site(tmp_path_factory.mktemp("pages")) as found:
        let_one_wait(found)
        write_a_draft(found)
        add_an_article(found)
        store = found.program.store
        store.machines.add("desk", hash_of("x"), ["read"], by="admin", now=NOON)
        if not store.digests.count():
            digest = Digest(
                input_hash="0" * 64,
                subject="A quiet day",
                text="quiet",
                html="<html lang='en'><title>quiet</title><main><h1>quiet</h1></main></html>",
                shown=(),
                left_out=0,
            )
            store.digests.add(digest, {}, b"body", now=NOON)
        yield found


def _look(page: Page, address: str, status: int = 200) -> None:
    """At one page, in light, in dark and on a phone."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 1200, "height": 800})
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    assert urlsplit(page.url).path == urlsplit(address).path
    light = Axe().run(page)
    assert light.violations_count == 0, f"{address}: {light.generate_report()}"
    page.emulate_media(color_scheme="dark")
    dark = Axe().run(page, options={"runOnly": [LOUD], "resultTypes": ["violations"]})
    assert dark.violations_count == 0, f"{address}, dark: {dark.generate_report()}"
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375, address
    assert [line for line in said if str(status) not in line] == [], address


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_in_the_way_of_anybody(started: Browser, shared: Site, path: str) -> None:
    mine = [address for address, route in addresses(shared).items() if route == path]
    assert mine or REACHED.get(path) == ()
    with visiting(started, shared, "" if path == "/login" else "admin") as page:
        for address in mine:
            _look(page, address)


def test_nothing_is_in_the_way_where_there_is_nothing(started: Browser, shared: Site) -> None:
    with visiting(started, shared) as page:
        _look(page, "/nowhere", 404)


def test_nothing_is_in_the_way_of_the_first_person(started: Browser, tmp_path: Path) -> None:
    with site(tmp_path, people=False) as pages, visiting(started, pages, "") as page:
        until = NOON + timedelta(hours=1)
        pages.program.store.permits.add(hash_of("the-link"), FIRST, {}, now=NOON, expires_at=until)
        _look(page, "/first/the-link")


def test_titles_stay_in_view_in_long_tables_and_streams(started: Browser, shared: Site) -> None:
    with visiting(started, shared, "admin") as page:
        for address, title in ((TALL, "thead th"), (TALKS, "thead th"), ("/?show=all", ".head h2")):
            page.goto(address)
            page.evaluate("window.scrollTo(0, 900)")
            there = page.locator(title).first.bounding_box()
            assert there is not None, address
            assert 0 <= there["y"] < 40, address


@pytest.mark.parametrize("drawing", ["time", "plot"])
def test_a_drawing_is_read_on_a_phone_from_its_newest_end(
    started: Browser, shared: Site, drawing: str
) -> None:
    address = TALKS if drawing == "time" else f"{TALKS}/issues/security-guarantees"
    with visiting(started, shared, "admin") as page:
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(address)
        marks = page.locator(f"svg.{drawing} text")
        sizes = [marks.nth(number).bounding_box() for number in range(marks.count())]
        assert sizes
        assert all(size is not None and size["height"] >= 11 for size in sizes)
        last = max(size["x"] + size["width"] for size in sizes if size is not None)
        assert 300 < last <= 375


def test_whoever_goes_by_keys_sees_where_she_is(started: Browser, shared: Site) -> None:
    with visiting(started, shared, "admin") as page:
        page.goto(TALKS)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "To the content"
        assert page.locator(":focus").is_visible()
        for _ in range(12):
            page.keyboard.press("Tab")
            drawn = page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle"
                " + getComputedStyle(document.activeElement).outlineWidth"
            )
            assert drawn not in ("none0px", "none3px"), page.evaluate(
                "document.activeElement.outerHTML"
            )
