"""An id that is another, with everything else as it was, is a small matter of form."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical, content_hash
from monitor.model.comparison import Finding, Significance, State, VersionRef
from monitor.words import language
from monitor.words.wording import sentence
from tests.reading import kind_of

CHOIRS = """\
title: Choirs
properties:
  choirs:
    type: array
    x-key: [code]
    items:
      x-label: "{name}"
      type: object
      properties:
        code: {type: string}
        name: {type: string}
        voices:
          type: array
          x-key: [id]
          x-membership: {entity: id, role: part, single: [leader]}
          x-significance: {added: major, removed: critical}
          items:
            x-label: "{name}"
            type: object
            properties:
              id: {type: string}
              name: {type: string}
              part: {enum: [leader, alto]}
              seat: {type: integer}
"""
KIND = kind_of(CHOIRS)
OLGA = {"id": "v7", "name": "Olga Nemet", "part": "leader", "seat": 2}


def _finding(**now: Any) -> Finding:
    def state(day: int, voice: dict[str, Any]) -> State:
        choirs = [{"code": "east", "name": "The East Choir", "voices": [voice]}]
        document = canonical({"choirs": choirs}, KIND)
        digest = content_hash(document, KIND)
        return State(
            ref=VersionRef(situation="choirs", as_of=f"2031-05-0{day}", content_hash=digest),
            document=document,
        )

    (finding,) = compare(state(1, OLGA), state(2, {**OLGA, **now}), KIND).findings
    return finding


@pytest.mark.parametrize("other", ["v07", "V-7", "voice-7"])
def test_it_is_minor_whatever_a_leaving_member_counts_and_shows_no_path(other: str) -> None:
    finding = _finding(id=other)
    assert (finding.rule, finding.significance) == ("renamed", Significance.MINOR)
    assert sentence(finding) == f"Olga Nemet has another id ({other}, before v7)."
    told = sentence(finding, language("uk"))
    assert told == f"Olga Nemet: інший ідентифікатор, v7 → {other}."


def test_what_else_changed_of_it_counts_as_before() -> None:
    assert _finding(id="v07", seat=3).significance > Significance.MINOR
