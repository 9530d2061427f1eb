"""Planned things whose end moves alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.model.comparison import Document, Finding, Significance
from monitor.words import language
from monitor.words.wording import sentence, short
from tests.unit.compare.village import BASE, comparison


def _feast(start: str | None, end: str | None, **fields: Any) -> Document:
    document = copy.deepcopy(BASE)
    document["events"][0].update({"from": start, "till": end, **fields})
    return document


def _only(old: Document, new: Document) -> Finding:
    (found,) = comparison(old, new).findings
    return found


@pytest.mark.parametrize(
    ("before", "after", "rule", "said"),
    [
        (
            "2026-05-09",
            "2026-05-12",
            "extended",
            "Harvest feast is extended from 9 May to 12 May 2026.",
        ),
        (
            "2026-05-12",
            "2026-05-09",
            "shortened",
            "Harvest feast is cut short, from 12 May to 9 May 2026.",
        ),
        (
            "2026-12-30",
            "2027-01-02",
            "extended",
            "Harvest feast is extended from 30 December 2026 to 2 January 2027.",
        ),
        (
            "2026-05",
            "2026-06",
            "extended",
            "Harvest feast is extended from May 2026 to June 2026.",
        ),
        ("2026-05", "2026-05-20", "changed", "Harvest feast: till changes from May 2026 to "),
        (None, "2026-05-20", "changed", "Harvest feast: till is now 20 May 2026."),
        ("2026-05-20", None, "changed", "Harvest feast: till is no longer stated; before: "),
    ],
)
def test_an_end_that_moves_alone_is_told_as_such(
    before: str | None, after: str | None, rule: str, said: str
) -> None:
    found = _only(_feast("2026-05-01", before), _feast("2026-05-01", after))

    assert found.rule == rule
    assert sentence(found).startswith(said)


def test_it_matters_and_a_subject_has_the_new_end_alone() -> None:
    found = _only(_feast("2026-05-01", "2026-05-09"), _feast("2026-05-01", "2026-05-12"))

    assert found.significance is Significance.MAJOR
    assert short(found, year="2026") == "Harvest feast is extended to 12 May."
    assert short(found, language("uk"), year="2026") == "Harvest feast: продовжено до 12 травня."
    assert sentence(found, language("uk")) == (
        "Harvest feast: продовжено до 12 травня 2026 (досі: 9 травня 2026)."
    )


def test_what_begins_otherwise_too_slips() -> None:
    found = _only(_feast("2026-05-01", "2026-05-09"), _feast("2026-05-03", "2026-05-12"))

    assert found.rule == "slipped"
