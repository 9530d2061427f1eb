"""What entries say is told, not only what they are called."""

from __future__ import annotations

from typing import Any

from monitor.compare.comparison import compare
from monitor.model.comparison import Finding
from monitor.words import language
from monitor.words.wording import aside, sentence
from tests.reading import kind_of
from tests.unit.compare.village import state

CHOIR = """\
title: Choir
type: object
properties:
  concerts:
    type: array
    x-key: [name]
    x-label: "{name}"
    items:
      type: object
      properties:
        name: {type: string}
        rules:
          title: Rules
          type: array
          x-key: [about]
          items: {type: object, properties: {
            about: {type: string}, text: {type: string, x-text: true}}}
        breaks:
          title: Breaks
          type: array
          x-key: [after]
          items: {type: object, properties: {
            after: {type: string}, minutes: {type: integer, title: Minutes}}}
        singers:
          title: Singers
          type: array
          x-key: [who]
          x-membership: {entity: who, role: desk, single: [leader]}
          items: {type: object, properties: {who: {type: string}, desk: {enum: [leader, tutti]}}}
"""
RULES = [{"about": "press", "text": "None is let in."}, {"about": "dress", "text": "Black."}]


def _found(before: Any, after: Any) -> Finding:
    old, new = ({"concerts": given} for given in (before, after))
    sides = state(old, as_of="2031-05-01"), state(new, as_of="2031-05-03")
    (finding,) = compare(*sides, kind_of(CHOIR)).findings
    return finding


def _spring(**lists: Any) -> list[dict[str, Any]]:
    return [{"name": "Spring", "rules": [], "breaks": [], "singers": [], **lists}]


def test_several_new_entries_say_what_they_hold() -> None:
    new = _found(_spring(), _spring(rules=RULES))
    told = "Rules of Spring, new: dress (Black). None is let in."
    assert sentence(new) == told
    assert sentence(new, language("uk")).endswith(", нове: dress (Black). None is let in.")
    gone = _found(_spring(rules=RULES), _spring())
    assert sentence(gone) == ("Rules of Spring, no longer listed: dress (Black). None is let in.")


def test_one_that_is_gone_says_what_it_held() -> None:
    gone = _found(_spring(rules=RULES), _spring(rules=RULES[:1]))
    assert sentence(gone) == "No longer in Rules of Spring: dress (Black)."


def test_an_entry_without_a_text_says_its_plain_fields() -> None:
    new = _found(_spring(), _spring(breaks=[{"after": "Brahms", "minutes": 20}]))
    assert sentence(new) == "New in Breaks of Spring: Brahms (minutes 20)."


def test_what_is_new_tells_what_belongs_to_it() -> None:
    singers = [{"who": "Ida", "desk": "leader"}, {"who": "Jo", "desk": "tutti"}]
    new = _found([], _spring(rules=RULES, singers=singers))
    assert sentence(new) == "New in Concerts: Spring."
    assert aside(new) == ("Members: Ida (leader) and Jo. Rules: dress (Black). None is let in.")


def test_a_long_list_is_told_by_names_alone() -> None:
    many = [{"about": f"rule {n}", "text": "Sing."} for n in range(12)]
    assert "Sing" not in sentence(_found(_spring(), _spring(rules=many)))
    assert aside(_found([], _spring(rules=many))) == ""
