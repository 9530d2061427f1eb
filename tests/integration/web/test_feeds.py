"""The feed and the calendar, read back by libraries that others write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from icalendar import Calendar

from monitor.pipeline.intake.pushed import Handed, hand_in
from monitor.web.tokens import hash_of
from tests.pages import NOON, Site, site

FEED = "/situations/ukraine-talks/feed.atom"
CALENDAR = "/situations/ukraine-talks/calendar.ics"

MILL = """
kind: negotiation
situation: mill-talks
as_of: {day}
title: Talks about the <b>mill</b> & the "weir"
parties: [{{id: red, name: Reds}}, {{id: blue, name: Blues}}]
people: []
issues: [{{id: weir, name: "<script>alert(1)</script>"}}]
sources:
- {{id: gaz, publisher: "Gazette & <i>Sons</i>", url: "https://example.org/1"}}
stances:
- {{party: red, issue: weir, position: {position}, summary: "{summary}", status: confirmed,
   sources: [gaz]}}
rounds:
- {{id: first, name: First round, starts: {starts}, state: {state}, status: announced,
   sources: [gaz]}}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


def _taken(pages: Site, **given: str) -> None:
    usual = {"day": "2026-02-01", "position": "rejects", "summary": "No.", "starts": "2026-03-02"}
    body = MILL.format(**usual | {"state": "proposed"} | given)
    handed = Handed(program="test", key="", name="snapshot.yaml", data=body.encode())
    hand_in(pages.program, handed, NOON)


def _feed(pages: Site, path: str, **headers: str) -> Any:
    answer = pages.ask(path, role="reader")
    assert answer.status == 200, answer.text
    found = feedparser.parse(
        answer.text.encode(), response_headers={"content-type": "application/atom+xml"}
    )
    assert not found.bozo, found.get("bozo_exception")
    return found


def _events(pages: Site, path: str) -> list[Any]:
    answer = pages.ask(path, role="reader")
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    return list(Calendar.from_ical(answer.text).walk("VEVENT"))


def _secret(pages: Site, name: str = "ukraine-talks") -> tuple[str, str]:
    """The addresses of a feed and a calendar that were just made."""
    shown = pages.ask(f"/situations/{name}/feeds", role="reader", form={}).text
    feed, calendar = re.findall(r"<code>http://[^/]+(/feeds/[^<]+)</code>", unescape(shown))
    return feed, calendar


def test_each_step_is_an_entry_with_the_change_in_it(pages: Site) -> None:
    found = _feed(pages, FEED)
    days = [one.title.partition(":")[0] for one in found.entries]

    assert found.feed.title.startswith("US-mediated talks")
    assert days[0] == "20 Feb 2026"
    assert len({one.id for one in found.entries}) == len(found.entries) > 3
    newest = found.entries[0]
    assert newest.link.startswith("/situations/ukraine-talks/compare?old=")
    assert pages.ask(newest.link, role="reader").status == 200
    assert "<li>" in newest.content[0].value
    assert newest.content[0].type == "application/xhtml+xml"


def test_a_feed_says_where_it_is_and_what_it_is_of(tmp_path: Path) -> None:
    with site(tmp_path, config='\n[mail]\npublic_url = "https://news.example.org"\n') as pages:
        text = pages.ask(FEED, Cookie="__Host-session=token-reader").text
        links = {
            one.get("rel"): one.get("href")
            for one in ET.fromstring(text).findall("{http://www.w3.org/2005/Atom}link")
        }
        assert links == {
            "self": f"https://news.example.org{FEED}",
            "alternate": "https://news.example.org/situations/ukraine-talks",
        }


def test_a_filter_is_another_feed_with_less_in_it(pages: Site) -> None:
    whole, strong = _feed(pages, FEED), _feed(pages, f"{FEED}?least=critical")
    ours = _feed(pages, f"{FEED}?language=uk")

    assert 0 < len(strong.entries) <= len(whole.entries)
    assert not {one.id for one in strong.entries} & {one.id for one in whole.entries}
    assert {tag.term for one in strong.entries for tag in one.tags} == {"critical"}
    assert ours.entries[0].title != whole.entries[0].title


