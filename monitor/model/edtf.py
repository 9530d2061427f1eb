"""Dates that are not known to the day, in a part of EDTF (ISO 8601-2, levels 0 and 1).

`2026`, `2026-05`, `2026-05-14`; `2026-05~` about then, `2026-05-14?` uncertain, `2026-05%` both;
`2026-05-01/2026-05-10` some time between, `../2026-05` no later, `2026-05/..` no earlier.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

_PART: Final = regex(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_END: Final = r"\d{4}-\d{2}(?:-\d{2})?"
IN_TEXT: Final = regex(
    rf'(?<!")(?<!"\d{{4}}-\d{{2}}-\d{{2}}/)(?:(?:(?<![\w.])\.\.|\b{_END}[~?%]?)/'
    rf"(?:\.\.|{_END}(?:[~?%]|\b))|\b\d{{4}}-\d{{2}}-\d{{2}}\b)"
)
"""A day, or an interval of months or days, within a text; in quotes stands what is shown as it was
written."""

_OPEN: Final = ("..", "")
_CENTURIES: Final = range(1500, 2200)


class Part(Record):
    """One date of the precision that it is written in; `month` and `day` are None where it has
    none. `first` and `last` are the days that it may be."""

    year: int
    month: int | None
    day: int | None
    approximate: bool
    uncertain: bool

    @property
    def first(self) -> date:
        return date(self.year, _or(self.month, 1), _or(self.day, 1))

    @property
    def last(self) -> date:
        month = _or(self.month, 12)
        if self.day is not None:
            return date(self.year, month, self.day)
        # The last day of a month: four weeks after the fourth there is another one, somewhere.
        after = date(self.year, month, 4) + timedelta(weeks=4)
        return after - timedelta(days=after.day)


def _or(written: int | None, otherwise: int) -> int:
    """00 is what no calendar has, and not what is not written."""
    return otherwise if written is None else written


class Fuzzy(Record):
    """A date, or an interval in which it lies; None is an open end."""

    low: Part | None
    high: Part | None
    interval: bool


class Bounds(NamedTuple):
    """The first and the last day that something may be on, `YYYY-MM-DD`; None is an open end."""

    first: str | None
    last: str | None


@lru_cache(maxsize=4096)
def read_edtf(text: str) -> Fuzzy | None:
    """None for what is not written so, what no calendar has, and what ends before it begins."""
    low, slash, high = text.partition("/")
    if not slash:
        part = _part(low)
        return None if part is None else Fuzzy(low=part, high=part, interval=False)
    first, last = _part(low), _part(high)
    if (first is None and low not in _OPEN) or (last is None and high not in _OPEN):
        return None
    if (first is None and last is None) or (first and last and first.first > last.last):
        return None
    return Fuzzy(low=first, high=last, interval=True)


def bounds(text: object) -> Bounds | None:
    """The days that a date may be on, of an RFC 3339 time its own; None where it is no date."""
    if not isinstance(text, str):
        return None
    if len(text) > 10 and text[10] in "Tt ":
        return _of_time(text)
    found = read_edtf(text)
    if found is None:
        return None
    return Bounds(
        None if found.low is None else found.low.first.isoformat(),
        None if found.high is None else found.high.last.isoformat(),
    )


def is_fuzzy(text: object) -> bool:
    """Whether a text as a whole is a date of this form that is not simply a day.

    Years alone may be any numbers and `2025/2026` a season; codes rarely look like a month of these
    centuries.
    """
    if not isinstance(text, str) or len(text) < 5:
        return False
    found = read_edtf(text)
    if found is None:
        return False
    parts = [part for part in (found.low, found.high) if part is not None]
    return any(map(_tells, parts)) and (found.interval or not _is_day(parts[0]))


def _tells(part: Part) -> bool:
    """Whether it looks like nothing but a date."""
    return part.year in _CENTURIES and (part.month is not None or _is_marked(part))


def _is_day(part: Part) -> bool:
    return part.day is not None and not _is_marked(part)


def _is_marked(part: Part) -> bool:
    return part.approximate or part.uncertain


def _part(text: str) -> Part | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(each) if each else None for each in match.groups()[:3])
    mark = match[4]
    part = Part(
        year=year or 0,
        month=month,
        day=day,
        approximate=mark in {"~", "%"},
        uncertain=mark in {"?", "%"},
    )
    try:
        return part if part.first <= part.last else None
    except ValueError:
        return None


def _of_time(text: str) -> Bounds | None:
    try:
        day = datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return None
    return Bounds(day, day)
