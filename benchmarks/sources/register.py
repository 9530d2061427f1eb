"""A list as people keep it: some entries of many change from day to day, a few come and go."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

KIND = """
title: Register
type: object
additionalProperties: false
properties:
  members:
    title: Members
    type: array
    x-key: [id]
    x-label: "{name}"
    items:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: {title: Id, type: string}
        name: {title: Name, type: string}
        role: {title: Role, type: string, x-significance: major}
        group: {title: Group, type: string}
        since: {title: Since, type: string}
        email: {title: Email, type: string, x-significance: minor}
        phone: {title: Phone, type: string, x-significance: minor}
        note: {title: Note, type: string, x-significance: minor}
"""

FIRST_DAY = date(2022, 1, 1)
ENTRIES = 1300
"""With which a day's list has 300 kB of JSON."""


def days(
    count: int, *, changed: int = 10, seed: int = 1, entries: int = ENTRIES
) -> Iterator[tuple[str, bytes]]:
    """Day and bytes, a snapshot of the whole list each."""
    chance = random.Random(seed)
    members = [_member(chance, number) for number in range(entries)]
    for number in range(count):
        day = (FIRST_DAY + timedelta(number)).isoformat()
        document = {
            "kind": "register.kind.yaml",
            "situation": "register",
            "as_of": day,
            "members": members,
        }
        yield day, json.dumps(document, indent=1).encode()
        for place in chance.sample(range(len(members)), changed):
            field = chance.choice(("role", "group", "phone", "note"))
            members[place] = {**members[place], field: _member(chance, place)[field]}
        if number % 7 == 0:
            members.pop(chance.randrange(len(members)))
            members.insert(chance.randrange(len(members)), _member(chance, 100_000 + number))


def _member(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"p{number:06}",
        "name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {number}",
        "role": chance.choice(("member", "chair", "deputy chair", "observer")),
        "group": chance.choice(("North", "South", "Harbour", "Upper Town", "independent")),
        "since": f"{chance.randint(2008, 2021)}-{chance.randint(1, 12):02}",
        "email": f"office{number}@example.org",
        "phone": f"+44 20 {chance.randint(10**7, 10**8)}",
        "note": "".join(chance.choice("aeioulmnrst ") for _ in range(20)),
    }


_FIRST = ("Ana", "Boris", "Chen", "Dora", "Emil", "Farida", "Gus", "Hana")
_LAST = ("Reyes", "Novak", "Li", "Okoye", "Marin", "Haddad", "Berg", "Silva")
