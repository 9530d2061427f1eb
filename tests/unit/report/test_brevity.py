"""The more a mail has to tell, the shorter each thing is told; no finding is lost by it."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Finding, RivalClaim, Significance
from monitor.model.record import replace
from monitor.model.said import NOTHING_BESIDE, Added, ManyAdded, Reserve
from monitor.report.brevity import MANY, fitting, words_in
from monitor.report.heading import heading
from monitor.report.lines import quiet
from monitor.report.names import in_few_names
from monitor.report.repeats import undisputed, without_repeats
from monitor.report.sources import Citations
from monitor.report.surnames import by_surname
from monitor.report.topics import without_name, without_title
from monitor.report.view import DetailView, FindingView, SectionView
from monitor.report.voice import IN_MAIL, LEVELS, Voice
from monitor.words import language
from tests.digests import finding, joined
from tests.unit.report.test_briefly import view

TERSE, TIGHT = LEVELS[1], LEVELS[-1]


def voice(limits: object = TIGHT, code: str = "en") -> Voice:
    return Voice(
        situation="fair",
        language=language(code),
        citations=Citations({}, str),
        failed=lambda rule, path, error: pytest.fail(f"{rule} {path} {error}"),
        year="2031",
        limits=limits,  # type: ignore[arg-type]
    )


def strong(sentence: str, *said: str) -> FindingView:
    return replace(view(sentence), significance="major", said=said)


def many(*names: str) -> Finding:
    return finding("added", ManyAdded("Guests", "the fair", len(names), list(names)))


@pytest.mark.parametrize(("each", "level"), [(250, 0), (100, 0), (99_999, 4)])
def test_the_roomiest_form_that_fits_is_taken_else_the_tightest(each: int, level: int) -> None:
    assert fitting(5, LEVELS.index, lambda _: each) == level


def test_where_there_is_more_to_tell_there_are_more_words() -> None:
    sizes = (500, 450, 440, 435, 430)
    assert fitting(20, LEVELS.index, sizes.__getitem__) == 4
    assert fitting(30, LEVELS.index, sizes.__getitem__) == 1


def test_of_very_many_nothing_is_tried() -> None:
    assert fitting(MANY + 1, LEVELS.index, lambda _: 0) == len(LEVELS) - 1


def test_marks_and_lines_are_no_words() -> None:
    assert words_in(["A [1] – 3.5 ■ ###", "well"]) == 4


def test_of_many_names_the_first_two_stand_and_how_many_more() -> None:
    guests = many("Ash (seen)", "Birch (seen)", "Cole (named)", "Dale (seen)", "Elm (seen)")
    told = in_few_names(guests, voice()).said
    assert isinstance(told, ManyAdded)
    assert (told.entries, told.number) == (["Ash, Birch and 3 more"], 5)
    assert (
        in_few_names(many("Ash", "Birch", "Cole", "Dale"), voice()).said
        == many("Ash", "Birch", "Cole", "Dale").said
    )
    assert in_few_names(guests, voice(IN_MAIL)) is guests
    uk = in_few_names(guests, voice(code="uk")).said
    assert isinstance(uk, ManyAdded)
    assert uk.entries == ["Ash, Birch та ще 3"]


def test_a_clause_that_a_sentence_above_has_is_not_told_again() -> None:
    above = strong("Red on the ferry: No ferry sails by night; the quay stays shut.")
    below = view("The fair: No ferry by night. The first fair in the new harbour.")
    only = view("Rook: No ferry sails by night.")
    section = SectionView(title="Fairs", findings=(above, below, only))
    (told,) = without_repeats((section,), TERSE)
    assert [each.line for each in told.findings] == [
        above.line,
        "The fair: The first fair in the new harbour.",
        # All that it says is told: it stays, as a finding of its own.
        only.line,
    ]
    assert without_repeats((section,), IN_MAIL) == (section,)


def test_a_row_that_a_line_tells_as_a_sentence_is_left_out() -> None:
    row = DetailView(
        label="Programme",
        before="not stated",
        after="opening at noon, stalls of every trade and a common supper",
        pieces=(),
        first=True,
        text=False,
        told=False,
    )
    above = replace(strong("The fair took place."), details=(row,))
    line = view("An opening of the fair at noon, stalls of every trade, then a common supper.")
    (told,) = without_repeats((SectionView(title="Fairs", findings=(above, line)),), TERSE)
    assert told.findings[0].details == ()
    assert told.findings[1].line == line.line
    older = replace(above, details=(replace(row, first=False, before="a supper"),))
    (kept,) = without_repeats((SectionView(title="Fairs", findings=(older, line)),), TERSE)
    assert kept.findings[0].details == older.details


def test_what_is_left_of_what_came_says_that_the_rest_went() -> None:
    above = strong("The fair took place: opening at noon, stalls by trade and a common supper.")
    line = (
        "Rules, new: An opening at noon, then stalls by trade, then a common supper; "
        "the same on the next day. No longer said: The fair is small."
    )
    section = SectionView(title="Fairs", findings=(above, view(line)))
    (told,) = without_repeats((section,), TERSE)
    assert told.findings[1].line == "Rules, no longer said: The fair is small."


def test_what_is_said_otherwise_is_told_once_if_it_is_a_finding_of_its_own() -> None:
    text = "A plan for an early ballot and a second fair by 15 May, under pressure from Blue"
    report = finding("added", Added("Report of a plan", None, "Reports", [], text))
    rivals = (
        RivalClaim(
            field="words",
            value="plans an early ballot and a second fair by 15 May, says a clerk",
            source="b",
        ),
        RivalClaim(
            field="words", value="wants no fair at all in the years that are to come", source="c"
        ),
    )
    stance = replace(joined("Ash"), disputed=rivals)
    assert undisputed(stance, [stance, report], TERSE).disputed == rivals[1:]
    assert undisputed(stance, [stance, report], IN_MAIL).disputed == rivals
    assert undisputed(stance, [stance], TERSE).disputed == rivals


def test_people_are_called_by_their_last_names_once_they_are_known() -> None:
    first = strong("The fair slips (announced by Ada Rook).")
    second = strong("Red agrees (claimed by Ada Rook).", "Ada Rook")
    third = strong("The mill is sold (reported by Fen News).")
    fourth = strong("The mill is burnt (reported by Fen News).")
    known = view("Rook on the mill: It is old.")
    section = SectionView(title="Fairs", findings=(first, second, third, fourth, known))
    voices = [
        replace(each, provenance=replace(each.provenance, said_by=who))
        for each, who in ((joined("a"), "Ada Rook"), (joined("b"), "Fen News"))
    ]
    (told,) = by_surname((section,), voices, ())
    assert [each.sentence for each in told.findings[:4]] == [
        first.sentence,
        "Red agrees (claimed by Rook).",
        third.sentence,
        fourth.sentence,
    ]
    assert told.findings[1].said == ("Rook",)
    (told,) = by_surname((section,), voices, ("Ada Rook replaces Ben Tern.",))
    assert told.findings[0].sentence == "The fair slips (announced by Rook)."


def test_of_two_with_one_last_name_both_keep_the_first() -> None:
    section = SectionView(
        title="Fairs", findings=(strong("So says Ada Rook."), strong("And Ada Rook; Rook."))
    )
    voices = [
        replace(joined(who), provenance=replace(joined(who).provenance, said_by=who))
        for who in ("Ada Rook", "Ben Rook")
    ]
    assert by_surname((section,), voices, ()) == (section,)


def claim(status: str, said_by: str, name: str) -> Finding:
    beside = NOTHING_BESIDE._replace(reserve=Reserve(status, lowest=False, said_by=said_by))
    said = Added(name, None, "Statements", [], "The mill is old.")
    return replace(finding("added", said), beside=beside, significance=Significance.MINOR)


def reserve(status: str, said_by: str, name: str, *papers: str) -> Reserve | None:
    given = claim(status, said_by, name)
    told = given.beside.reserve
    assert told is not None
    beside = given.beside._replace(reserve=told._replace(papers=papers))
    return quiet(replace(given, beside=beside), TERSE).beside.reserve


@pytest.mark.parametrize(
    ("status", "said_by", "name"),
    [
        ("claimed", "Ada Rook", "Sale of the mill"),
        ("claimed", "Ada Rook", "Rook's visit to the mill"),
        ("expected", "Ada Rook", "Rook on the day of the sale"),
        ("reported", "Fen News", "Report of a sale"),
    ],
)
def test_how_firm_it_is_and_who_says_so_is_told_in_few_words_too(
    status: str, said_by: str, name: str
) -> None:
    told = reserve(status, said_by, name)
    assert told is not None
    assert (told.status, told.said_by) == (status, said_by)


@pytest.mark.parametrize("name", ["Rook on the mill", "Ada Rook about the mill", "Rook про млин"])
@pytest.mark.parametrize("status", ["claimed", "announced"])
def test_a_statement_is_called_by_who_makes_it(status: str, name: str) -> None:
    assert reserve(status, "Ada Rook", name) is None


@pytest.mark.parametrize(
    ("said_by", "paper", "told"),
    [
        ("unnamed sources of Fen News", "Gazette citing Fen News", "Gazette citing Fen News"),
        ("unnamed sources of the Grey Bell", "The Post (GB text)", "the Grey Bell"),
        ("two people known to The Grey Bell", "Post citing TGB", "The Grey Bell"),
    ],
)
def test_a_description_of_who_says_so_becomes_the_paper_it_names(
    said_by: str, paper: str, told: str
) -> None:
    found = reserve("reported", said_by, "Sale of the mill", paper)
    assert found is not None
    assert (found.said_by, found.papers) == (None, (told,))


def test_another_paper_does_not_stand_for_who_says_so() -> None:
    found = reserve("reported", "three of the grey bell", "Sale of the mill", "The Post (XY text)")
    assert found is not None
    assert found.said_by == "three of the grey bell"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Rook's visit to Fenhaven (3 May): Rook came to Fenhaven.",
            "3 May: Rook came to Fenhaven.",
        ),
        (
            "Offer of a joint harbour watch: A harbour watch is offered.",
            "A harbour watch is offered.",
        ),
        ("Візит Рука до Фенгавена (3 травня): Рук відвідав Фенгавен.", None),
        ("Rook on the sale of the mill: The sale of the mill is off.", None),
        ("The Isles (host of the sale): The Isles host the sale.", None),
        ("Dinner of the two islands: Ash and Birch came.", None),
    ],
)
def test_a_title_that_its_sentence_repeats_is_left_out(text: str, told: str | None) -> None:
    assert without_title(text) == (told or text)


def test_lines_call_by_the_last_name_who_is_named_above() -> None:
    line = view("The mill is sold (claimed by Ada Rook).")
    known = view("Rook on the mill: It is old.")
    above = strong("The fair slips (announced by Ada Rook).")
    section = SectionView(title="Fairs", findings=(line, above, known))
    voices = [replace(joined("a"), provenance=replace(joined("a").provenance, said_by="Ada Rook"))]
    (told,) = by_surname((section,), voices, ())
    assert told.findings[0].line == "The mill is sold (claimed by Rook)."
    assert told.findings[1].sentence == above.sentence


def test_the_block_says_how_firm_and_leaves_who_to_the_section() -> None:
    leaves = replace(claim("claimed", "Ada Rook", "x"), said=joined("Ash").said)
    told = heading(leaves, "Ash joins Russia's delegation (claimed by Ada Rook).", voice(TERSE))
    assert told == "Ash joins Russia's delegation as a member (claimed)."


def test_a_name_that_says_nothing_more_is_left_out() -> None:
    told = "Secret harbour dinner between Northern and Southern islands: The islands dine."
    assert without_name(told) == told
    told = "Harbour talks between Northern and Southern islands: Harbour talks between the "
    told += "Northern and Southern islands begin."
    assert without_name(told).startswith("Harbour talks between the Northern")
    assert without_name("Sale of the mill: It is sold.") == "Sale of the mill: It is sold."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The mill is sold.", "The mill is sold (Rook)."),
        ('It is called "old".', 'It is called "old" (Rook).'),
        ("The mill is sold (on 3 May).", "The mill is sold (on 3 May, Rook)."),
        ("Is it sold?", "Is it sold? (Rook)"),
    ],
)
def test_who_says_so_stands_in_the_sentence(sentence: str, told: str) -> None:
    assert strong(sentence, "Rook").attributed == told
    assert strong(sentence).attributed == sentence
