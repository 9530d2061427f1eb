"""Links that leave the pages: absolute, to the very thing that is told, and the same for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
import vobject  # type: ignore[import-untyped]

from monitor.pipeline.flow import Memory, one_pass
from monitor.report import links
from monitor.web.face import SESSION
from tests.pages import NOON, Site, site

PUBLIC = "https://news.example.org"
CONFIG = f'\n[mail]\npublic_url = "{PUBLIC}"\n'
TALKS = "/situations/ukraine-talks"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages"), config=CONFIG) as found:
        yield found


def _ask(pages: Site, path: str) -> tuple[int, str]:
    answer = pages.ask(path, Cookie=f"__Host-{SESSION}=token-reader")
    return answer.status, answer.text


def _here(url: str) -> str:
    """The path of a link, which has to lead to us."""
    assert url.startswith(f"{PUBLIC}/"), url
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_each_entry_of_a_feed_leads_to_the_very_comparison_and_stays(pages: Site) -> None:
    _, feed = _ask(pages, f"{TALKS}/feed.atom")
    found = [unescape(url) for url in re.findall(r'href="([^"]+/compare[^"]+)"', feed)]

    assert len(found) > 3
    for url in found[:3]:
        # By content, which no later revision of the day changes.
        assert re.search(r"\?old=[0-9a-f]{12}&new=[0-9a-f]{12}$", url), url
        status, page = _ask(pages, _here(url))
        assert status == 200
        assert "<h1>" in page


def test_a_calendar_is_read_by_another_library_and_leads_back(pages: Site) -> None:
    _, text = _ask(pages, f"{TALKS}/calendar.ics")
    read = vobject.readOne(text)
    events = read.contents["vevent"]
    third = next(one for one in events if "third" in one.summary.value.lower())

    assert third.dtstart.value == date(2026, 2, 17)
    assert third.dtend.value == date(2026, 2, 19)
    assert {one.status.value for one in events} <= {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    assert len({one.uid.value for one in events}) == len(events)
    assert all(int(one.sequence.value) >= 0 for one in events)
    assert all(isinstance(one.dtstamp.value, datetime) for one in events)
    assert _ask(pages, _here(third.url.value))[0] == 200


def test_a_digest_leads_to_the_very_comparison_it_tells_and_stays(pages: Site) -> None:
    store = pages.program.store
    store.nodes.start(now=NOON)
    one_pass(pages.program, Memory(), NOON + timedelta(days=1))
    newest = max(one.id for one in store.digests.page(first=0, limit=5))
    digest = store.digests.get(newest)
    found = re.findall(rf"{PUBLIC}{TALKS}/compare\?\S+", digest.text)
    line = store.versions.history("ukraine-talks")
    told = [one.ref for one in line if one.ref.as_of in ("2026-02-15", "2026-02-20")]

    link = links.comparison(PUBLIC, *told)
    assert link in found
    assert all(_ask(pages, _here(one))[0] == 200 for one in found)
    assert unescape(digest.html).count(link) >= 1
    status, page = _ask(pages, _here(link))
    assert status == 200
    assert "15 February 2026 → 20 February 2026" in page
