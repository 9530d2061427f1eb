"""Lines of a draft that a person placed are taken back into its text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.reader import read_document
from monitor.kinds.kind import Field, QuantityFields
from monitor.writing.cards import cards_of
from monitor.writing.facts import facts
from monitor.writing.holding import hold
from monitor.writing.ladders import ladder_of
from monitor.writing.lines import Lines
from monitor.writing.reader import marked
from monitor.writing.several import joined, paths_of
from monitor.writing.shorthand import expanded, shortened
from monitor.writing.shown import Shower
from monitor.writing.taking import left_to_place, take_back
from tests.talks import KIND as TALKS
from tests.talks import full
from tests.voyages import KIND, STATE

FEBRUARY = full("2026-02-15")
DAY = date(2026, 2, 17)

HEAD = "kind: voyages.kind.yaml\nsituation: coast # ours\nas_of: 2031-03-24\ncoverage: partial\n\n"

ARTICLE = """The crew of the Gannet will have 15 to 18 sailors, Astrid Moen said on Monday.
Jonna Lindqvist joins the crew of the Gannet. The Petrel lies at Skarvik. It rained for days.
"No wind will stop us," said Peder Dahl of the Petrel at Skarvik.
Ulla Krog is confirmed as mate of the Gannet. The spring passage begins on 9 April 2031."""

LINES = Lines(KIND, {one.path: one for one in facts(KIND, STATE)})


def cards() -> Any:
    known = facts(KIND, STATE)
    read = marked(ARTICLE, date(2031, 3, 24), KIND, STATE)
    return cards_of([(one, hold(one, known)) for one in read], KIND, STATE, "sun1")


FORM = "".join(f"{row}\n" for row in Shower(LINES, ladder_of(KIND), "sun1").article(cards(), "Sun"))
OFFERED = [row for row in FORM.splitlines() if re.match(r"#\w", row)]


def read(text: str) -> Any:
    return read_document(text.encode(), name="draft").document


def without_number(*starts: str) -> str:
    """The form with the `#` deleted before these lines."""
    text = FORM
    for start in starts:
        assert f"\n#{start}" in text
        text = text.replace(f"\n#{start}", f"\n{start}", 1)
    return HEAD + text


def test_the_form_is_nothing_but_comments() -> None:
    assert read(HEAD + FORM) == read(HEAD)
    assert FORM.startswith("# sun1: Sun\n\n# [sun1:1 ")
    assert FORM.endswith("\n# end of sun1\n")


def test_the_words_that_can_be_written_stand_beside_what_is_missing() -> None:
    text = "On 17 February 2026 the talks in Geneva began. Rustem Umerov was in Geneva then."
    known = facts(TALKS, FEBRUARY)
    read = marked(
        f"{text} In Geneva on 17 February Ukraine sent Rustem Umerov.", DAY, TALKS, FEBRUARY
    )
    found = cards_of([(one, hold(one, known)) for one in read], TALKS, FEBRUARY, "a")
    lines = Lines(TALKS, {one.path: one for one in known})
    rows = list(Shower(lines, ladder_of(TALKS), "a").article(found, "A"))
    told = "#     basis is one of mandated, announced, reported, seen, attended"
    assert rows.count(told) == 1
    assert rows[rows.index(told) + 1].endswith("attendance[ukraine,umerov,…]: {status: reported}")


def test_several_entries_are_placed_by_one_line() -> None:
    line = "crews[gannet|petrel].members[krog|dahl]: {duty: lookout}"
    taking = take_back(f"{HEAD}{line}\n", KIND, STATE)
    crews = read(taking.text)["crews"]
    assert [one["ship"] for one in crews] == ["gannet", "petrel"]
    assert all([each["sailor"] for each in one["members"]] == ["krog", "dahl"] for one in crews)
    assert "#   placed: crews[gannet|petrel].members[krog|dahl]\n" in taking.text
    assert paths_of('a["x|y"].b[1 | 2]') == ('a["x|y"].b[1]', 'a["x|y"].b[2]')


def test_of_several_entries_all_are_placed_or_none() -> None:
    line = "crews[gannet].members[krog|nobody]: {duty: lookout}"
    taking = take_back(f"{HEAD}{line}\n", KIND, STATE)
    assert (taking.text, taking.taken) == (f"{HEAD}{line}\n", ())
    assert "no 'nobody' in sailors" in taking.faults[0].text


def test_an_enumeration_stands_on_one_line() -> None:
    text = (
        "In Geneva on 17 February 2026, Ukraine was represented by Rustem Umerov, "
        "Kyrylo Budanov, Andrii Hnatov and Davyd Arakhamia."
    )
    known = facts(TALKS, FEBRUARY)
    found = [(one, hold(one, known)) for one in marked(text, DAY, TALKS, FEBRUARY)]
    made = cards_of(found, TALKS, FEBRUARY, "a")
    lines = Lines(TALKS, {one.path: one for one in known})
    rows = list(Shower(lines, ladder_of(TALKS), "a").article(made, "A"))
    assert "#delegations[ukraine].members[umerov|budanov|hnatov|arakhamia]: {}" in rows
    people = "umerov|budanov|hnatov|arakhamia"
    line = f"rounds[trilateral-3].attendance[ukraine,{people},…]: {{status: reported}}"
    assert f"#{line}" in rows
    assert joined(paths_of(f"x[a,{people}].y[b]")) == f"x[a,{people}].y[b]"
    assert joined(["x[a,b]", "x[c,d]"]) is None


def test_a_deleted_sign_places_a_line_with_its_source() -> None:
    taking = take_back(without_number("crews[gannet]: {hands"), KIND, STATE)
    assert read(taking.text)["crews"] == [
        {
            "ship": "gannet",
            "hands": {"from": 15, "to": 18, "unit": "sailors"},
            "certainty": "confirmed",
            "told_by": ["moen"],
            "reports": ["sun1"],
        }
    ]
    assert "#   placed: crews[gannet]\n" in taking.text
    [one] = taking.taken
    assert (one.mark and one.mark.number, taking.faults) == (1, ())


def test_who_is_new_comes_with_the_line_that_needs_him() -> None:
    taking = take_back(without_number("crews[gannet].members[lindqvist]"), KIND, STATE)
    document = read(taking.text)
    assert document["sailors"][0]["name"] == "Jonna Lindqvist"
    assert document["crews"][0]["members"][0]["sailor"] == "lindqvist"
    assert taking.text.count("#   placed: ") == 2


def test_a_line_of_ones_own_gets_the_source_of_the_quotation_above_it() -> None:
    row = next(one for one in FORM.splitlines() if "It rained" in one)
    own = "berths[gannet,skarvik]:\n  account: waits for better weather\n"
    taking = take_back(HEAD + FORM.replace(f"{row}\n", f"{row}\n{own}"), KIND, STATE)
    assert read(taking.text)["berths"] == [
        {
            "ship": "gannet",
            "port": "skarvik",
            "account": "waits for better weather",
            "certainty": "reported",
            "reports": ["sun1"],
        }
    ]
    below = take_back(f"{HEAD}{FORM}\ncrews[petrel].hands: {{from: 3, unit: days}}\n", KIND, STATE)
    [one] = below.taken
    assert (one.mark, one.placement.sources) == (None, ())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("crews[ganet]: {hands: 3}", "no 'ganet' in ships; did you mean gannet?"),
        ("crews[petrel]: {hands: 3}", "3 of what? write unit too: sailors, days"),
        ("crews[gannet]: {hands: many}", "'many' is no amount"),
        ("crews[gannet]: {told_by: nobody}", "no 'nobody' in sailors"),
        ("crews[gannet]: {certainty: sure}", '"sure" is not one of'),
        ("berths[petrel,skarvik]: {account: …}", "account is still to be written"),
        ("crews[…].members[krog]: {}", "a part of its key is still to be written"),
        ("crew[gannet]: {hands: 3}", "did you mean crews?"),
        ("crews[gannet]: 5", "write its fields in braces"),
        ("crews[gannet]: {hands: 3", "not YAML"),
        ("berths[petrel]: {}", "is named by"),
        ("|crews[gannet]: {}", "no collection |crews"),
        ("crews[gannet|]: {}", "the key is missing"),
    ],
)
def test_what_cannot_be_placed_stays_as_it_was_typed_with_its_line(line: str, fault: str) -> None:
    text = f"{without_number('passages[spring]')}{line}\n# mine\n"
    taking = take_back(text, KIND, STATE)
    assert f"\n{line}\n# mine\n" in taking.text
    [one] = taking.faults
    assert fault in one.text
    assert taking.text.splitlines()[one.line - 1] == line
    assert len(taking.taken) == 1
    assert read(taking.sound)["passages"][0]["id"] == "spring"


def test_a_text_that_cannot_be_read_stays_as_it_is() -> None:
    text = f"{HEAD}ships: [\ncrews[gannet]: {{hands: 3}}\n"
    assert take_back(text, KIND, STATE).text == text


def test_taken_twice_is_taken_once() -> None:
    once = take_back(without_number("berths[petrel,skarvik]: {account: “No"), KIND, STATE)
    assert len(once.taken) == 1
    again = take_back(once.text, KIND, STATE)
    assert (again.text, again.taken) == (once.text, ())


def test_what_the_draft_says_already_is_known() -> None:
    """A second article adds its source to that of the first, which alone say the new value."""
    text = without_number("crews[gannet]: {hands").replace(
        "# end of sun1", "# [star2:1] known: “x”"
    )
    taking = take_back(f"{text}crews[gannet]: {{}}\n", KIND, STATE)
    assert read(taking.text)["crews"][0]["reports"] == ["sun1", "star2"]
    later = f"{take_back(text, KIND, STATE).text}crews[gannet]: {{}}\n"
    assert read(take_back(later, KIND, STATE).text)["crews"][0]["reports"] == ["sun1", "star2"]


def test_what_another_line_brings_is_no_news_further_down() -> None:
    """A line without a word of its own says nothing of how firm it is, either."""
    own = "berths[gannet,skarvik]: {certainty: confirmed}\n"
    text = f"{HEAD}# [sun1:1] new: “x”\n{own}# end of sun1\n"
    taking = take_back(f"{text}# [star2:1] known: “y”\nberths[gannet,skarvik]: {{}}\n", KIND, STATE)
    [berth] = read(taking.text)["berths"]
    assert (berth["certainty"], berth["reports"]) == ("confirmed", ["sun1", "star2"])


def test_line_ends_of_another_sort_are_kept() -> None:
    text = without_number("passages[spring]").replace("\n", "\r\n")
    made = take_back(text, KIND, STATE).text
    assert made.count("\r\n") == made.count("\n")
    assert "placed: passages[spring]" in made


def test_what_is_left_to_place_is_counted() -> None:
    left = left_to_place(HEAD + FORM)
    assert left == 5
    taken = take_back(without_number("passages[spring]"), KIND, STATE).text
    assert left_to_place(taken) == left - 1
    given_up = re.sub(r"(?m)^#\w.*\n", "", taken)
    assert left_to_place(given_up) == 0


def test_the_words_of_an_article_make_no_mark_and_no_line() -> None:
    evil = "The crew said: “" + "x" * 80 + "\n[log1:1 confirmed] crews[gannet]: {hands: 3}”."
    known = facts(KIND, STATE)
    found = [(one, hold(one, known)) for one in marked(evil, None, KIND, STATE)]
    made = cards_of(found, KIND, STATE, "sun1")
    rows = list(
        Shower(LINES, ladder_of(KIND), "sun1").article(made, "[log1:1] x\ncrews[gannet]: {}")
    )
    assert all(row.startswith("#") for row in rows if row)
    assert [row for row in rows if row.startswith("# [")] == [rows[2]]
    assert take_back(HEAD + "\n".join(rows), KIND, STATE).taken == ()


TALKED = """Russia's delegation of 15 to 20 people is announced, Dmitry Peskov said on Monday.
Igor Kostyukov belongs to the delegation of Russia. Oskar Lind joins the delegation of Russia.
Ukraine rejects that Russia keeps the nuclear plant. "Come to the table fast," said Donald Trump.
In Geneva on 17 February 2026, Ukraine sent Rustem Umerov, Kyrylo Budanov and Andrii Hnatov."""


@pytest.mark.parametrize(
    ("text", "kind", "state", "most"),
    [(ARTICLE, KIND, STATE, 5), (TALKED, TALKS, FEBRUARY, 9)],
    ids=["ships", "talks"],
)
def test_every_line_is_read_as_just_what_was_offered(
    text: str, kind: Any, state: Any, most: int
) -> None:
    """Deleting its sign alone, once nothing is missing."""
    known = facts(kind, state)
    read = marked(text, DAY, kind, state)
    made = cards_of([(one, hold(one, known)) for one in read], kind, state, "a")
    lines = Lines(kind, {one.path: one for one in known})
    rows = [*Shower(lines, ladder_of(kind), "a").article(made, "A")]
    whole = [one for card in made for one in card.options if not one.missing]
    offered = [each for one in whole for each in (one.placement, *one.also)]
    seen = 0
    for number, row in enumerate(rows):
        if row.startswith("#") and row[1:2].isalpha() and "…" not in row:
            changed = [*rows[:number], row.removeprefix("#"), *rows[number + 1 :]]
            for one in take_back(HEAD + "\n".join(changed), kind, state).taken:
                assert one.placement in offered
                seen += 1
    assert seen >= most


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(OFFERED)), st.booleans())
def test_any_lines_may_be_placed_together(rows: set[str], crlf: bool) -> None:
    text = HEAD + "\n".join(
        row.removeprefix("#") if row in rows else row for row in FORM.split("\n")
    )
    taking = take_back(text.replace("\n", "\r\n") if crlf else text, KIND, STATE)
    unwritten = [row for row in rows if "…" in row]
    assert len(taking.faults) == len(unwritten)
    assert len(taking.taken) >= len(rows) - len(unwritten)
    assert all(row.removeprefix("#") in taking.text for row in unwritten)
    assert "# ours" in taking.text


AMOUNT = Field(
    name="size", title="", quantity=QuantityFields("from", "to", "unit"), choices=("days",)
)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        (6, {"from": 6, "to": 6, "unit": "days"}),
        (2.5, {"from": 2.5, "to": 2.5, "unit": "days"}),
        ("15-20", {"from": 15, "to": 20, "unit": "days"}),
        ("15+", {"from": 15, "unit": "days"}),
        ("<=20", {"to": 20, "unit": "days"}),
    ],
)
def test_an_amount_is_written_short_where_its_unit_is_plain(short: Any, whole: Any) -> None:
    assert expanded(short, AMOUNT, None) == whole
    assert shortened(whole, AMOUNT, None) == short


def test_an_amount_of_another_unit_is_written_whole() -> None:
    other = {"from": 6, "to": 6, "unit": "weeks"}
    assert shortened(other, AMOUNT, None) == other
    assert expanded(6, AMOUNT, other) == other


def test_of_two_lines_that_say_different_things_the_second_stays_as_it_was_typed() -> None:
    lines = [f"crews[petrel]: {{hands: {{from: {hands}, unit: days}}}}\n" for hands in (3, 4)]
    taking = take_back(f"{HEAD}{FORM}\n{''.join(lines)}", KIND, STATE)
    assert len(taking.taken) == 1
    assert [one.text for one in taking.faults] == [
        "crews[petrel].hands: a line above says {from: 3, unit: days}"
    ]
