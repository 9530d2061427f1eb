"""Words for levels, and lines with counts in them."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import Significance
from monitor.words.en.values import counted, listed


def level(level: Significance) -> str:
    return level.word


def of_level(number: int, level: Significance) -> str:  # noqa: ARG001
    return level.word


def more(number: int) -> str:
    return f"and {number} more"


def more_remarks(number: int) -> str:
    return f"And {number} more remarks of this sort."


def more_withdrawn(number: int) -> str:
    return f"And {number} more that are no longer so."


def missing_in(number: int, section: str) -> str:
    return f"{number} more in {section} did not fit in this mail."


def missing(number: int) -> str:
    return f"{counted(number, 'finding')} did not fit in this mail."


def summary(total: int, unchanged: int) -> str:
    return f"{counted(total, 'finding')}; {unchanged} {_entries(unchanged)} unchanged."


def stands(counts: str, unchanged: int) -> str:
    verb = "stands" if unchanged == 1 else "stand"
    return f"{counts}; {unchanged:,} {_entries(unchanged)} {verb} as before."


def _entries(number: int) -> str:
    return "entry" if number == 1 else "entries"


def ignored(number: int, names: Sequence[str]) -> str:
    many = "1 change is" if number == 1 else f"{number:,} changes are"
    return f"{many} ignored ({listed(names, limit=6)})."


def hidden(number: int, noise: int) -> str:
    many = "1 finding is" if number == 1 else f"{number} findings are"
    if noise == number:
        return f"{many} noise and not shown."
    return f"{many} not shown, {noise} of them noise." if noise else f"{many} not shown."


def situations(number: int) -> str:
    return counted(number, "situation")


def against(total: int, counts: str, new: int) -> str:
    known = "All" if new == total > 1 else str(new or "None")
    fresh = f"{known} of them {'is' if new == 1 else 'are'} new to you."
    return f"{counted(total, 'finding')} since then: {counts}. {fresh}"


def first(number: int, since: str) -> str:
    return f"{counted(number, 'finding')} since {since} will be told first."
