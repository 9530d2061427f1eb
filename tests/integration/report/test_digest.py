"""Digests through the shipped templates: what they say, in both parts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from monitor.model.comparison import Significance, Upcoming
from monitor.model.digest import Alerted, Digest, SourceHealth
from monitor.model.record import replace
from monitor.model.subscription import Filter, Mute
from monitor.render import load_templates
from monitor.report.digest import BUDGET, input_document, make_digest
from tests.digests import (
    PRESS,
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
    version,
    widened,
)

TEMPLATES = load_templates()

WHOLE_TEXT = """\
DAILY DIGEST · 17 FEBRUARY 2026

Trilateral talks: Ukraine, Russia, United States
========================================================================

Since 5 Feb: 4 findings; 21 entries unchanged.

IN SHORT

* Vladimir Medinsky replaces Igor Kostyukov as head of Russia's delegation.
* Ukraine's position on security guarantees widens from 30–50 to 20–50
  years.
* Mikhail Galuzin joins Russia's delegation as a member.

DELEGATIONS

[critical] Vladimir Medinsky replaces Igor Kostyukov as head of Russia's
  delegation (Dmitry Peskov). [1] [2]
  Igor Kostyukov stays as a member.

■ Mikhail Galuzin joins Russia's delegation as a member. [3]

POSITIONS

[critical] Ukraine's position on security guarantees widens from 30–50 to
  20–50 years (Volodymyr Zelenskyy).
  Ukraine's distance to the United States on security guarantees narrows: 15
  → 5 years.
    .........#....................  United States: 15
    ............##################  Ukraine, 17 Feb: 20–50
    ..................------------  Ukraine, 5 Feb: 30–50
  AFP says 30–50 years. [2]

SMALLER CHANGES

* Third round: format changed. Trilateral and open to the press.

Unchanged: Russia: territory; Ukraine: territory (since 24 Jan).
Next: Third round, 17–18 Feb 2026 (announced)

SOURCES

[1] Reuters, 13 Feb https://example.org/reuters/1?a=1&b=2
[2] AFP, 30 Dec 2025 https://example.org/afp
[3] TASS, 16 Feb

--
You follow “ukraine-talks”, daily at 07:00 Kyiv time.
To change this: https://monitor.example.org/r/TOKEN
Sent to: ana@example.org
Unsubscribe: https://monitor.example.org/u/TOKEN
"""


class Page(HTMLParser):
    """The text and the links of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._hidden = tag in ("style", "title")
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def digest(*situations: Any, **others: Any) -> Digest:
    return make_digest(digest_input(*situations, **others), TEMPLATES)


def page(made: Digest) -> Page:
    return Page(as_read(made.html, "html"))


