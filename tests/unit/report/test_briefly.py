"""Lines below the fold: grouped under what they share, and none of them lost."""

from __future__ import annotations

from monitor.report.brief import briefly
from monitor.report.view import FindingView, SectionView
from monitor.words import ENGLISH


def view(line: str, *, parent: str = "", below: str = "", rivals: str = "") -> FindingView:
    return FindingView(
        id=line,
        path="",
        significance="minor",
        level="minor",
        sentence=line,
        short=line,
        line=line,
        aside="",
        details=(),
        untold="",
        said=(),
        sources=(),
        more="",
        disputed=(),
        weighed="",
        history=None,
        remarks=(),
        alerted=None,
        chart=None,
        parent=parent,
        below=below,
        rivals=rivals,
    )


def told(*findings: FindingView) -> list[tuple[str, list[str]]]:
    section = SectionView(title="Fairs", findings=findings)
    groups = briefly([section], ENGLISH.labels)
    return [(group.title, [each.line for each in group.findings]) for group in groups]


VENUE = view("New in Venues of the fair: the hall.", parent="The fair", below="Venues, new: hall.")
HOURS = view("New in Hours of the fair: noon.", parent="The fair", below="Hours, new: noon.")
OTHER = view("New in Hours of the show: one.", parent="The show", below="Hours, new: one.")
RIVAL = view("Sources disagree on the fair: city Oban.", rivals="The fair: city Oban.")


def test_what_belongs_to_one_thing_stands_below_its_name() -> None:
    assert told(VENUE, view("Ada is 40."), HOURS) == [
        ("", ["Ada is 40."]),
        ("The fair", ["Venues, new: hall.", "Hours, new: noon."]),
    ]


def test_a_line_alone_names_what_it_belongs_to_itself() -> None:
    assert told(VENUE, OTHER) == [
        ("Fairs", ["New in Venues of the fair: the hall.", "New in Hours of the show: one."])
    ]


def test_what_others_say_comes_last_under_one_heading() -> None:
    assert told(RIVAL, VENUE) == [
        ("", ["New in Venues of the fair: the hall."]),
        ("Sources disagree", ["The fair: city Oban."]),
    ]


def test_what_cannot_do_without_its_parent_and_stays_below_the_section() -> None:
    whole = view("The venue of the fair is the hall.", parent="The fair")
    assert told(whole, VENUE, HOURS)[0] == ("", ["The venue of the fair is the hall."])


def test_a_heading_over_a_single_line_is_left_out() -> None:
    two, one = (
        SectionView(title=title, findings=tuple(map(view, lines)))
        for title, lines in (("Fairs", ("Ada is 40.", "Ben is 50.")), ("Shows", ("Cy is 60.",)))
    )
    assert [group.title for group in briefly([two, one], ENGLISH.labels)] == ["", "Fairs"]


def test_what_several_say_of_one_thing_stands_below_that() -> None:
    lines = ("Ada Rook on the spring fair: A success.", "Ben on the spring fair: He was ill.")
    assert told(view("Ada on food: Good."), *map(view, lines), view("Cy on rain: Wet.")) == [
        ("Fairs", ["Ada on food: Good.", "Cy on rain: Wet."]),
        ("On the spring fair", ["Ada Rook: A success.", "Ben: He was ill."]),
    ]