def test_nothing_of_a_snapshot_is_markup_in_a_feed(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        _taken(pages)
        _taken(pages, day="2026-02-02", position="supports", summary="</div> \u202e & <img src=x>")
        text = pages.ask("/situations/mill-talks/feed.atom", role="reader").text
        names = {one.tag.rpartition("}")[2] for one in ET.fromstring(text).iter()}

        assert not names & {"script", "img", "b", "i"}
        assert "\u202e" not in text
        assert "<b>mill</b>" in unescape(
            _feed(pages, "/situations/mill-talks/feed.atom").feed.title
        )


def test_an_entry_keeps_its_id_and_a_revision_moves_it(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        path = "/situations/mill-talks/feed.atom"
        _taken(pages)
        _taken(pages, day="2026-02-02", position="open")
        (before,) = _feed(pages, path).entries
        _taken(pages, day="2026-02-02", position="supports")
        (after,) = _feed(pages, path).entries

        assert before.id == after.id
        assert before.title != after.title


def test_who_has_the_feed_is_not_sent_it_again(pages: Site) -> None:
    first = pages.ask(FEED, role="reader")
    known = {"If_None_Match": first.headers["etag"]}
    since = {"If_Modified_Since": first.headers["last-modified"]}

    assert pages.ask(FEED, role="reader", **known).status == 304  # type: ignore[arg-type]
    assert pages.ask(FEED, role="reader", **since).status == 304  # type: ignore[arg-type]


def test_a_calendar_has_what_is_ahead_by_days(pages: Site) -> None:
    events = _events(pages, CALENDAR)
    third = next(one for one in events if "third" in str(one["SUMMARY"]).lower())

    assert third.decoded("DTSTART") == date(2026, 2, 17)
    assert third.decoded("DTEND") == date(2026, 2, 19)
    assert {str(one["STATUS"]) for one in events} <= {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    assert len({str(one["UID"]) for one in events}) == len(events)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("proposed", "TENTATIVE"),
        ("announced", "TENTATIVE"),
        ("agreed", "CONFIRMED"),
        ("concluded", "CONFIRMED"),
        ("postponed", "CANCELLED"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_how_sure_it_is_comes_from_the_ladder(tmp_path: Path, state: str, status: str) -> None:
    with site(tmp_path) as pages:
        _taken(pages, state=state)
        (event,) = _events(pages, "/situations/mill-talks/calendar.ics")

        assert event["STATUS"] == status
        assert str(event["SUMMARY"]) == f"First round ({state})"


@pytest.mark.parametrize(
    ("starts", "first", "end", "words"),
    [
        ("2026-05", date(2026, 5, 1), date(2026, 6, 1), "May 2026"),
        ("2026-05-01/2026-05-10", date(2026, 5, 1), date(2026, 5, 11), "between 1 and 10 May"),
        ("../2026-05-20", date(2026, 5, 20), date(2026, 5, 21), "no later than"),
        ("2026-05-14~", date(2026, 5, 14), date(2026, 5, 15), "about 14 May 2026"),
        ("2026-05-14", date(2026, 5, 14), date(2026, 5, 15), "14 May 2026"),
    ],
)
def test_a_day_that_is_not_known_spans_those_it_may_be(
    tmp_path: Path, starts: str, first: date, end: date, words: str
) -> None:
    with site(tmp_path) as pages:
        _taken(pages, starts=f'"{starts}"')
        (event,) = _events(pages, "/situations/mill-talks/calendar.ics")

        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (first, end)
        assert words in str(event["DESCRIPTION"])


def test_an_event_that_changes_is_the_same_in_a_later_edition(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        path, editions, names = "/situations/mill-talks/calendar.ics", [], set()
        _taken(pages)
        for day, state in (
            ("2026-02-01", ""),
            ("2026-02-02", "agreed"),
            ("2026-02-03", "cancelled"),
        ):
            if state:
                _taken(pages, day=day, state=state)
            (event,) = _events(pages, path)
            editions.append(int(event["SEQUENCE"]))
            names.add(str(event["UID"]))

        assert editions == sorted(set(editions))
        assert len(names) == 1


def test_an_address_of_its_own_opens_one_situation_until_it_is_ended(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        _taken(pages)
        feed, calendar = _secret(pages)
        foreign = feed.replace("ukraine-talks", "mill-talks")

        assert pages.ask(feed).status == pages.ask(calendar).status == 200
        assert pages.ask(foreign).status == 404
        assert pages.ask(f"{feed}?language=uk").status == 200
        shown = pages.sees("/situations/ukraine-talks/feeds", "reader")
        name = re.findall(r'name="name" value="([^"]+)"', shown)[0]
        assert feed not in shown
        ended = "/situations/ukraine-talks/feeds/end"
        pages.ask(ended, role="editor", form={"name": name})
        assert pages.ask(feed).status == 200
        pages.ask(ended, role="reader", form={"name": name})
        assert pages.ask(feed).status == pages.ask(calendar).status == 404


def test_an_address_opens_neither_the_interface_nor_a_page(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        feed, _ = _secret(pages)
        shown = f"Bearer {feed.split('/')[2]}"

        for path in ("/api/v1/situations", FEED, CALENDAR, "/metrics"):
            assert pages.ask(path, Authorization=shown).status == 403


def test_an_address_ends_with_whoever_made_it(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        feed, _ = _secret(pages)
        person = pages.program.store.people.find("reader")
        assert person is not None
        pages.program.store.people.end(person.id, now=NOON)

        assert pages.ask(feed).status == 404


def test_a_program_reads_them_with_its_token(pages: Site) -> None:
    pages.program.store.machines.add("desk", hash_of("token-desk"), ["read"], by="a test", now=NOON)

    assert pages.ask(FEED, Authorization="Bearer token-desk").status == 200
    assert pages.ask(CALENDAR, Authorization="Bearer token-desk").status == 200


def test_the_page_of_a_situation_leads_there_in_both_languages(pages: Site) -> None:
    assert "/situations/ukraine-talks/feeds" in pages.sees("/situations/ukraine-talks")
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")
    assert "Стрічка і календар" in pages.sees("/situations/ukraine-talks/feeds", "editor")
