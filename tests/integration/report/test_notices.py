"""Mail that is no digest."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Significance
from monitor.model.contents import Contents, Listed
from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.render import load_templates
from monitor.report.notices import operator_notice, trial_mail, welcome
from tests.digests import as_read, comparison, talks

TEMPLATES = load_templates()

SPEC = SubscriptionSpec(
    address="ana@example.org",
    name="desk",
    situations=("ukraine-talks",),
    zone="Europe/Kyiv",
    alert_level=Significance.CRITICAL,
)

WELCOME = """\
You now follow “ukraine-talks”

This is what you will get, and how things stand.

YOUR SUBSCRIPTION

* How often: daily at 07:00 Kyiv time.
* What: findings that are minor or stronger.
* Without waiting: findings that are critical.

TRILATERAL TALKS: UKRAINE, RUSSIA, UNITED STATES, AS OF 17 FEB 2026

* security guarantees: Ukraine asks 20–50 years; United States offers 15 years
* Next: Third round, 17–18 Feb 2026 (announced)
* 4 findings since 5 Feb 2026 will be told first.

The next mail comes when there is something to tell.

--
Sent to: ana@example.org
Unsubscribe: https://monitor.example.org/u/TOKEN
"""


def test_the_whole_text_of_a_welcome() -> None:
    notice = welcome(SPEC, [talks()], TEMPLATES)
    assert as_read(notice.text) == WELCOME
    assert notice.subject == "You now follow “ukraine-talks”"
    assert notice.reason == "welcome"


def test_a_reader_who_begins_at_the_latest_version_waits_for_the_next() -> None:
    text = welcome(SPEC, [comparison()], TEMPLATES).text
    assert "* You will be told what changes from here on." in text


HELD = Contents(
    facts=(("Seat", "Orvale"), ("Founded", "2019-03-04")),
    lists=(
        Listed(path="members", title="Members", count=3, names=("Ana Reyes", "Bo Lind", "Cleo")),
        Listed(path="posts", title="Posts", count=1240, names=("chair", "clerk", "x" * 400)),
        Listed(path="seats", title="Seats", count=1, names=("north",)),
        Listed(path="notes", title="Notes", count=12),
        Listed(path="bans", title="Bans", count=0),
    ),
)
IN_ENGLISH = """\
* Seat: Orvale
* Founded: 4 March 2019
* Members: 3 entries: Ana Reyes, Bo Lind and Cleo
* Posts: 1,240 entries, such as chair, clerk and"""
IN_UKRAINIAN = """\
* Seat: Orvale
* Founded: 4 березня 2019
* Members, 3 записи: Ana Reyes, Bo Lind та Cleo
* Posts, 1240 записів, серед них chair, clerk та"""


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        (
            "en",
            IN_ENGLISH,
            ("* Seats: 1 entry: north", "* Notes: 12 entries", "* Bans: no entries"),
        ),
        (
            "uk",
            IN_UKRAINIAN,
            ("* Seats, 1 запис: north", "* Notes, 12 записів", "* Bans: жодного запису"),
        ),
    ],
)
def test_where_nobody_stands_anywhere_the_lists_are_counted_with_their_first_names(
    language: str, first: str, last: tuple[str, ...]
) -> None:
    spec = replace(SPEC, language=language)
    plain = replace(comparison(), standings=())
    text = as_read(welcome(spec, [plain], TEMPLATES, held={plain.situation: HELD}).text)
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert first in text
    assert "x" * 100 not in text
    assert all(line in text.splitlines() for line in last)


def test_where_somebody_stands_somewhere_that_is_told_instead() -> None:
    told = talks()
    text = welcome(SPEC, [told], TEMPLATES, held={told.situation: HELD}).text
    assert as_read(text) == WELCOME


def test_a_reader_at_once_is_not_told_about_alerts() -> None:
    text = welcome(replace(SPEC, cadence="at-once"), [talks()], TEMPLATES).text
    assert "How often: at once." in text
    assert "Without waiting" not in text


def test_one_trouble_is_the_subject_and_several_are_counted() -> None:
    line = "snapshots/a.yaml:3:7: as_of is missing"
    assert operator_notice([line], [], TEMPLATES).subject == line
    many = operator_notice([line, "second"], ["third"], TEMPLATES)
    assert many.subject == "2 things need a person"
    assert as_read(many.text) == (
        "2 things need a person\n"
        "\n"
        "monitor needs a person.\n"
        "\n"
        "NEW\n"
        "\n"
        "* snapshots/a.yaml:3:7: as_of is missing\n"
        "* second\n"
        "\n"
        "OVER\n"
        "\n"
        "* third\n"
        "\n"
        "Each is told once, and once more when it is over; see monitor status.\n"
        "\n"
        "--\n"
        "Sent to: ana@example.org\n"
    )


def test_what_is_over_is_told_once_more() -> None:
    assert operator_notice([], ["wire is stale"], TEMPLATES).subject == "Over: wire is stale"
    both = operator_notice([], ["a", "b"], TEMPLATES)
    assert both.subject == "2 troubles are over"
    assert "Unsubscribe" not in both.text + both.html


def test_a_flood_of_troubles_is_counted_and_not_written_out() -> None:
    alike = operator_notice([f"trouble {n}" for n in range(200)], [], TEMPLATES).text
    assert "200 of one kind" in alike
    different = [f"trouble {chr(0x4E00 + n)}" for n in range(200)]
    assert "and 150 more" in operator_notice(different, [], TEMPLATES).text
    assert "trouble 60" not in alike


def test_a_test_mail_says_by_which_way_it_came() -> None:
    text = trial_mail("ana@example.org", "SMTP to mail.example.org", TEMPLATES).text
    assert "ana@example.org by SMTP to mail.example.org" in " ".join(text.split())
