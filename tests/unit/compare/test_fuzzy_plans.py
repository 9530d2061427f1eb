"""Planned things whose date is not known to the day."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context
from monitor.compare.outlook import lapse_days
from monitor.model.comparison import Document
from monitor.words import language
from monitor.words.wording import remark_sentence, sentence
from tests.reading import kind_of, snapshot_faults
from tests.unit.compare.village import BASE, comparison, kind, state


def _feast(start: str | None, end: str | None = None, **fields: Any) -> Document:
    document = copy.deepcopy(BASE)
    document["events"][0].update({"from": start, "till": end, **fields})
    return document


@pytest.mark.parametrize(
    ("before", "after", "rule", "said"),
    [
        (
            "2026-05",
            "2026-05-07",
            "date-set",
            "Harvest feast is now set for 7 May 2026 (so far: May 2026).",
        ),
        (
            "2026-05-07",
            "2026-05",
            "date-loosened",
            "Harvest feast is now only set for May 2026 (so far: 7 May 2026).",
        ),
        (
            "2026-05-01/2026-05-10",
            "2026-05-10",
            "date-set",
            "Harvest feast is now set for 10 May 2026 (so far: between 1 and 10 May 2026).",
        ),
        (
            "../2026-05",
            "2026-03",
            "date-set",
            "Harvest feast is now set for March 2026 (so far: no later than May 2026).",
        ),
        (
            "2026-05",
            "2026-06-01",
            "slipped",
            "Harvest feast slips from May 2026 to 1 June 2026.",
        ),
        (
            "2026-05",
            "2026-04~",
            "brought-forward",
            "Harvest feast is brought forward from May 2026 to about April 2026.",
        ),
        (
            "2026-05-01/2026-05-10",
            "2026-05-08/2026-05-20",
            "slipped",
            "Harvest feast slips from between 1 and 10 May 2026 to between 8 and 20 May 2026.",
        ),
        (
            "2026-05-07",
            "2026-05-07T10:00:00Z",
            "changed",
            "Harvest feast: from changes from 7 May 2026 to 7 May 2026, 10:00 UTC.",
        ),
        (
            "2026-05",
            "2026-05~",
            "changed",
            "Harvest feast: from changes from May 2026 to about May 2026.",
        ),
    ],
)
def test_what_stays_within_what_was_known_is_no_slip(
    before: str, after: str, rule: str, said: str
) -> None:
    (finding,) = comparison(_feast(before), _feast(after)).findings
    assert (finding.rule, sentence(finding)) == (rule, said)
    mirror = {
        "slipped": "brought-forward",
        "brought-forward": "slipped",
        "date-set": "date-loosened",
        "date-loosened": "date-set",
    }.get(rule, rule)
    (back,) = comparison(_feast(after), _feast(before)).findings
    assert back.rule == mirror


def test_a_closer_date_says_its_end_and_is_told_in_ukrainian() -> None:
    (finding,) = comparison(_feast("2026-05"), _feast("2026-05-07", "2026-05-09")).findings
    assert len(finding.changes) == 2
    assert sentence(finding) == "Harvest feast is now set for 7–9 May 2026 (so far: May 2026)."
    assert sentence(finding, language("uk")) == (
        "Harvest feast: дату уточнено, 7–9 травня 2026 (досі: травень 2026)."
    )


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2026-05", None, "2026-05-31"),
        ("2026-05-01/2026-05-10", None, "2026-05-10"),
        ("2026-05-01", "2026-05~", "2026-05-31"),
        ("../2026-05-04", None, "2026-05-04"),
    ],
)
def test_a_plan_lapses_when_its_last_possible_day_has_passed(
    start: str, end: str | None, last: str
) -> None:
    def lapsed(today: str) -> list[str]:
        context = Context(today=today, last_run="2026-04-30")
        found = comparison(_feast(start, end), _feast(start, end), context=context)
        return [remark_sentence(each) for each in found.remarks]

    assert lapsed(last) == []
    after = f"{last[:8]}{int(last[8:]) + 1:02}" if last[8:] != "31" else "2026-06-01"
    (said,) = lapsed(after)
    assert said.startswith("Harvest feast was announced, ")


def test_what_has_no_last_day_does_not_lapse() -> None:
    for start in ("2026-01/..", "after the holidays"):
        context = Context(today="2026-12-31", last_run="2025-01-01")
        assert comparison(_feast(start), _feast(start), context=context).remarks == ()


def test_what_is_ahead_is_there_until_its_last_possible_day_and_sorted_by_its_first() -> None:
    document = _feast("2026-05-01/2026-05-10")
    document["events"] += [
        {"tag": "fair", "called": "Fair", "from": "2026-05", "phase": "announced"},
        {"tag": "dance", "called": "Dance", "from": "../2026-06", "phase": "announced"},
    ]

    def ahead(today: str) -> list[str]:
        found = comparison(document, document, context=Context(today=today))
        return [each.label for each in found.upcoming]

    assert ahead("2026-05-10") == ["Dance", "Fair", "Harvest feast"]
    assert ahead("2026-05-11") == ["Dance", "Fair"]
    assert ahead("2026-06-30") == ["Dance"]
    assert ahead("2026-07-01") == []


FAIRS = """\
properties:
  fairs:
    type: array
    x-key: [id]
    items:
      type: object
      properties:
        id: {type: string}
        opens: {type: [string, "null"], x-edtf: true}
"""


@pytest.mark.parametrize("opens", ["2031-05", "2031-05-01/2031-05-10", "null", "2031"])
def test_a_field_of_such_dates_takes_them(opens: str) -> None:
    text = f'as_of: 2031-01-01\nfairs: [{{id: may, opens: "{opens}"}}]\n'.replace('"null"', "null")
    assert snapshot_faults(text, kind=kind_of(FAIRS)) == []


@pytest.mark.parametrize("opens", ["2031-13", "2031-02-30", "early May", "2031-05-02/2031-05-01"])
@pytest.mark.parametrize("coverage", ["full", "partial"])
def test_what_is_no_date_is_refused_with_its_line(opens: str, coverage: str) -> None:
    text = f"as_of: 2031-01-01\ncoverage: {coverage}\nfairs:\n- {{id: may, opens: {opens}}}\n"
    (fault,) = snapshot_faults(text, kind=kind_of(FAIRS))
    assert fault.startswith("file.yaml:6:13: fairs")
    assert f"'{opens}' is no date; write a day" in fault


def test_the_days_on_which_the_calendar_may_speak_are_found_in_the_document_alone() -> None:
    document = _feast("2026-05-07", "2026-05-09")
    days = lapse_days(state(document).document, kind())
    assert days is not None
    assert "2026-05-09" in days
    for day in ("2026-05-09", "2026-05-10", "2030-01-01"):
        for since in ("2020-01-01", "2026-05-09", "2026-05-10"):
            context = Context(today=day, last_run=since)
            said = comparison(document, document, context=context).remarks
            assert not said or any(since <= one < day for one in days)


def test_where_nothing_can_be_planned_the_calendar_never_speaks() -> None:
    assert lapse_days({"fairs": [{"id": "may", "opens": "2031-05"}]}, kind_of(FAIRS)) == ()
