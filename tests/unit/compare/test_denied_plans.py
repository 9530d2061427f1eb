"""What is denied is not waited for, whatever the state of its plan."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.outlook import lapse_days
from monitor.kinds.canonical import canonical, content_hash
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.words import language
from monitor.words.wording import remark_sentence
from tests.reading import kind_of

FAIR = """\
title: Fair
properties:
  visits:
    type: array
    x-key: [id]
    x-period: {start: day, state: stage, waiting: [put-off]}
    items:
      x-label: "{name}"
      x-provenance: {firmness: grip}
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        day: {type: string, x-edtf: true}
        stage: {enum: [hoped, planned, held, put-off], x-ladder: [hoped, planned, held]}
        grip: {enum: [LADDER], x-ladder: [LADDER]}
"""
KIND = kind_of(FAIR.replace("LADDER", "denied, rumoured, official"))


def _state(kind: Any = KIND, **visit: Any) -> State:
    entry = {"id": "v", "name": "The mayor's visit", "day": "2031-05-04", "stage": "planned"}
    document = canonical({"visits": [{**entry, **visit}]}, kind)
    ref = VersionRef(
        situation="fair", as_of="2031-05-01", content_hash=content_hash(document, kind)
    )
    return State(ref=ref, document=document)


def _later(kind: Any = KIND, **visit: Any) -> Comparison:
    now = _state(kind, **visit)
    return compare(now, now, kind, context=Context(today="2031-05-06", last_run="2031-05-01"))


@pytest.mark.parametrize("grip", ["denied", "retracted"])
@pytest.mark.parametrize("stage", ["hoped", "planned"])
def test_what_is_denied_does_not_lapse(grip: str, stage: str) -> None:
    assert _later(grip=grip, stage=stage).remarks == ()
    assert lapse_days(_state(grip=grip).document, KIND) == ()


def test_what_is_put_off_does_not_lapse() -> None:
    assert _later(grip="official", stage="put-off").remarks == ()


@pytest.mark.parametrize(("code", "end"), [("en", "nothing is known of it since."), ("uk", ".")])
def test_what_was_only_rumoured_still_does(code: str, end: str) -> None:
    (remark,) = _later(grip="rumoured").remarks
    assert remark_sentence(remark, language(code)).endswith(end)


def test_what_is_denied_does_not_lie_ahead() -> None:
    early = Context(today="2031-05-02")
    for grip, count in (("denied", 0), ("rumoured", 1)):
        now = _state(grip=grip)
        assert len(compare(now, now, KIND, context=early).upcoming) == count


def test_a_ladder_of_two_denies_nothing() -> None:
    kind = kind_of(FAIR.replace("LADDER", "rumoured, official"))
    assert len(_later(kind, grip="rumoured").remarks) == 1
