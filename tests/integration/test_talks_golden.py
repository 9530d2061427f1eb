"""What the talks' versions must show, written by hand beforehand, is what is found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from monitor.collect.reader import read_document
from monitor.compare.paths import find, format_path
from monitor.model.comparison import MISSING, Change, Comparison, Document, Finding
from tests.talks import KIND, VERSIONS, compared, full

GOLDEN = Path(__file__).parent.parent / "golden" / "ukraine-talks"


def _read(name: str) -> Document:
    parsed = read_document((GOLDEN / f"{name}.yaml").read_bytes(), name=f"{name}.yaml")
    found: Document = parsed.document
    return found


PAIRS = tuple(f"{old}_{new}" for old, new in pairwise(VERSIONS))
ALL_PAIRS = tuple(sorted(path.stem for path in GOLDEN.glob("2026-*.yaml")))
EXPECTED = [(pair, entry) for pair in ALL_PAIRS for entry in _read(pair)["findings"]]
STEADY = [(pair, entry) for pair in ALL_PAIRS for entry in _read(pair).get("steady", ())]
DELTAS = [(pair, about) for pair, lines in _read("deltas").items() for about in lines]


def _named(entry: tuple[str, Mapping[str, Any]]) -> str:
    pair, expected = entry
    return f"{pair}:{expected.get('rule', 'steady')}:{expected['entity']}"


def _rules(finding: Finding) -> set[str]:
    return {finding.rule, *(other.rule for other in finding.beside.also)}


def _is_about(change: Change, expected: Mapping[str, Any]) -> bool:
    return (
        format_path(change.collection, change.key) == expected["entity"]
        and (change.field == expected.get("field") or "field" not in expected)
        and ("field" not in expected or _sides(change) == _sides_of(expected))
    )


def _sides(change: Change) -> tuple[Any, Any]:
    before, after = (None if side is MISSING else side for side in (change.before, change.after))
    return before, after


def _sides_of(expected: Mapping[str, Any]) -> tuple[Any, Any]:
    return expected.get("before"), expected.get("after")


def _telling(comparison: Comparison, expected: Mapping[str, Any]) -> list[Finding]:
    """The findings that own a change of the expected entity, field and values."""
    ids = {change.id for change in comparison.changes if _is_about(change, expected)}
    return [finding for finding in comparison.findings if ids & set(finding.changes)]


def test_each_consecutive_pair_has_its_expectations() -> None:
    assert set(PAIRS) <= set(ALL_PAIRS)


@pytest.mark.parametrize("entry", EXPECTED, ids=_named)
def test_a_difference_that_was_written_down_is_found(
    entry: tuple[str, Mapping[str, Any]],
) -> None:
    pair, expected = entry
    found = _telling(compared(*pair.split("_")), expected)
    assert expected["rule"] in {rule for finding in found for rule in _rules(finding)}


@pytest.mark.parametrize("entry", STEADY, ids=_named)
def test_a_fact_that_stays_is_the_same_on_both_sides(
    entry: tuple[str, Mapping[str, Any]],
) -> None:
    pair, expected = entry
    path = f"{expected['entity']}.{expected['field']}"
    for as_of in pair.split("_"):
        assert find(full(as_of), path, KIND) == expected["value"]


@pytest.mark.parametrize(("pair", "about"), DELTAS)
def test_each_line_of_what_changed_is_borne_out(pair: str, about: str) -> None:
    golden = _read(pair)
    assert about in {
        entry.get("about") for entry in (*golden["findings"], *golden.get("steady", ()))
    }


@pytest.mark.parametrize("pair", ALL_PAIRS)
def test_every_change_is_in_exactly_one_finding(pair: str) -> None:
    comparison = compared(*pair.split("_"))
    owned = [change for finding in comparison.findings for change in finding.changes]
    assert sorted(owned) == sorted(change.id for change in comparison.changes)


def test_a_reader_of_12_days_gets_few_critical_findings_and_no_flood() -> None:
    counts = [
        finding.significance.word for finding in compared("2026-02-05", "2026-02-17").findings
    ]
    assert counts.count("critical") == 3
    assert counts.count("major") <= 15
