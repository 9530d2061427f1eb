"""Values as a reader sees them: dates, intervals, lists, and what is not stated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from monitor.model.comparison import Json
from monitor.model.edtf import IN_TEXT, is_fuzzy, read_edtf
from monitor.model.numbers import written
from monitor.model.patterns import regex
from monitor.model.text import cut
from monitor.words.en import articles
from monitor.words.en.edtf import fuzzy_words
from monitor.words.en.units import unit_words
from monitor.words.objects import member_words, object_words

_DATE = regex(r"\d{4}-\d{2}-\d{2}")
_TIME = regex(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY_OF_YEAR = regex(rf"(\d (?:{'|'.join(_MONTHS)})) (\d{{4}})\b|[\"“«][^\"”»]*[\"”»]")

# Characters of a value that is shown as JSON writes it: alone, and as one of several.
WRITTEN = 160
MEMBER = 60

NOT_STATED = "not stated"
NOT_NAMED = "not named"


def words(value: Json, *, other: Json = None) -> str:
    """A value of a finding's arguments in words.

    `other` is what stands on the other side: where that is a name, null is "not named".
    """
    if value is None:
        return NOT_NAMED if _is_name(other) else NOT_STATED
    if isinstance(value, list):
        return listed([_member(member) for member in value]) if value else "none"
    if isinstance(value, dict):
        if value.keys() == {"low", "high", "unit"}:
            return interval(value["low"], value["high"], value["unit"])
        return cut(object_words(value, words) or "empty", WRITTEN)
    return _scalar(value)


def both(before: Json, after: Json) -> tuple[str, str]:
    """Two values in words; as they are written in JSON where words would hide the difference.

    That is where they read alike (`2026-02-05`, `5 February 2026`) or are of different types
    (`"0123"`, `123`).
    """
    old, new = words(before, other=after), words(after, other=before)
    if old != new and _one_type(before, after):
        return old, new
    return _written(before), _written(after)


def _one_type(before: Json, after: Json) -> bool:
    types = {_type(side) for side in (before, after) if side is not None}
    return len(types) < 2 or (dict in types and list not in types)


def _type(value: Json) -> type:
    """1 and 1.0 are both numbers."""
    return int if type(value) is float else type(value)


def _written(value: Json, limit: int = WRITTEN) -> str:
    return cut(json.dumps(value, ensure_ascii=False, sort_keys=True), limit)


def _member(value: Json) -> str:
    if isinstance(value, dict):
        return cut(member_words(value, words), MEMBER) or _written(value)
    return _written(value, MEMBER) if isinstance(value, list) else words(value)


def _scalar(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """Thousands are set apart from 10,000 on, so that a year stays a year."""
    text = written(value)
    if abs(value) < 10_000 or "e" in text:
        return text
    whole, point, parts = text.partition(".")
    return f"{int(whole):,}{point}{parts}"


def named(name: str) -> str:
    return articles.named(name)


def quoted(text: str) -> str:
    return f"“{text}”"


def counted(count: int, noun: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def interval(low: Json, high: Json, unit: Json) -> str:
    """`30–50 years`, `15 years`, `at least 15 persons`, `up to 20`."""
    if isinstance(low, str) or isinstance(high, str):
        return date_range(low, high)
    if low is None and high is None:
        return NOT_STATED
    if low is None:
        text = f"up to {number(high)}"
    elif high is None:
        text = f"at least {number(low)}"
    elif low == high:
        text = number(low)
    else:
        text = f"{number(low)}–{number(high)}"
    if not isinstance(unit, str) or unit == "date":
        return text
    return f"{text} {unit_words(1 if low == high == 1 else 2, unit)}"


def from_to(before: Json, after: Json) -> tuple[str, str]:
    """Two values in words; a unit or a year that both have is said once, behind the second."""
    both = isinstance(before, dict) and isinstance(after, dict) and before.get("unit")
    if both and before["unit"] == after.get("unit") and not isinstance(before["low"], str):
        return interval(before["low"], before["high"], None), words(after)
    old, new = words(before), words(after)
    one, other = _day(before), _day(after)
    if one is not None and other is not None and one.year == other.year:
        return old.removesuffix(f" {one.year}"), new
    return old, new


def listed(parts: Sequence[str], *, limit: int = 12) -> str:
    """`a, b and c`; beyond the limit the rest is counted."""
    if len(parts) > limit:
        return f"{', '.join(parts[:limit])} and {len(parts) - limit} more"
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def date_words(text: str, *, year: bool = True) -> str:
    """`17 February 2026`; text that is no day is returned as it is."""
    day = _day(text)
    if day is None:
        found = read_edtf(text) if is_fuzzy(text) else None
        return text if found is None else fuzzy_words(found, _MONTHS)
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def days_in_words(text: str) -> str:
    """A text with every day in it (`2026-02-17`, as labels have them) written out."""
    return IN_TEXT.sub(lambda day: date_words(day[0]), text)


def without_year(text: str, year: str) -> str:
    """`17–18 February` of `17–18 February 2026`; what stands in quotation marks stays."""
    return _DAY_OF_YEAR.sub(lambda day: day[1] if day[2] == year else day[0], text)


def date_range(start: Json, end: Json) -> str:
    """`17–18 February 2026`; what two days share is said once. Open ends: `from …`, `until …`."""
    first, last = _day(start), _day(end)
    if is_fuzzy(end) and not start:
        return f"until {date_words(end)}"
    if is_fuzzy(start) or is_fuzzy(end) or (first is None and last is None):
        said = [date_words(str(bound)) for bound in (start, end) if bound]
        return " – ".join(dict.fromkeys(said)) or NOT_STATED
    if first is None:
        return f"until {date_words(end)}"
    if last is None or first == last:
        return date_words(start)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_words(end)}"
    return f"{date_words(start, year=first.year != last.year)} – {date_words(end)}"


def _text(value: str) -> str:
    if _DATE.fullmatch(value) or is_fuzzy(value):
        return date_words(value)
    if time := _TIME.fullmatch(value):
        return f"{date_words(time[1])}, {time[2]} UTC"
    return value or "empty"


def _day(text: Json) -> date | None:
    if not isinstance(text, str) or not _DATE.fullmatch(text[:10]) or is_fuzzy(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _is_name(value: Json) -> bool:
    """A few words with a capital: a place or a person rather than a sentence."""
    return isinstance(value, str) and value[:1].isupper() and len(value.split()) <= 3
