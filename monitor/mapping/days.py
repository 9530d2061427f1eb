"""Days as tables write them: never guessed, by a format such as `DD.MM.YYYY` or as ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

_PARTS: Final = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})"}
_TOKEN: Final = re.compile("YYYY|MM|DD")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?(Z|[-+]00:?00)?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=256)
def day_format(written: str) -> re.Pattern[str] | None:
    """A pattern for texts of this format; None when it does not name year, month and day once."""
    if sorted(_TOKEN.findall(written)) != ["DD", "MM", "YYYY"]:
        return None
    pattern, end = "", 0
    for found in _TOKEN.finditer(written):
        pattern += re.escape(written[end : found.start()]) + _PARTS[found[0]]
        end = found.end()
    return re.compile(pattern + re.escape(written[end:]))


def day_of(text: str, written: str) -> str | None:
    """The day as `YYYY-MM-DD`; None for a text of another format, or no day of the calendar."""
    pattern = day_format(written)
    found = pattern.fullmatch(text.strip()) if pattern is not None else None
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def plain_day(text: str) -> str:
    """A time at midnight, as spreadsheets write days, as the day; any other text as it is."""
    found = _MIDNIGHT.fullmatch(text.strip())
    return found[1] if found else text


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar, `2026-02-15`."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
