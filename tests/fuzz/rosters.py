"""Documents as people keep them, and edits of which each leaves a mark that a reader has to find.

A mark is a value that stands in one of the two versions only: whatever rule tells of it, the value
is in the text. Long lists, of which much is told in sum, are not among these.
"""

from __future__ import annotations

import copy
import json
import re
from random import Random
from typing import Any

_FIRST = ("Aino", "Bela", "Carys", "Dov", "Elin", "Femi", "Goran", "Hana", "Ivo", "Jun", "Kaja")
_LAST = (
    "Ambrose",
    "Brandt",
    "Castell",
    "Duarte",
    "Eklund",
    "Farkas",
    "Gellert",
    "Hoxha",
    "Iversen",
)
_PLACES = ("Quay", "Mill", "Heath", "Weir", "Ridge", "Dale", "Ford", "Holm", "Moor", "Fen", "Cove")
_WORDS = ("open", "closed", "in repair", "for sale", "let")
_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("manager", "owner", "keeper", "spokesperson", "official", "headteacher"),
    "word": ("state", "kind", "sector"),
    "number": ("berths", "storey", "rank", "seats"),
    "part": ("length", "price"),
    "day": ("since", "inspected"),
    "prose": ("remark", "summary"),
    "link": ("site",),
}
_MARKS = re.compile(r"Zeta\d{4}|zeta\d{4}|(?<!\d)90\d{4}(?:\.25)?(?!\d)|2[1-9]\d\d(?=-\d\d-\d\d)")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3})")


def pair(random: Random) -> tuple[Any, Any]:
    """A document and an edit of it with one to four marks, or one that also moved an entry."""
    fields = {random.choice(_FIELDS[sort]): sort for sort in _some(random)}
    named = random.random() < 0.8
    count = random.choice((4, 8, 14))
    entries = [_entry(random, at, fields, named=named) for at in range(count)]
    old = _shaped(random, entries, fields)
    new = copy.deepcopy(old)
    sorts = {**fields, "name": "name"}
    holders = [each for each in _objects(new) if each.keys() & fields.keys()]
    if named and isinstance(new, dict) and "wards" in new and random.random() < 0.5:
        holders.insert(0, _moved(random, new["wards"]))
    _mark(random, holders, sorts)
    return old, new


def _some(random: Random) -> list[str]:
    return random.sample(list(_FIELDS), random.randint(1, 5))


def _entry(random: Random, at: int, fields: dict[str, str], *, named: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"h{at}"}
    if named:
        made["name"] = f"{_PLACES[at % 11]} {random.choice(('House', 'Works'))} {chr(65 + at)}"
    return made | {name: _value(random, sort, at) for name, sort in fields.items()}


def _value(random: Random, sort: str, at: int) -> Any:
    values: dict[str, Any] = {
        "name": f"{_FIRST[at % 11]} {_LAST[at * 5 % 9]}",
        "word": random.choice(_WORDS),
        "number": random.randrange(1, 400),
        "part": round(random.random() * 90, 2),
        "day": f"20{random.randrange(10, 30)}-0{random.randrange(1, 10)}-11",
        "prose": f"The {random.choice(_PLACES)} stands by the water, number {at}, and is in use.",
        "link": f"https://houses.example/{at}",
    }
    return values[sort]


def _marked(random: Random, sort: str) -> Any:
    at = random.randrange(1000, 9999)
    values: dict[str, Any] = {
        "name": f"Zeta{at} Quill",
        "word": f"zeta{at}",
        "number": 900_000 + at,
        "part": 900_000 + at + 0.25,
        "day": f"{2100 + at % 800}-03-05",
        "prose": f"Now the zeta{at} of the valley waits for a better wind in spring and autumn.",
        "link": f"https://zeta{at}.example/",
    }
    return values[sort]


def _shaped(random: Random, entries: list[dict[str, Any]], fields: dict[str, str]) -> Any:
    shape = random.choice(("list", "document", "wards", "mapping", "deep"))
    if shape == "document":
        return {"title": "Houses", "houses": entries}
    if shape == "wards":
        wards = (("w1", "North"), ("w2", "South"))
        return {
            "wards": [
                {"id": key, "name": f"Ward {name}", "houses": entries[at::2]}
                for at, (key, name) in enumerate(wards)
            ]
        }
    if shape == "mapping":
        return {e["id"]: {n: v for n, v in e.items() if n != "id"} for e in entries}
    if shape == "deep":
        inner = [{**e, "facts": {name: e[name] for name in fields}} for e in entries]
        return {"region": {"houses": inner}}
    return entries


def _objects(value: Any) -> list[dict[str, Any]]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict) else []
    return own + [found for part in parts for found in _objects(part)]


def _moved(random: Random, wards: list[Any]) -> dict[str, Any]:
    """One house in the other ward now."""
    here, there = random.sample(wards, 2)
    found: dict[str, Any] = here["houses"].pop(random.randrange(len(here["houses"])))
    there["houses"].append(found)
    return found


def _mark(random: Random, holders: list[dict[str, Any]], sorts: dict[str, str]) -> None:
    """Several in the first entry, or in any. Who moved keeps its name: it is what tells."""
    for at in range(random.randint(1, 4)):
        holder = holders[0] if at < 2 and random.random() < 0.6 else random.choice(holders)
        kept = {"name"} if holder is holders[0] and len(holder) > 2 else set()
        name = random.choice([each for each in holder if each in sorts.keys() - kept])
        holder[name] = _marked(random, sorts[name])


def lost(old: Any, new: Any, text: str) -> list[str]:
    """Marks that are in one of the versions and not in what a reader is told."""
    sides = [set(_MARKS.findall(json.dumps(side))) for side in (old, new)]
    told = _COMMAS.sub("", " ".join(text.split()))
    return sorted(mark for mark in sides[0] ^ sides[1] if mark not in told)
