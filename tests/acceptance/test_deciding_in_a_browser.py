"""Deciding in a real browser: by keys, without script, on a phone, in dark, with axe."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from monitor.model.digest import Digest
from monitor.web.face import SESSION
from monitor.web.tokens import hash_of
from tests.browser import browser, browser_problem
from tests.deciding import let_one_wait
from tests.pages import NOON, Site, site

pytestmark = pytest.mark.browser

VERSIONS = "/situations/ukraine-talks/versions"

PATHS = (
    "/review",
    "/decisions",
    "/digests",
    "/digests/1",
    "/service",
    "/service/messages",
    "/service/messages/1",
    VERSIONS,
    "/subscriptions",
    "/people",
    "/tokens",
)


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    if problem := browser_problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"browser: {problem}")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With something on each page."""
    with site(tmp_path_factory.mktemp("pages")) as found:
        let_one_wait(found)
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


def _page(
    started: Browser,
    pages: Site,
    *,
    width: int = 1200,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
) -> Page:
    context = started.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        base_url=pages.address,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": SESSION, "value": "token-admin", "url": pages.address}])
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_in_the_way_of_a_screen_reader(
    started: Browser, shared: Site, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = _page(started, shared, scheme=scheme)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    found = Axe().run(page)
    page.context.close()

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PATHS)
def test_on_a_phone_nothing_is_wider_than_the_screen(
    started: Browser, shared: Site, path: str
) -> None:
    page = _page(started, shared, width=375)
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()

    assert width <= 375


def test_a_held_version_is_released_by_keys_and_without_script(
    started: Browser, tmp_path: Path
) -> None:
    with site(tmp_path) as pages:
        let_one_wait(pages)
        page = _page(started, pages, scripts=False)
        page.goto("/review")
        page.get_by_label("Reason").focus()
        page.keyboard.type("confirmed by the desk")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
        text = page.inner_text("main")
        page.context.close()
        (decision,) = pages.program.store.decisions.page(limit=5)

    assert "Nothing waits for a decision." in text
    assert "confirmed by the desk" in text
    assert (decision.by, decision.what) == ("admin", "released")


def test_a_baseline_is_pinned_without_script(started: Browser, tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        page = _page(started, pages, scripts=False)
        page.goto(VERSIONS)
        row = page.get_by_role("row").filter(has_text=re.compile(r"^\s*5 February 2026"))
        row.locator("summary").first.focus()
        page.keyboard.press("Enter")
        row.get_by_label("Reason").fill("agreed")
        row.get_by_role("button", name="Pin as baseline").click()
        page.wait_for_url(f"**{VERSIONS}")
        page.context.close()
        pin = pages.program.store.versions.pin("ukraine-talks")

    assert pin.how == "pinned"


def test_a_digest_is_seen_in_its_frame(started: Browser, shared: Site) -> None:
    said: list[str] = []
    page = _page(started, shared)
    page.on("console", lambda message: said.append(message.text))
    page.goto("/digests/1")
    frame = page.frame_locator("iframe")
    text = frame.locator("body").inner_text()
    page.context.close()

    assert text.strip()
    assert [one for one in said if "favicon" not in one and "404" not in one] == []
