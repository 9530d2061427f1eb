"""Entries that nothing names but what they are and how long they last: terms, offices, mandates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from monitor.compare.match import Entity
from monitor.compare.paths import split_field
from monitor.kinds.kind import Span
from monitor.kinds.values import get
from monitor.model.comparison import MISSING
from monitor.model.patterns import regex

_STARTS: Final = (
    "start", "starts", "startdate", "startson", "started", "from", "begin", "begins", "begindate",
    "since", "validfrom", "datefrom", "fromdate", "effectivefrom",
)  # fmt: skip
_ENDS: Final = (
    "end", "ends", "enddate", "endson", "ended", "to", "until", "till", "through", "validuntil",
    "validto", "dateto", "todate", "effectiveto", "expires", "expiry",
)  # fmt: skip
_ROLES: Final = (
    "role", "type", "post", "position", "office", "function", "kind", "title", "capacity",
    "chamber", "house",
)  # fmt: skip
_DAY: Final = regex(r"\d{4}(-\d{2}(-\d{2}([T ].*)?)?)?")
_ROLE_LENGTH: Final = 60
_SAMPLE: Final = 200


def span_of(path: str, old: Iterable[Entity], new: Iterable[Entity]) -> Span | None:
    """Which fields say as what and from when to when; None where the entries have no start."""
    sample = [*_some(old), *_some(new)]
    names = {_bare(name): name for entry in sample for name in sorted(entry, reverse=True)}
    start = _first(names, _STARTS, sample, _is_day)
    if start is None:
        return None
    role = _first(names, _ROLES, sample, _is_role)
    return Span(one_of(split_field(path)[-1]), role, start, _first(names, _ENDS, sample, _is_day))


def one_of(name: str) -> str:
    """A list's name for one of its entries: `terms` is a term, `past_offices` a past office."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", name)
    noun = " ".join(word if word.isupper() else word.lower() for word in spaced.split()) or name
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _some(entries: Iterable[Entity]) -> list[Entity]:
    listed = list(entries)
    return listed[:: max(1, len(listed) // _SAMPLE)]


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _first(
    names: dict[str, str],
    wanted: Sequence[str],
    sample: Sequence[Entity],
    fits: Callable[[Any], bool],
) -> str | None:
    """The first of these fields that most entries have and that holds what it is to hold."""
    for name in (names[each] for each in wanted if each in names):
        values = (get(entry, name) for entry in sample)
        stated = [value for value in values if value not in (None, MISSING, "")]
        if stated and all(map(fits, stated)):
            return name
    return None


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _is_role(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _ROLE_LENGTH and any(map(str.isalpha, value))
