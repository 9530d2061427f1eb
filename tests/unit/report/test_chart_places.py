"""Under which finding the chart of an issue stands."""

from __future__ import annotations

from monitor.model.comparison import Finding, Interval, PartyStanding, Significance
from monitor.model.record import replace
from monitor.model.said import Softened, Widened
from monitor.report.sections import charts
from monitor.words import ENGLISH
from tests.digests import comparison, finding


def _percent(number: float) -> Interval:
    return Interval(low=number, high=number, unit="percent")


def stood(party: str, low: float, before: float | None = None) -> PartyStanding:
    return PartyStanding(
        party=party,
        party_label=party.title(),
        issue="toll",
        issue_label="the toll",
        now=f"{low}",
        before=None if before is None else f"{before}",
        interval=_percent(low),
        interval_before=None if before is None else _percent(before),
        moved=before is not None,
    )


def spoke(party: str) -> PartyStanding:
    """Moved from a word to another, and has no number."""
    return replace(
        stood(party, 0, 1), interval=None, interval_before=None, step=1, step_before=0, steps=3
    )


def about(party: str, *parties: str) -> Finding:
    said = Softened if party == "mill" else Widened
    return finding(
        "softened",
        said(party, None, "Position", "refuses", "listens"),
        significance=Significance.MAJOR,
        issues=("toll",),
        parties=(party, *parties),
    )


def homes(*standings: PartyStanding, findings: tuple[Finding, ...]) -> list[str]:
    found = replace(comparison(*findings), standings=standings)
    return [name.removeprefix("f-") for name in charts(found, findings, ENGLISH)]


def test_a_chart_stands_under_one_whose_bars_moved_and_not_under_who_has_none() -> None:
    standings = (stood("red", 8, 10), stood("blue", 7), spoke("mill"))
    assert homes(*standings, findings=(about("mill"), about("blue"), about("red"))) == ["red"]
    assert homes(*standings, findings=(about("red"), about("mill"))) == ["red"]


def test_it_stands_under_who_has_a_bar_where_no_mover_is_told_in_full() -> None:
    standings = (stood("red", 8, 10), stood("blue", 7), spoke("mill"))
    assert homes(*standings, findings=(about("mill"), about("blue"))) == ["blue"]
    assert homes(*standings, findings=(about("mill"),)) == []


def test_of_words_alone_the_mover_has_it_too() -> None:
    other = replace(spoke("kiln"), moved=False, step_before=None)
    findings = (about("kiln"), about("mill"))
    assert homes(spoke("mill"), other, findings=findings) == ["mill"]
