"""Deciding in a real browser: by keys and without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import started, visiting
from tests.deciding import let_one_wait
from tests.pages import site

__all__ = ["started"]

pytestmark = pytest.mark.browser

VERSIONS = "/situations/ukraine-talks/versions"


def test_a_held_version_is_released_by_keys_and_without_script(
    started: Browser, tmp_path: Path
) -> None:
    with site(tmp_path) as pages, visiting(started, pages, "admin", scripts=False) as page:
        let_one_wait(pages)
        page.goto("/review")
        page.get_by_label("Reason").focus()
        page.keyboard.type("confirmed by the desk")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
        text = page.inner_text("main")
        (decision,) = pages.program.store.decisions.page(limit=5)

    assert "Nothing waits for a decision." in text
    assert "confirmed by the desk" in text
    assert (decision.by, decision.what) == ("admin", "released")


def test_a_baseline_is_pinned_without_script(started: Browser, tmp_path: Path) -> None:
    with site(tmp_path) as pages, visiting(started, pages, "admin", scripts=False) as page:
        page.goto(VERSIONS)
        row = page.get_by_role("row").filter(has_text=re.compile(r"^\s*5 February 2026"))
        row.locator("summary").first.focus()
        page.keyboard.press("Enter")
        row.get_by_label("Reason").fill("agreed")
        row.get_by_role("button", name="Pin as baseline").click()
        page.wait_for_url(f"**{VERSIONS}")
        pin = pages.program.store.versions.pin("ukraine-talks")

    assert pin.how == "pinned"


def test_a_digest_is_seen_in_its_frame(started: Browser, tmp_path: Path) -> None:
    said: list[str] = []
    with site(tmp_path) as pages, visiting(started, pages, "admin") as page:
        page.on("console", lambda message: said.append(message.text))
        page.goto("/digests/1")
        text = page.frame_locator("iframe").locator("body").inner_text()

    assert text.strip()
    assert said == []
