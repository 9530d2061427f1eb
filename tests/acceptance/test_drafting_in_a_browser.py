"""Writing the next version in a real browser: by keys, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import PATIENCE, started, visiting
from tests.drafting import ARTICLE, DRAFT, add_an_article, draft_of, open_a_draft
from tests.pages import Site, site

__all__ = ["started"]

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        open_a_draft(found)
        yield found


def test_cards_are_decided_by_keys(started: Browser, pages: Site) -> None:
    address = add_an_article(pages)
    said: list[str] = []
    with visiting(started, pages, "editor") as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.keyboard.press("j")
        expect(page.locator("#c1")).to_be_focused(timeout=PATIENCE)
        expect(page.locator("#s1")).to_have_class("passage here", timeout=PATIENCE)
        page.keyboard.press("a")
        expect(page.locator("#c2")).to_be_focused(timeout=PATIENCE)
        expect(page.get_by_text("1 left to place")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#c1 .badge")).to_have_text("accepted", timeout=PATIENCE)
        page.keyboard.press("e")
        expect(page.locator("#c2 input[name=city]")).to_be_focused(timeout=PATIENCE)
        page.locator("#c2 input[name=city]").fill("Ankara")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.locator("#c2 .badge")).to_have_text("accepted", timeout=PATIENCE)
        expect(page.locator("#state")).to_contain_text("nobody is told yet", timeout=PATIENCE)
        assert "city: Ankara" in draft_of(pages).text
        page.keyboard.press("u")
        expect(page.get_by_text("1 left to place")).to_be_visible(timeout=PATIENCE)
        page.locator("#c2").focus()
        page.keyboard.press("r")
        expect(page.locator("#c2 .badge")).to_have_text("rejected", timeout=PATIENCE)

    assert "person: lind" in draft_of(pages).text
    assert "Ankara" not in draft_of(pages).text
    assert said == []


def test_somebody_who_decides_second_is_told_so_in_place(started: Browser, pages: Site) -> None:
    address = add_an_article(pages)
    with visiting(started, pages, "editor") as page:
        page.goto(address)
        store = pages.program.store
        store.drafts.save(draft_of(pages), f"{draft_of(pages).text}# hers\n", by="x", now=pages.now)
        page.locator("#c2").get_by_role("button", name="accept").first.click()
        expect(page.locator("#c2 [role=alert]")).to_contain_text(
            "was saved by x meanwhile", timeout=PATIENCE
        )
        page.locator("#c2").get_by_role("button", name="accept").first.click()
        expect(page.locator("#c2 .badge")).to_have_text("accepted", timeout=PATIENCE)

    assert "# hers" in draft_of(pages).text


def test_a_draft_is_written_and_published_without_script(started: Browser, pages: Site) -> None:
    with visiting(started, pages, "editor", scripts=False) as page:
        page.goto(f"{DRAFT}/articles")
        page.get_by_label("Its text").fill(ARTICLE)
        page.get_by_label("Publisher").fill("Harbour Times")
        page.get_by_label("Date").fill("2026-02-20")
        page.get_by_role("button", name="Read it").click()
        page.locator("#c2").get_by_label("status").first.select_option("announced")
        page.locator("#c2").get_by_label("said by").first.select_option(label="Rustem Umerov")
        page.locator("#c2").get_by_role("button", name="accept").first.click()
        expect(page.locator("#c2 .badge")).to_have_text("accepted", timeout=PATIENCE)
        page.get_by_role("link", name="preview the digest").click()
        frame = page.frame_locator("iframe").locator("body")
        expect(frame).to_contain_text("Istanbul", timeout=PATIENCE)
        page.get_by_role("button", name="Publish").press("Enter")
        expect(page.get_by_role("heading", name="Published")).to_be_visible(timeout=PATIENCE)
        latest = pages.program.store.versions.latest("ukraine-talks")

    assert latest is not None
    assert latest.ref.revision == 2
