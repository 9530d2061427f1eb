"""The few sentences at the top of a digest, and which findings they are."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Finding, Provenance, Publication, Significance, Upcoming
from monitor.model.record import replace
from monitor.model.said import Added, Dates, FieldChanged, Joined, Reworded, Slipped, TookPlace
from monitor.report.around import running, upcoming
from monitor.report.block import LINES, WORDS
from monitor.report.ranking import in_turn, ordered
from monitor.report.report import make_report
from monitor.report.shortening import one_line
from monitor.words import ENGLISH
from tests.digests import comparison, finding, joined, replaced, widened

MAJOR = Significance.MAJOR


def on(day: str) -> Dates:
    return (day, None)


def block(*findings: Finding) -> tuple[str, ...]:
    made = make_report(
        comparison(*findings),
        findings,
        (),
        names=("old", "new"),
        language=ENGLISH,
        failed=lambda rule, path, error: pytest.fail(f"{rule} {path} {error}"),
        brief=True,
    )
    return made.block


def opened(name: str, text: str, collection: str = "stances") -> Finding:
    said = Reworded(name, None, "Text", "old", text, issue="the well")
    return finding("reworded", said, significance=MAJOR, collection=collection)


def joins(who: str, **others: object) -> Finding:
    return joined(who, id=f"f-{who}", **others)


def test_it_holds_at_most_five_lines_of_few_words() -> None:
    lines = block(*(joins(f"Person {n}") for n in range(20)))
    assert len(lines) == LINES
    assert sum(len(line.split()) for line in lines) <= WORDS


def test_two_findings_speak_for_themselves() -> None:
    assert block(joins("Ash"), joins("Birch")) == ()
    assert len(block(joins("Ash"), joins("Birch"), joins("Cole"))) == 3


def test_what_is_minor_is_not_in_it_beside_what_is_major() -> None:
    small = [joins(name, significance=Significance.MINOR) for name in ("Elm", "Fir")]
    assert block(joins("Ash"), *small) == ("Ash joins Russia's delegation as a member.",)
    many = [joins(f"Oak {n}", significance=Significance.MINOR) for n in range(6)]
    assert len(block(*small, *many)) == 5
    # In one line each they would stand there twice.
    assert block(*small, joins("Oak", significance=Significance.MINOR)) == ()


def test_it_speaks_of_each_section_before_it_speaks_of_one_again() -> None:
    lines = block(joins("Ash"), joins("Birch"), joins("Cole"), opened("Red", "The well is shut."))
    assert "The well is shut." in lines[1]


def test_a_long_sentence_is_told_by_its_first_clause_and_a_name_is_never_cut() -> None:
    long = "The well of Upper Marn stays shut until the spring; then " + "the council sits. " * 9
    lines = block(opened("Red", long), joins("Ash"), joins("Birch"))
    told = next(line for line in lines if "Marn" in line)
    assert told == "Red now: The well of Upper Marn stays shut until the spring."


def test_a_full_stop_of_an_abbreviation_ends_no_clause() -> None:
    long = "Col. St. John Marchbanks and Mr. Bo Ash met the council of Marn and left again at noon"
    lines = block(opened("Red", long), joins("Ash"), joins("Birch"))
    assert any("left again at noon" in line for line in lines)


def test_of_equals_what_happened_comes_before_what_was_said() -> None:
    met = finding("took-place", TookPlace("The fair", "held", on("2031-05-02")), significance=MAJOR)
    slid = finding(
        "slipped",
        Slipped("The vote", on("2031-05-01"), on("2031-06-01")),
        significance=MAJOR,
    )
    said = opened("Red", "No.", collection="delegations.members")
    found = ordered(comparison(said, slid, met), (said, slid, met))
    assert [each.rule for each in found] == ["took-place", "slipped", "reworded"]


def test_plans_come_by_their_dates_and_never_by_the_alphabet() -> None:
    plans = [
        finding("added", Added(name, None, "Rounds", [], None, dates=on(day), state="planned"))
        for name, day in (("Alpha", "2031-09-01"), ("Beta", "2031-03-01"), ("Gamma", "2031-06-01"))
    ]
    found = ordered(comparison(*plans), plans)
    assert [each.path for each in found] == [plans[n].path for n in (1, 2, 0)]


def test_what_has_no_date_comes_by_when_it_was_written_about() -> None:
    sources = {day: Publication(id=day, published=day) for day in ("2026-02-11", "2026-02-13")}
    late, soon = (
        replace(joins(name), provenance=Provenance(sources=(day,)))
        for name, day in (("Ash", "2026-02-13"), ("Birch", "2026-02-11"))
    )
    found = ordered(comparison(late, soon, sources=sources), (late, soon))
    assert [each.id for each in found] == ["f-Birch", "f-Ash"]


def test_what_speaks_of_the_same_things_as_something_critical_comes_first() -> None:
    apart, beside = joins("Ash"), joins("Birch", entities=("people[kostyukov]",))
    found = ordered(comparison(apart, beside, replaced()), (apart, beside, replaced()))
    assert [each.id for each in found[1:]] == ["f-Birch", "f-Ash"]


def test_turns_keep_the_stronger_before_the_weaker() -> None:
    weak = finding("joined", Joined("x", "y", None, single=False), collection="rounds")
    found = in_turn((widened(), replaced(), joins("Ash"), weak))
    assert [each.significance for each in found] == sorted(
        (each.significance for each in found), reverse=True
    )


def test_a_field_that_a_sentence_only_names_is_told_with_its_new_value() -> None:
    changed = finding(
        "changed", FieldChanged("The fair", None, "Rounds", "place", "Old Marn", "Upper Marn")
    )
    assert block(changed, joins("A", significance=Significance.MINOR), joins("B"))


@pytest.mark.parametrize(
    ("starts", "ends", "heading"),
    [
        ("2026-02-10", "2026-02-20", "Under way: The fair, until 20 Feb 2026"),
        ("2026-02-17", "2026-02-20", "Next: The fair, 17–20 Feb 2026 (set)"),
        ("2026-02-20", None, "Next: The fair, 20 Feb 2026 (set)"),
    ],
)
def test_what_has_begun_is_not_what_comes_next(starts: str, ends: str | None, heading: str) -> None:
    planned = Upcoming(label="The fair", starts=starts, ends=ends, state="set", path="x")
    about = comparison(joins("Ash"), upcoming=(planned,))
    lines = [f"{ENGLISH.labels.running}: {each}" for each in running(about, ENGLISH)]
    lines += [f"{ENGLISH.labels.next}: {each}" for each in upcoming(about, ENGLISH)]
    assert lines == [heading]


def test_a_line_below_the_fold_keeps_second_halves_and_old_values() -> None:
    assert one_line("Red is quiet; Blue is not.", "") == "Red is quiet; Blue is not."
    long = "Size changes from four to six; " + "and more of it " * 8
    assert one_line(long, "") == "Size changes from four to six."
    assert one_line("New: the ferry.", "It runs at noon.") == "New: the ferry. It runs at noon."
