"""Two documents whose difference is known: entities in four keyed lists, in another order."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from typing import Any

LISTS = ("agencies", "offices", "people", "roles")
ROLES = ("head", "deputy", "member", "observer", "adviser")
TEXT = "A sentence of the kind that a snapshot holds about an entity, neither short nor long. "


@dataclass(frozen=True)
class Pair:
    """`facts` are the right answer: `people/e12/role`; `people/e12` for one that came or went."""

    old: dict[str, Any]
    new: dict[str, Any]
    facts: frozenset[str]


def pair(entities: int, share: float, *, seed: int = 1) -> Pair:
    """`share` of the entities differ in two fields; a tenth as many came, and as many went."""
    chance = random.Random(seed)
    old = {name: [_entity(chance, n) for n in range(entities // 4)] for name in LISTS}
    new = copy.deepcopy(old)
    facts: set[str] = set()
    for name, entries in new.items():
        touched = chance.sample(entries, max(1, round(len(entries) * share)))
        for entry in touched:
            entry["role"] += " (acting)"
            entry["details"]["rank"] += 100
            facts |= {f"{name}/{entry['id']}/role", f"{name}/{entry['id']}/details/rank"}
        untouched = [entry for entry in entries if not entry["role"].endswith(")")]
        for entry in chance.sample(untouched, len(touched) // 10):
            entries.remove(entry)
            facts.add(f"{name}/{entry['id']}")
        for number in range(len(touched) // 10):
            entries.append(_entity(chance, len(entries) + len(facts) + 10_000_000 + number))
            facts.add(f"{name}/{entries[-1]['id']}")
        chance.shuffle(entries)
    return Pair(old, new, frozenset(facts))


def _entity(chance: random.Random, number: int) -> dict[str, Any]:
    details = {
        "city": chance.choice(("Geneva", "Abu Dhabi", "Istanbul", "Berlin")),
        "since": f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "rank": chance.randint(1, 9),
        "active": chance.random() < 0.5,
        "note": TEXT * chance.randint(1, 5),
    }
    return {
        "id": f"e{number}",
        "name": f"Person {number} of the list",
        "role": chance.choice(ROLES),
        "details": details,
        "sources": [f"s{chance.randint(1, 9999)}" for _ in range(chance.randint(0, 5))],
    }
