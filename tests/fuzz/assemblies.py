"""Documents of a kind that has roles, plans, references and free-form values, and edits of them."""

from __future__ import annotations

import copy
import unicodedata
from random import Random
from typing import Any

from tests.fuzz.documents import freeform

KIND = """\
title: Assembly
type: object
additionalProperties: false
properties:
  boards:
    type: array
    x-key: [id]
    x-label: "{name}"
    items:
      type: object
      required: [id]
      properties:
        id: {type: [string, integer]}
        name: {type: string}
        extra: {type: object}
        size: {type: object, x-quantity: {low: min, high: max, unit: unit}, properties: {
          min: {type: number}, max: {type: number}, unit: {type: string}}}
        members:
          type: array
          x-key: [person]
          x-label: "{person}"
          x-membership: {entity: person, role: role, single: [chair, vice-chair, clerk]}
          items: {type: object, required: [person], properties: {
            person: {type: string, x-ref: people},
            role: {enum: [chair, vice-chair, clerk, member]}, rank: {type: integer}}}
  people:
    type: array
    x-key: [id]
    x-label: "{name}"
    x-aliases: also
    items: {type: object, required: [id], properties: {
      id: {type: string}, name: {type: string}, town: {type: string}, motto: {type: string},
      also: {type: array, items: {type: string}}}}
  plans:
    type: array
    x-key: [id]
    x-label: "{id}"
    x-period: {start: start, end: end, state: state}
    items: {type: object, required: [id], properties: {
      id: {type: string}, start: {type: string}, end: {type: string}, rank: {type: integer},
      state: {enum: [proposed, agreed, done, cancelled], x-ladder: [proposed, agreed, done]},
      note: {type: string, x-text: true},
      chairs: {type: array, items: {type: string}, x-ref: people}}}
"""

_IDS = ("ann", "anne", "anna", "bob", "bobb", "cyd", "~1", "/", "1", "true", "é", "e\u0301", "x.y")
_NAMES = ("Ann Lund", "Anne Lund", "Ann Lunde", "Bob Oakes", "Bob Oaks", "ANN LUND", "Ánn Lund")
_LONG = ("Fjordheim", "Brackwater", "Upper Valley", "a", "All is well that ends well")
_ROLES = ("chair", "vice-chair", "clerk", "member")


def _some(random: Random, **makers: Any) -> dict[str, Any]:
    return {name: make() for name, make in makers.items() if random.random() < 0.6}


def _ids(random: Random, most: int) -> list[str]:
    """No two that are the same letters."""
    found = random.sample(_IDS, random.randrange(most))
    return list({_folded(each): each for each in found}.values())


def document(random: Random) -> dict[str, Any]:
    """People nearly alike, several single roles, plans with dates."""
    return _complete(
        {"boards": _boards(random), "people": _people(random), "plans": _plans(random)}
    )


def _complete(made: dict[str, Any]) -> dict[str, Any]:
    """With everybody who is named: a reference to nobody is refused before it is compared."""
    known = {_folded(person["id"]) for person in made["people"]}
    named = [m["person"] for board in made["boards"] for m in board.get("members", ())]
    named += [person for plan in made["plans"] for person in plan.get("chairs", ())]
    for each in named:
        if _folded(each) not in known:
            known.add(_folded(each))
            made["people"].append({"id": each})
    return made


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _boards(random: Random) -> list[Any]:
    def member(person: str) -> dict[str, Any]:
        return {"person": person} | _some(
            random, role=lambda: random.choice(_ROLES), rank=lambda: random.randrange(5)
        )

    ids: list[Any] = random.sample(("b", "c", "d", 1, 2), random.randrange(4))
    return [
        {"id": each}
        | _some(
            random,
            name=lambda: random.choice(_NAMES),
            extra=lambda: {"x": freeform(random), "y": freeform(random)},
            size=lambda: {"min": random.choice((1, 1.0, 2.5)), "max": 3, "unit": "seats"},
            members=lambda: [member(person) for person in _ids(random, 6)],
        )
        for each in ids
    ]


def _people(random: Random) -> list[Any]:
    return [
        {"id": each}
        | _some(
            random,
            name=lambda: random.choice(_NAMES),
            town=lambda: random.choice(_LONG),
            motto=lambda: random.choice(_LONG),
            also=lambda: random.sample(_NAMES, 2),
        )
        for each in _ids(random, 9)
    ]


def _plans(random: Random) -> list[Any]:
    def day() -> str:
        return f"2030-0{random.randrange(1, 4)}-1{random.randrange(9)}"

    return [
        {"id": each}
        | _some(
            random,
            start=day,
            end=day,
            rank=lambda: random.randrange(6),
            state=lambda: random.choice(("proposed", "agreed", "done", "cancelled")),
            note=lambda: random.choice(_LONG),
            chairs=lambda: _ids(random, 4),
        )
        for each in _ids(random, 7)
    ]


def edited(random: Random, old: dict[str, Any]) -> dict[str, Any]:
    """Parts of the old document and of another one, entry by entry."""
    other, new = document(random), copy.deepcopy(old)
    for name in ("boards", "people", "plans"):
        sort = random.random()
        if sort < 0.3:
            new[name] = other[name]
        elif sort < 0.9:
            _mixed(random, new[name], other[name])
        random.shuffle(new[name])
    return _complete(new)


def _mixed(random: Random, entries: list[Any], others: list[Any]) -> None:
    for entry in list(entries):
        sort = random.random()
        if sort < 0.2:
            entries.remove(entry)
        elif sort < 0.6 and others:
            entry.update({n: v for n, v in random.choice(others).items() if n != "id"})
    known = {_folded(str(each["id"])) for each in entries}
    entries += [each for each in others if _folded(str(each["id"])) not in known]


def stirred(random: Random, value: Any) -> Any:
    """The same document with names and keyed lists in another order."""
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        made = [stirred(random, entry) for entry in value]
        random.shuffle(made)
        return made
    if not isinstance(value, dict):
        return value
    names = list(value)
    random.shuffle(names)
    return {n: value[n] if n == "extra" else stirred(random, value[n]) for n in names}
