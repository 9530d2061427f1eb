"""The fast part of the sweep: real processes, real kills. `make faults` plays all of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.faults.case import Case
from tests.faults.sweep import all_cases, play

FAST = [(case, sort) for case in all_cases() for sort in case.databases if case.fast]


@pytest.mark.parametrize(
    ("case", "sort"),
    [
        pytest.param(
            case,
            sort,
            id=f"{sort}: {case.name}",
            marks=[pytest.mark.postgresql] if sort == "postgresql" else [],
        )
        for case, sort in FAST
        # One machine's rows are the same on both; PostgreSQL adds what several nodes do.
        if sort == "sqlite" or case.databases == ("postgresql",)
    ],
)
def test_nothing_is_lost_and_nothing_doubled_beyond_the_promise(
    case: Case, sort: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url: str = request.getfixturevalue(f"{sort}_url")
    tally = asyncio.run(play(case, url, tmp_path))
    assert tally.wrong == ()
    assert tally.lost == 0
    assert tally.doubled <= tally.allowed


@pytest.mark.parametrize(
    ("breakage", "name"),
    [
        ("mark-first", "killed after the claim, before connecting"),
        ("drop-lease", "killed after the claim, before connecting"),
        ("judge-at-once", "nobody but the operator is written to, for hours"),
        ("own-names", "one MAIL FROM only, at MAIL"),
    ],
)
def test_the_sweep_sees_a_mistake_made_on_purpose(
    breakage: str, name: str, sqlite_url: str, tmp_path: Path
) -> None:
    [case] = [case for case in all_cases() if case.name == name]
    tally = asyncio.run(play(case, sqlite_url, tmp_path, breakage=breakage))
    assert not tally.passed
    if breakage == "drop-lease":
        assert tally.doubled > tally.allowed
    else:
        assert tally.lost or tally.wrong
