"""Old claims that are cleared away are no news; a dispute that is settled is."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context
from monitor.compare.significance import RuleSettings
from monitor.model.comparison import Document, Significance
from tests.unit.compare.village import BASE, comparison


def _stance(*papers: str, **fields: Any) -> Document:
    """Red's stance, with what these papers say otherwise of its amount."""
    document = copy.deepcopy(BASE)
    quarrels = [{"about": "amount", "paper": paper, "value": 7} for paper in papers]
    document["stances"][0].update({**({"quarrels": quarrels} if quarrels else {}), **fields})
    return document


def test_claims_that_go_alone_and_all_were_cleared_away() -> None:
    (finding,) = comparison(_stance("p1", "p2"), _stance()).findings
    assert (finding.rule, finding.significance) == ("settled", Significance.NOISE)
    (back,) = comparison(_stance(), _stance("p1", "p2")).findings
    assert (back.rule, back.significance) == ("disputed", Significance.MINOR)


@pytest.mark.parametrize(
    "new",
    [
        _stance("p1"),
        _stance(sources=["p1"]),
        _stance(amount={"min": 7, "max": 7, "unit": "years"}),
    ],
)
def test_a_dispute_that_shrinks_or_goes_with_a_reason_is_news(new: Document) -> None:
    found = comparison(_stance("p1", "p2"), new)
    assert max(each.significance for each in found.findings) > Significance.NOISE


def test_the_configuration_can_have_it_told() -> None:
    rules = RuleSettings.read({"settled": {"significance": "major"}})
    (finding,) = comparison(_stance("p1"), _stance(), context=Context(rules=rules)).findings
    assert finding.significance is Significance.MAJOR