def links_of(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


def mute(what: str, until: str | None = None) -> Mute:
    created = datetime(2026, 2, 1, tzinfo=UTC)
    return Mute(id=1, what=what, reason="known", until=until, created_at=created)


def test_the_whole_text_of_a_digest() -> None:
    assert as_read(digest().text) == WHOLE_TEXT


def test_the_subject_has_the_strongest_finding_first_and_then_how_many_others() -> None:
    subject = digest().subject
    assert subject == "Vladimir Medinsky replaces Igor Kostyukov as head (+3)"
    assert len(subject) <= 60


def test_both_parts_tell_the_same_findings_in_the_same_order_with_the_same_links() -> None:
    made = digest(pages_url="https://monitor.example.org")
    html, text = page(made), " ".join(as_read(made.text).split())
    for whole in (html.text, text):
        body = whole[whole.upper().index("DELEGATIONS") :]
        places = [body.index(sentence.rstrip(".")) for sentence in made.sentences]
        assert places == sorted(places)
    assert set(html.links) == set(links_of(as_read(made.text)))
    assert [link for link in html.links if "history" in link] == [
        link for link in links_of(as_read(made.text)) if "history" in link
    ]


def test_sections_come_by_their_strongest_finding_and_then_in_the_order_of_the_kind() -> None:
    weak = replace(joined(), collection="parties", significance=Significance.MINOR)
    html = page(digest(situation(comparison(weak, widened(), replaced())))).text
    places = [html.index(heading) for heading in ("Delegations", "Positions", "Smaller changes")]
    assert places == sorted(places)


def test_old_and_new_are_told_by_elements_and_by_words_and_not_by_colour_alone() -> None:
    html = as_read(digest(situation(comparison(replaced(), reworded(*PRESS)))).html, "html")
    assert re.search(r"Trilateral and <del [^>]+>closed</del> <ins [^>]+>open</ins>", html)
    assert "Critical" in page(digest()).text


def test_links_to_pages_appear_only_where_pages_are_served() -> None:
    assert not [link for link in page(digest()).links if "/situations/" in link]
    links = page(digest(pages_url="https://monitor.example.org/")).links
    history = "https://monitor.example.org/situations/ukraine-talks/history?path="
    assert f"{history}delegations%5Brussia%5D.members%5Bmedinsky%5D.role" in links
    assert any("/situations/ukraine-talks/compare?old=" in link for link in links)


def test_without_a_public_url_nothing_but_sources_is_linked() -> None:
    made = digest(public_url=None)
    links = Page(made.html.replace("\x1eunsubscribe\x1e", "mailto:x@example.org")).links
    assert sorted({link.partition(":")[0] for link in links}) == ["https", "mailto"]
    assert all(link.startswith(("https://example.org/", "mailto:")) for link in links)


def test_the_same_input_gives_the_same_bytes_and_another_one_another_hash() -> None:
    assert digest() == digest()
    assert digest().input_hash != digest(zone="UTC").input_hash
    assert input_document(digest_input())["situations"][0]["comparison"]["unchanged"] == 21


def test_readers_who_share_an_input_share_the_rendering() -> None:
    made = digest()
    assert "ana@example.org" not in made.text + made.html
    assert "ana@example.org" in as_read(made.text)
    assert "ana@example.org" in as_read(made.html, "html")


def test_a_digest_over_several_situations_has_a_heading_for_each() -> None:
    other = replace(
        comparison(replace(joined("Olha Stefanishyna"), id="other")),
        situation="cabinet",
        title="Cabinet",
        new=version("2026-02-16", "cabinet"),
        old=version("2026-02-01", "cabinet"),
    )
    made = digest(situation(talks()), situation(other))
    html = as_read(made.html, "html")
    assert [int(level) for level in re.findall(r"<h([1-6])", html)] == [1, 2, 3, 3, 3, 2, 3]
    assert "2 situations" in made.text
    assert "Since 1 Feb, as of 16 Feb 2026:" in made.text
    assert made.subject.endswith("(+4)")
    assert "“ukraine-talks”, “cabinet”" in page(made).text


def test_a_situation_that_has_not_moved_says_so() -> None:
    same = version("2026-02-01", "cabinet")
    still = replace(comparison(), situation="cabinet", title="Cabinet", old=same, new=same)
    made = digest(situation(talks()), situation(still))
    assert "Nothing newer than 1 Feb 2026, which you were told. 0 findings" in made.text
    assert "Nothing newer than 1 Feb 2026" in page(made).text
    assert "Since 1 Feb" not in made.text


def test_the_section_against_the_baseline_is_short_and_says_what_is_new_in_it() -> None:
    farther = against(talks(), "2026-01-24", replaced(), widened(), joined("Kyrylo Budanov"))
    part = situation(
        talks(),
        against_baseline=farther,
        baseline=farther.old,
        baseline_how="pinned",
        new_against_baseline=(replaced().id,),
    )
    for told in (page(digest(part)).text, " ".join(digest(part).text.split())):
        assert re.search("against the baseline of 24 Jan 2026 \\(pinned\\)", told, re.IGNORECASE)
        assert "3 findings since then: 2 critical, 1 major." in told
        assert "1 of them is new to you." in told
        assert "Budanov" not in told


def test_what_a_reader_has_filtered_or_muted_stays_out_of_the_baseline_section_too() -> None:
    farther = against(talks(), "2026-01-24", replaced(), joined("Kyrylo Budanov"))
    part = situation(
        talks(),
        against_baseline=farther,
        baseline=farther.old,
        baseline_how="pinned",
        new_against_baseline=tuple(each.id for each in farther.findings),
    )
    told = digest(part, mutes=(mute("joined"),)).text
    assert "1 finding since then: 1 critical." in told
    assert "Budanov" not in told


def test_a_pinned_baseline_that_is_what_was_told_says_so_in_a_line() -> None:
    part = situation(talks(), against_baseline=talks(), baseline=talks().old, baseline_how="pinned")
    made = digest(part)
    for told in (page(made).text, made.text):
        assert re.search("against the baseline of 5 Feb 2026 \\(pinned\\)", told, re.IGNORECASE)
        assert "It is what all of the above is compared with." in told


def test_a_baseline_that_nobody_chose_and_that_was_told_is_not_said_again() -> None:
    part = situation(
        talks(), against_baseline=talks(), baseline=talks().old, baseline_how="previous"
    )
    assert "baseline" not in digest(part).text.lower()


def test_mutes_say_what_they_hid_and_until_when() -> None:
    made = digest(mutes=(mute("joined", "2026-03-01"), replace(mute("nobody"), id=2)))
    assert made.muted == (joined().id,)
    for told in (page(made).text, made.text):
        assert "“joined” hid 1 major, until 1 Mar 2026 (known)" in " ".join(told.split())
        assert "“nobody” hid nothing, without an end (known)" in " ".join(told.split())
        assert "Galuzin" not in told


def test_what_an_alert_has_told_is_marked_with_its_time() -> None:
    alerted = Alerted(finding=replaced().id, sentence="S", at="2026-02-13T07:12:00Z")
    made = digest(situation(talks(), alerted=(alerted,)))
    for told in (page(made).text, made.text):
        assert "You were alerted to this on 13 Feb 09:12." in told


def test_an_alert_that_has_cancelled_out_is_withdrawn() -> None:
    told_at = ("2026-02-12T07:12:00Z", "2026-02-13T07:12:00Z")
    alerted = tuple(
        Alerted(finding="gone", sentence="Talks are cancelled.", at=at, cancelled=True)
        for at in told_at
    )
    made = digest(situation(comparison(), alerted=alerted))
    assert made.worth_sending
    for told in (page(made).text, " ".join(made.text.split())):
        assert "Alerted 13 Feb 09:12, and no longer so: Talks are cancelled." in told
        assert told.count("no longer so") == 1


def test_an_alert_that_still_holds_is_not_withdrawn() -> None:
    alerted = Alerted(finding="told in steps", sentence="S", at="2026-02-13T07:12:00Z")
    assert "no longer so" not in digest(situation(talks(), alerted=(alerted,))).text


def test_sources_that_fail_are_named_and_fresh_ones_are_not() -> None:
    health = (
        SourceHealth(
            name="desk", state="fresh", checked_at="2026-02-17T04:10:00Z", newest="2026-02-17"
        ),
        SourceHealth(
            name="wire",
            state="failing",
            checked_at="2026-02-17T04:00:00Z",
            newest="2026-02-05",
            trouble="<b>no such folder</b>",
        ),
    )
    made = digest(health=health)
    for told in (page(made).text, " ".join(made.text.split())):
        assert "wire is failing (newest of 5 Feb 2026, last looked at 17 February 2026" in told
        assert "<b>no such folder</b>" in told
        assert "2 sources checked, the last one 17 February 2026, 06:10 Kyiv time" in told
        assert "desk is" not in told


def test_a_receipt_says_that_nothing_changed_and_what_was_checked() -> None:
    health = (
        SourceHealth(name="desk", state="fresh", checked_at="2026-02-17T04:10:00Z", newest=None),
    )
    made = digest(situation(comparison()), reason="receipt", health=health)
    assert made.subject == "Nothing changed: Trilateral talks: Ukraine, Russia, United…"
    assert not made.worth_sending
    assert "1 source checked" in made.text


def test_an_alert_says_so_in_its_subject() -> None:
    made = digest(situation(comparison(replaced())), reason="alert")
    assert made.subject.startswith("Alert: Vladimir Medinsky replaces")
    assert len(made.subject) <= 60


def test_what_could_not_be_delivered_is_said_to_be_included() -> None:
    made = digest(undelivered_since="2026-02-12")
    for told in (page(made).text, made.text):
        assert "This digest includes what could not be delivered on 12 Feb 2026" in told


def test_a_remark_stands_beside_its_finding_or_else_in_its_section() -> None:
    beside = digest(situation(comparison(widened(), remarks=(converged(),)))).text
    alone = digest(situation(comparison(remarks=(converged(),)))).text
    assert beside.index("widens from") < beside.index("guarantees narrows")
    assert "* Ukraine's distance to the United States on security guarantees narrows" in alone


def many(count: int, words: str = "x" * 300) -> tuple[Any, ...]:
    levels = (Significance.MINOR, Significance.CRITICAL, Significance.MAJOR)
    return tuple(
        replace(joined(f"Member {n} {words}"), id=f"f{n}", significance=levels[n % 3])
        for n in range(count)
    )


def test_a_full_mail_still_tells_each_finding() -> None:
    some = [joined(f"Member {n} of the old guild of millers", id=f"f{n}") for n in range(40)]
    made = digest(situation(comparison(*some)))
    assert len(made.shown) == 40
    text = " ".join(as_read(made.text).split())
    assert all(each.rstrip(".") in text for each in made.sentences)


def test_a_version_that_changes_everything_stays_within_the_budget_and_drops_nothing_silently() -> (
    None
):
    made = digest(situation(comparison(*many(600))))
    assert len(made.html.encode()) <= BUDGET
    assert len(made.shown) + made.left_out == 600
    assert len(made.shown) > 20
    for told in (page(made).text, made.text):
        assert f"{made.left_out} findings did not fit in this mail." in told
        assert "monitor diff ukraine-talks@2026-02-05 ukraine-talks@2026-02-17" in told
    assert "600 findings" in " ".join(made.text.split())
    assert made.subject.endswith("(+599)")


def test_the_budget_keeps_the_strongest_findings_of_all_sections() -> None:
    # One critical finding and the minor ones stand in one section, what is major in the next.
    findings = tuple(
        replace(each, collection="rounds", significance=Significance.MAJOR)
        if n % 2
        else replace(each, significance=Significance.MINOR if n else Significance.CRITICAL)
        for n, each in enumerate(many(600))
    )
    made = digest(situation(comparison(*findings)))
    shown = [each.significance for each in findings if each.id in made.shown]
    left = [each.significance for each in findings if each.id not in made.shown]
    assert min(shown) >= max(left)


def test_what_does_not_fit_is_linked_where_pages_are_served() -> None:
    made = digest(situation(comparison(*many(600))), pages_url="https://monitor.example.org")
    assert "All of them: https://monitor.example.org/situations/ukraine-talks/compare" in made.text


def test_long_lists_around_the_findings_are_counted_too() -> None:
    ahead = tuple(
        Upcoming(
            label=f"Round {n}", starts="2026-03-01", ends=None, state=None, path=f"rounds[{n}]"
        )
        for n in range(50)
    )
    remarks = tuple(replace(converged(), id=f"r{n}") for n in range(50))
    made = digest(situation(comparison(widened(), upcoming=ahead, remarks=remarks)))
    assert "38 more" in made.text
    assert "And 38 more remarks of this sort." in made.text


def test_a_chart_is_drawn_once_for_each_issue_on_which_somebody_moved() -> None:
    twice = (widened(), replace(widened(), id="again", path="stances[ukraine,other].text"))
    made = digest(situation(comparison(*twice, standings=standings())))
    assert made.text.count("Ukraine, 17 Feb: 20–50") == 1


def test_a_filter_is_named_where_the_reader_is_told_why_the_mail_came() -> None:
    made = digest(filter=Filter(minimum=Significance.MAJOR, parties=("russia",)))
    assert "from major up, only russia." in " ".join(made.text.split())


def test_a_reworded_text_that_has_little_in_common_is_shown_whole() -> None:
    made = digest(situation(comparison(reworded("All is open.", "Nothing of that kind stands."))))
    html = as_read(made.html, "html")
    assert re.search(r"<del [^>]+>All is open</del> → <ins [^>]+>Nothing of that", html)


@pytest.mark.parametrize("name", ["digest.html", "digest.txt", "digest.subject.txt"])
def test_an_own_template_that_fails_does_not_stop_the_digest(name: str) -> None:
    templates = type(TEMPLATES)(TEMPLATES.shipped, {name: "\n{{ view.nothing }}"})
    made = make_digest(digest_input(), templates)
    assert as_read(made.text) == WHOLE_TEXT
    assert len(made.warnings) == 1
    assert f"{name}:2" in made.warnings[0]


def test_an_own_template_changes_the_look() -> None:
    templates = type(TEMPLATES)(TEMPLATES.shipped, {"digest.txt": "{{ view.title }}\n"})
    made = make_digest(digest_input(), templates)
    assert made.text == "Trilateral talks: Ukraine, Russia, United States\n"
    assert not made.warnings
