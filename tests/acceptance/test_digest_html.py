"""Mail as a person sees it, in a browser: narrow and wide, light and dark, heard and read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser

from monitor.model.comparison import Significance
from monitor.model.digest import SourceHealth
from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.render import load_templates
from monitor.report.digest import make_digest
from monitor.report.notices import operator_notice, welcome
from tests.browser import browser, browser_problem, showing
from tests.digests import (
    against,
    as_read,
    comparison,
    converged,
    digest_input,
    joined,
    replaced,
    reworded,
    situation,
    standings,
    talks,
    widened,
)

pytestmark = pytest.mark.browser

TEMPLATES = load_templates()

# Ratio of luminances (WCAG 2.2, 1.4.3) of each piece of text to what is painted behind it.
CONTRASTS = """
() => {
  const channel = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  };
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = parse(colour);
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = parse(colour)[3];
      if (alpha === undefined || alpha === 1) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.getClientRects().length) continue;
    const [one, other] = [getComputedStyle(element).color, behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push({text: text.slice(0, 60), ratio});
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if problem := browser_problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"browser: {problem}")
    with browser() as started:
        yield started


@cache
def full_digest() -> str:
    """A digest in which every part of the template is used."""
    told = replace(
        talks(),
        findings=(
            *talks().findings,
            replace(joined("W" * 90), id="unbreakable", collection="parties"),
            replace(joined("Quiet"), id="noise", significance=Significance.NOISE),
        ),
        remarks=(converged(), replace(converged(), id="loose", issues=(), about=())),
    )
    farther = against(told, "2026-01-24", replaced(), widened())
    part = situation(
        told,
        against_baseline=farther,
        baseline=farther.old,
        baseline_how="pinned",
        new_against_baseline=(replaced().id,),
    )
    other = situation(
        comparison(
            reworded("x" * 200, "https://example.org/" + "y" * 200),
            widened(),
            standings=standings(),
            title="Cabinet",
        )
    )
    health = SourceHealth(name="wire", state="stale", checked_at=None, newest=None, trouble="T")
    given = digest_input(
        part,
        other,
        filter=replace(digest_input().filter, minimum=Significance.NOISE),
        health=(health,),
        pages_url="https://monitor.example.org",
        undelivered_since="2026-02-12",
    )
    return as_read(make_digest(given, TEMPLATES).html, "html")


@cache
def notices() -> tuple[str, ...]:
    spec = SubscriptionSpec(address="a@example.org", name="desk", situations=("talks",))
    long_line = "snapshots/" + "very-long-name" * 20 + ".yaml:1:1: bad"
    made = (operator_notice([long_line], ["over"], TEMPLATES), welcome(spec, [talks()], TEMPLATES))
    return tuple(as_read(each.html, "html") for each in made)


@pytest.mark.parametrize("width", [320, 375, 640])
def test_nothing_has_to_be_scrolled_sideways(chromium: Browser, width: int) -> None:
    for html in (full_digest(), *notices()):
        with showing(chromium, html, width=width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_card_is_at_most_640_wide(chromium: Browser) -> None:
    with showing(chromium, full_digest(), width=1200) as page:
        box = page.locator(".card").bounding_box()
        assert box is not None
        assert box["width"] <= 642


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(
    chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    for html in (full_digest(), *notices()):
        with showing(chromium, html, width=640, scheme=scheme) as page:
            found = page.evaluate(CONTRASTS)
            assert len(found) > 5
            assert [each for each in found if each["ratio"] < 4.5] == []


def test_the_dark_scheme_is_dark(chromium: Browser) -> None:
    ground = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    with showing(chromium, full_digest(), width=640, scheme="dark") as page:
        assert page.evaluate(ground) == "rgb(28, 29, 31)"
    with showing(chromium, full_digest(), width=640, scheme="light") as page:
        assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_headings_are_in_order_and_the_first_is_the_title(chromium: Browser) -> None:
    for html in (full_digest(), *notices()):
        with showing(chromium, html, width=640) as page:
            levels = page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
            )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_screen_reader_hears_no_layout_and_every_link_by_its_own_words(chromium: Browser) -> None:
    with showing(chromium, full_digest(), width=640) as page:
        assert page.locator("table:not([role=presentation])").count() == 0
        assert page.locator("[role=article][lang=en]").count() == 1
        links = page.locator("a").all_inner_texts()
        spoken = page.locator("[role=article]").aria_snapshot()
    assert not {"here", "more", "link", ""} & {each.lower() for each in links}
    assert 'heading "2 situations" [level=1]' in spoken
    assert "deletion" in spoken
    assert "insertion" in spoken


def test_nothing_is_fetched_to_show_it(chromium: Browser) -> None:
    with showing(chromium, full_digest(), width=640) as page:
        assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_bars_have_the_widths_that_the_numbers_say(chromium: Browser) -> None:
    with showing(chromium, full_digest(), width=640) as page:
        cells = page.locator("td.moved").first
        bar = cells.bounding_box()
        whole = cells.locator("xpath=ancestor::table[1]").bounding_box()
    assert bar is not None
    assert whole is not None
    assert bar["width"] / whole["width"] == pytest.approx(0.6, abs=0.03)
