"""What a finding or remark says as plain JSON: the one encoder of `monitor.model.said`."""

from __future__ import annotations

from typing import Any

from monitor.model.comparison import MISSING, Json
from monitor.model.said import (
    Anew,
    Beside,
    Observed,
    OwnWords,
    Places,
    Reserve,
    Said,
    Stated,
    Where,
)

NAMES = {"number": "count"}
"""Fields that cannot have their published name, see `monitor.model.said`."""


_UNTOLD = frozenset(("written",))
"""Words of a snapshot that its reader knows by others: they only help to read its texts."""


def finding_arguments(said: Said, beside: Beside) -> dict[str, Json]:
    """The lead's values, then what stands beside it; an absent value is an absent key."""
    found = arguments(said)
    if beside.also:
        found["also"] = [{"rule": also.rule, **arguments(also.said)} for also in beside.also]
    if beside.followed is not None:
        found["followed"] = arguments(beside.followed)
    if beside.members:
        found["members"] = list(beside.members)
    if beside.parts:
        found["parts"] = [arguments(part) for part in beside.parts]
    if beside.details:
        found["details"] = [_detail(arguments(detail)) for detail in beside.details]
    if beside.correction:
        found["correction"] = True
    single = {
        "reserve": beside.reserve,
        "where": beside.where,
        "anew": beside.anew,
        "wording": beside.own_words,
    }
    found |= {name: _whole(value) for name, value in single.items() if value is not None}
    return found


def _whole(value: Reserve | Where | Anew | OwnWords) -> Json:
    """What may hold names of its own, as it is."""
    named = value._asdict().items()
    return {name: _plain(part) for name, part in named if name not in _UNTOLD}


def arguments(said: Said | Observed | Any) -> dict[str, Json]:
    """One value of `monitor.model.said` by its fields, in their order."""
    found: dict[str, Json] = {}
    for name, value in zip(said._fields, said, strict=True):
        if value is MISSING:
            continue
        if isinstance(value, Stated):
            found |= arguments(value)
        elif name == "moved" and (value is None or isinstance(value, Places)):
            found[name] = _places(value)
        else:
            found[NAMES.get(name, name)] = _plain(value)
    return found


def _detail(found: dict[str, Json]) -> dict[str, Json]:
    return {
        name: value for name, value in found.items() if value is not False or name not in _MARKS
    }


_MARKS = ("text", "fact")
"""Present where they are true."""


def _places(value: Places | None) -> dict[str, Json]:
    return {} if value is None else {"from": list(value.before), "to": list(value.after)}


def _plain(value: Any) -> Json:
    if hasattr(value, "_fields"):
        return arguments(value)
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value
