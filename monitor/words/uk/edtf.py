"""Dates that are not known to the day: `травень 2026`, `між 1 та 10 травня 2026`.

Days themselves are said in `values`; the months in the genitive come from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.edtf import Fuzzy, Part

_NAMED: Final = (
    *("січень", "лютий", "березень", "квітень", "травень", "червень"),
    *("липень", "серпень", "вересень", "жовтень", "листопад", "грудень"),
)
_BETWEEN: Final = (
    *("січнем", "лютим", "березнем", "квітнем", "травнем", "червнем"),
    *("липнем", "серпнем", "вереснем", "жовтнем", "листопадом", "груднем"),
)


def fuzzy_words(found: Fuzzy, months: Sequence[str]) -> str:
    """`months` are in the genitive, as beside a day."""
    low, high = found.low, found.high
    if not found.interval:
        assert low is not None
        return _marked(low, _part(low, months, _NAMED, ""))
    if low is None:
        assert high is not None
        return f"не пізніше {_marked(high, _part(high, months, months, ' року'))}"
    if high is None:
        return f"не раніше {_marked(low, _part(low, months, months, ' року'))}"
    return f"між {_marked(low, _first(low, high, months))} та {_marked(high, _last(high, months))}"


def _first(low: Part, high: Part, months: Sequence[str]) -> str:
    """The first of two without what the second says again."""
    if low.month is None:
        return str(low.year) if high.month is None else f"{low.year} роком"
    if low.year != high.year or high.month is None:
        return _part(low, months, _BETWEEN, "")
    if low.day is None:
        return _BETWEEN[low.month - 1]
    if low.month == high.month and high.day is not None:
        return str(low.day)
    return f"{low.day} {months[low.month - 1]}"


def _last(high: Part, months: Sequence[str]) -> str:
    return _part(high, months, _BETWEEN, " роками")


def _part(part: Part, genitive: Sequence[str], alone: Sequence[str], year: str) -> str:
    """`alone` are the months without a day, `year` what follows a year that stands alone."""
    if part.month is None:
        return f"{part.year}{year}"
    if part.day is None:
        return f"{alone[part.month - 1]} {part.year}"
    return f"{part.day} {genitive[part.month - 1]} {part.year}"


def _marked(part: Part, words: str) -> str:
    words = f"приблизно {words}" if part.approximate else words
    return f"можливо, {words}" if part.uncertain else words
