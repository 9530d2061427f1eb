"""Documents without a kind, of every form a stranger may write, and edits of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

NAMES = (
    "id", "name", "title", "a", "b", "c.d", "e f", "", " ", "~", "~1", "/", 'q"q', "@key",
    "@position", "@shape of a", "entries", "[0]", "0", "1", "-", "null", "é", "e\u0301", "members",
)  # fmt: skip
IDS = (
    "a", "b", "c", "d e", "d  e", "", " ", "~1", "~0", "/", "a/b", "x.y", "[z]", "p,q", "1", "01",
    "1.0", "-1", "null", "true", "é", "e\u0301", "漢字", "A", 0, 1, 2, 3, 1.0, 2.5, -1, 2**63,
    2**80, None, True, False,
)  # fmt: skip
TEXTS = (
    "", " ", "a", "b", "A", "1", "1.0", "true", "null", "~1", "/", "@key", "é", "e\u0301", "a  b",
    "\u2028", "😀", "<b>a</b>", "2030-01-05", "2030-02-30",
    "2030-01-05T12:00:00+02:00", "12:30", "Springs Lane 12", "Springs Lane 13",
    "The talks in the old town go on until the end of the week, says everybody who was there.",
    "The talks in the new town go on until the end of the week, says nobody who was there.",
)  # fmt: skip
NUMBERS = (
    0, 1, 2, -1, 10, 1.0, 0.0, -0.0, 0.5, 1e-9, 1e22, 1e308, 2**53, 2.0**53, 2**53 + 1, 2**63,
    2**64, -(2**70), 10**40,
)  # fmt: skip
PEOPLE = ("Ann Archer", "Anne Archer", "Ann Archers", "Bob Baker", "Bob Bakker", "Cy Cole")


def scalar(random: Random) -> Any:
    sort = random.random()
    if sort < 0.5:
        return random.choice(TEXTS)
    return random.choice(NUMBERS) if sort < 0.8 else random.choice((None, True, False))


def freeform(random: Random, depth: int = 3) -> Any:
    sort = random.random()
    if depth == 0 or sort < 0.4:
        return scalar(random)
    if sort < 0.7:
        return [freeform(random, depth - 1) for _ in range(random.randrange(4))]
    count = random.randrange(4)
    return {random.choice(NAMES): freeform(random, depth - 1) for _ in range(count)}


def entity(random: Random, depth: int = 2) -> dict[str, Any]:
    """An entry of a list: most have a key, some a name and long texts that others share."""
    made: dict[str, Any] = {}
    if random.random() < 0.85:
        made["id" if random.random() < 0.9 else "name"] = random.choice(IDS)
    if random.random() < 0.4:
        made["name"] = random.choice(PEOPLE)
    for name in ("town", "street"):
        if random.random() < 0.4:
            made[name] = random.choice(TEXTS)
    if random.random() < 0.4:
        made["v"] = freeform(random, 2)
    if depth and random.random() < 0.4:
        made["members"] = entities(random, depth - 1)
    return made


def entities(random: Random, depth: int = 2) -> list[Any]:
    made: list[Any] = [entity(random, depth) for _ in range(random.randrange(6))]
    if random.random() < 0.1:
        made.append(freeform(random, 1))
    if random.random() < 0.4:
        for place, entry in enumerate(made):
            if isinstance(entry, dict):
                entry["id"] = random.choice((place, f"e{place}", str(place)))
    return made


def uniform(random: Random) -> list[Any]:
    """A list of alike objects, long enough for what is told of many at once."""
    count = random.choice((3, 12, 25))
    return [
        {"id": f"r{n}", "name": f"Row {n}", "town": f"Some town {n % 4}", "n": n, "ok": True}
        for n in range(count)
    ]


def _mapping(random: Random) -> dict[str, Any]:
    names = random.sample([str(each) for each in IDS], random.randrange(1, 6))
    return {name: entity(random, 1) | {"k": 1} for name in names}


def _mapping_of_lists(random: Random) -> dict[str, Any]:
    names = random.sample([str(each) for each in IDS], random.randrange(1, 5))
    return {name: entities(random, 1) for name in names}


def _boards(random: Random) -> dict[str, Any]:
    """Lists by name of some of the same people each, long enough to be one collection."""
    return {
        f"B{at:02}": [
            {"name": name, "rank": place, "role": random.choice(("chair", "member"))}
            for place, name in enumerate(random.sample(PEOPLE, random.randrange(len(PEOPLE))))
        ]
        for at in range(random.randrange(2, 9))
    }


def _mixed(random: Random) -> dict[str, Any]:
    makers: tuple[Callable[[Random], Any], ...] = (
        freeform, entities, uniform, _mapping, _mapping_of_lists, scalar, _boards
    )  # fmt: skip
    count = random.randrange(4)
    return {random.choice(NAMES): random.choice(makers)(random) for _ in range(count)}


def document(random: Random) -> Any:
    makers = (
        freeform, entities, uniform, _mapping, _mapping_of_lists, _mixed, _mixed, scalar, _boards
    )  # fmt: skip
    return _whole(random, random.choice(makers)(random))


def _whole(random: Random, value: Any) -> Any:
    """One value alone is refused before it is compared."""
    if isinstance(value, dict | list):
        return value
    return random.choice(([value], {"v": value}))


def edited(random: Random, value: Any, times: int) -> Any:
    """A copy with some edits at random places."""
    whole = [copy.deepcopy(value)]
    for _ in range(times):
        spots = list(_spots(whole))
        holder, place = random.choice(spots)
        random.choice(_EDITS)(random, holder, place)
        if not whole:
            whole = [scalar(random)]
    return _whole(random, whole[0])


def _spots(value: Any) -> Any:
    """Every value in a document, as what holds it and its name or position there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in items:
        yield value, name
        if isinstance(part, dict | list):
            yield from _spots(part)


