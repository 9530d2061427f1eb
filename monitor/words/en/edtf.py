"""Dates that are not known to the day: `May 2026`, `between 1 and 10 May 2026`, `about May 2026`.

Days themselves are said in `values`; the names of months come from there.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.edtf import Fuzzy, Part


def fuzzy_words(found: Fuzzy, months: Sequence[str]) -> str:
    low, high = found.low, found.high
    if not found.interval:
        assert low is not None
        return _marked(low, _part(low, months))
    if low is None:
        assert high is not None
        return f"no later than {_marked(high, _part(high, months))}"
    if high is None:
        return f"no earlier than {_marked(low, _part(low, months))}"
    last = _part(high, months)
    return f"between {_marked(low, _shortened(low, high, months))} and {_marked(high, last)}"


def _part(part: Part, months: Sequence[str]) -> str:
    if part.month is None:
        return str(part.year)
    month = f"{months[part.month - 1]} {part.year}"
    return month if part.day is None else f"{part.day} {month}"


def _shortened(low: Part, high: Part, months: Sequence[str]) -> str:
    """The first of two without what the second says again."""
    if low.year != high.year or low.month is None or high.month is None:
        return _part(low, months)
    if low.day is None:
        return months[low.month - 1]
    if low.month == high.month and high.day is not None:
        return str(low.day)
    return f"{low.day} {months[low.month - 1]}"


def _marked(part: Part, words: str) -> str:
    if part.uncertain:
        words = f"about {words}" if part.approximate else words
        return f"possibly {words}"
    return f"about {words}" if part.approximate else words
