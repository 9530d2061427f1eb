"""What a program and a chat are told: pure, whole or counted, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.model.digest import Alerted, Digest, DigestInput, Withdrawal
from monitor.model.message import Reason
from monitor.report.event import Whose, digest_event, welcome_event
from monitor.report.note import LINE, digest_note, note
from tests.digests import comparison, digest_input, situation, talks

WHOSE = Whose(subscription="program", seq=7, at="2026-02-17T06:00:00Z")


def told(given: DigestInput, *, most: int = 1_000_000) -> Any:
    return json.loads(digest_event(given, "A headline (+1)", WHOSE, most=most))


def digest(*sentences: str) -> Digest:
    return Digest(
        input_hash="h", subject="Medinsky\u202e (+8)", text="", html="", shown=(), left_out=0,
        sentences=sentences,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("digest", "digest"), ("manual", "digest"), ("alert", "alert"), ("receipt", "receipt")],
)
def test_the_type_says_what_it_is(reason: Reason, kind: str) -> None:
    found = told(digest_input(reason=reason))

    assert (found["type"], found["timestamp"]) == (kind, WHOSE.at)
    assert (found["data"]["subscription"], found["data"]["seq"]) == ("program", 7)
    assert found["data"]["headline"] == "A headline (+1)"


def test_the_same_input_makes_the_same_bytes() -> None:
    given = digest_input()
    assert digest_event(given, "H", WHOSE, most=10**6) == digest_event(
        given, "H", WHOSE, most=10**6
    )


def test_findings_are_counted_and_none_is_left_out_of_the_comparison() -> None:
    (one,) = told(digest_input())["data"]["situations"]

    found = one["comparison"]["findings"]
    assert sum(one["counts"].values()) == len(found) > 0
    assert {finding["id"] for finding in found} == {each.id for each in talks().findings}
    assert one["link"].startswith("https://monitor.example.org/situations/ukraine-talks/compare?")


def test_what_is_too_large_is_all_numbers_and_says_why() -> None:
    whole = digest_event(digest_input(), "H", WHOSE, most=10**6)
    exact, less = told(digest_input(), most=len(whole) + 14), told(digest_input(), most=500)

    assert "incomplete" not in exact["data"]
    assert less["data"]["incomplete"]
    (one,) = less["data"]["situations"]
    assert "comparison" not in one
    assert one["counts"] == exact["data"]["situations"][0]["counts"]


def test_without_pages_there_is_no_link() -> None:
    (one,) = told(digest_input(public_url=None))["data"]["situations"]
    assert "link" not in one


def test_what_only_takes_back_is_a_correction() -> None:
    gone = Alerted(
        finding="f", sentence="Talks are cancelled.", at="2026-02-13T07:12:00Z", cancelled=True
    )
    out = Withdrawal(as_of="2026-02-05", reason="a forgery", at="2026-02-14T07:12:00Z")
    given = digest_input(situation(comparison(), alerted=(gone,), withdrawn=(out,)))
    found = told(given)

    assert found["type"] == "correction"
    (one,) = found["data"]["situations"]
    assert one["taken_back"] == [{"finding": "f", "sentence": gone.sentence, "at": gone.at}]
    assert one["withdrawn"] == [
        {"as_of": "2026-02-05", "reason": "a forgery", "at": out.at, "again": False}
    ]


def test_a_lone_surrogate_is_an_escape_and_every_body_is_utf8() -> None:
    body = digest_event(digest_input(), "Медінський \ud800", WHOSE, most=10**6)
    assert json.loads(body.decode())["data"]["headline"] == "Медінський \ud800"
    assert "Медінський".encode() in digest_event(digest_input(), "Медінський", WHOSE, most=10**6)


def test_a_welcome_says_from_which_version_one_follows() -> None:
    found = json.loads(welcome_event("You now follow", WHOSE, [talks()], None))

    assert found["type"] == "welcome"
    (one,) = found["data"]["situations"]
    assert one["to"]["as_of"] == talks().new.as_of
    assert "comparison" not in one


def test_a_note_is_a_headline_three_findings_and_a_link() -> None:
    given = digest_input()
    title, *lines = digest_note(given, digest("A", "B\nC", "D", "E")).decode().split("\n")

    assert "\u202e" not in title
    assert title.endswith("(+8)")
    assert lines[0] == "• A"
    assert len(lines) == 4
    assert lines[3].startswith("https://monitor.example.org/situations/")


def test_a_note_in_ukrainian_is_the_digests_own_words() -> None:
    text = digest_note(digest_input(language="uk"), digest("Мединський очолює делегацію")).decode()
    assert "• Мединський очолює делегацію" in text


def test_a_long_finding_is_shortened_and_nothing_breaks_a_line() -> None:
    title, line = note("H\r\nBcc: x", ("word " * 400,)).decode().split("\n")

    assert len(line) <= LINE + 2
    assert "\r" not in title