def _replaced(random: Random, holder: Any, place: Any) -> None:
    holder[place] = random.choice((scalar, freeform, entities))(random)


def _dropped(_: Random, holder: Any, place: Any) -> None:
    del holder[place]


def _doubled(random: Random, holder: Any, place: Any) -> None:
    copied = copy.deepcopy(holder[place])
    if isinstance(holder, dict):
        holder[random.choice(NAMES)] = copied
    elif len(holder) > 1 or isinstance(holder[place], dict):
        holder.insert(random.randrange(len(holder) + 1), copied)


def _grown(random: Random, holder: Any, place: Any) -> None:
    part = holder[place]
    if isinstance(part, list):
        part.insert(random.randrange(len(part) + 1), entity(random, 1))
    elif isinstance(part, dict):
        part[random.choice(NAMES)] = freeform(random, 2)


def _stirred(random: Random, holder: Any, place: Any) -> None:
    part = holder[place]
    if isinstance(part, list):
        random.shuffle(part)
    elif isinstance(part, dict):
        names = list(part)
        random.shuffle(names)
        holder[place] = {name: part[name] for name in names}


def _rekeyed(random: Random, holder: Any, place: Any) -> None:
    part = holder[place]
    if isinstance(part, dict) and part:
        name = random.choice(list(part))
        part[random.choice((random.choice(NAMES), str(random.choice(IDS))))] = part.pop(name)


def _retyped(random: Random, holder: Any, place: Any) -> None:
    """What prints alike and is another type: 1 and "1", 1 and 1.0, a list and a mapping."""
    part = holder[place]
    if isinstance(part, bool | int | float | str):
        ways = (str(part), int(part) if isinstance(part, bool | int) else part, [part], {"v": part})
        holder[place] = random.choice(ways)
        if type(part) is int and abs(part) < 2**53 and random.random() < 0.5:
            holder[place] = float(part)
    elif isinstance(part, list) and all(isinstance(e, dict) and "id" in e for e in part):
        holder[place] = {str(e["id"]): {n: v for n, v in e.items() if n != "id"} for e in part}
    elif isinstance(part, dict) and all(isinstance(e, dict) for e in part.values()):
        holder[place] = [{"id": name, **e} for name, e in part.items()]


def _slightly(random: Random, holder: Any, place: Any) -> None:
    part = holder[place]
    if isinstance(part, str):
        at = random.randrange(len(part) + 1)
        holder[place] = part[:at] + random.choice(("", "x", " ", "s")) + part[at + 1 :]
    elif isinstance(part, int) and not isinstance(part, bool):
        holder[place] = part + random.choice((-1, 1))


def _swapped(random: Random, holder: Any, place: Any) -> None:
    other = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[place], holder[other] = holder[other], holder[place]


_EDITS = (
    _replaced, _dropped, _doubled, _grown, _grown, _stirred, _rekeyed, _retyped, _slightly,
    _slightly, _swapped,
)  # fmt: skip
