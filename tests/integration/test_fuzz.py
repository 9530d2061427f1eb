"""A slice of `make fuzz`, always the same pairs, and what it says when something is wrong."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from monitor.compare import patch
from tests.fuzz.__main__ import main, pair_of, run
from tests.fuzz.shrinking import smallest
from tests.fuzz.trying import Pair


def test_nothing_is_wrong_with_some_pairs_made_at_random(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run(seconds=60, seed=20_300_101, most=45) == 0
    last = capfd.readouterr().out.splitlines()[-1]
    assert (
        last
        == "fuzz: 45 pairs, 0 crashes, 0 patches wrong, 0 not deterministic, 0 with a change untold"
    )


def test_a_wrong_patch_is_counted_and_shown_with_its_seed_and_a_small_pair(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patch, "settled", lambda *_: iter(()))
    monkeypatch.setattr(patch, "_said", lambda *_: [])
    monkeypatch.setattr(sys.modules["tests.fuzz.shrinking"], "TRIES", 40)
    assert run(seconds=60, seed=3, most=4) == 1
    out = capfd.readouterr().out
    assert "fuzz: seed 4: patches wrong" in out
    assert out.splitlines()[-1].startswith("fuzz: 4 pairs, 0 crashes, ")


def test_a_seed_makes_the_same_pair_again() -> None:
    assert all(repr(pair_of(seed)) == repr(pair_of(seed)) for seed in range(30))


def test_the_smallest_pair_is_what_cannot_be_smaller() -> None:
    def wrong(pair: Pair) -> bool:
        return "x" in repr(pair.old)

    old: Any = {"a": [1, {"b": "x", "c": 2}], "d": 3}
    assert smallest(Pair(old, old, False), wrong) == Pair({"a": [{"b": "x"}]}, {}, False)


def test_a_time_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["soon"]) == 2
    assert "SECONDS" in capsys.readouterr().err
