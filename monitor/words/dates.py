"""Dates and times in words, in a reader's language and time zone (Babel)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from monitor.cadence import parse
from monitor.model.edtf import is_fuzzy
from monitor.model.text import visible
from monitor.words import Language
from monitor.words import language as language_of


def day(when: str, language: str, *, year: bool = True) -> str:
    """An `as_of` or other date as text: `5 Feb 2026`, with its time if it has one.

    What is no date (`early March`) stays as it was written, made visible.
    """
    if is_fuzzy(when):
        return language_of(language).values.date_words(when)
    try:
        date_only = date.fromisoformat(when[:10])
        moment = datetime.fromisoformat(when) if len(when) > 10 else None
    except ValueError:
        return visible(when, 60)
    words = _date(date_only, _pattern(language, year=year), language)
    if moment is None:
        return words
    # The day and the hour as they are written, which is in the zone of the situation.
    zone = "" if moment.tzinfo is None else f" {moment.tzname()}"
    clock = format_time(moment.replace(tzinfo=None), "HH:mm", locale=language)
    return f"{words}, {clock}{zone}"


def days(starts: str, ends: str | None, language: str) -> str:
    """`17–18 Feb 2026`, `27 Feb–2 Mar 2026`, or one day."""
    if not ends or ends == starts:
        return day(starts, language)
    if is_fuzzy(starts) or is_fuzzy(ends):
        return language_of(language).values.date_range(starts, ends)
    try:
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    except ValueError:
        return f"{day(starts, language)} – {day(ends, language)}"
    if first.year != last.year:
        return f"{day(starts, language)} – {day(ends, language)}"
    short = "d" if first.month == last.month else _pattern(language, year=False)
    return f"{_date(first, short, language)}–{day(ends, language)}"


def moment(instant: str, zone: str, language: Language) -> str:
    """`17 February 2026, 07:00 Kyiv time`. `instant` is RFC 3339."""
    local = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    clock = format_time(local, "HH:mm", locale=language.code)
    date_words = _date(local.date(), "d MMMM y", language.code)
    return language.frame.moment(date_words, clock, language.frame.place(zone))


def brief_moment(instant: str, zone: str, language: str) -> str:
    """`15 Feb 09:12`, for a time near the digest's own."""
    local = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    clock = format_time(local, "HH:mm", locale=language)
    return f"{_date(local.date(), _pattern(language, year=False), language)} {clock}"


def local_date(instant: str, zone: str) -> str:
    """`YYYY-MM-DD` of an RFC 3339 instant, where the reader is."""
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)).date().isoformat()


def cadence_words(cadence: str, zone: str, language: Language) -> str:
    """`daily at 07:00 Kyiv time`. Raises ValueError for a cadence that cannot be read."""
    return language.frame.cadence(parse(cadence), language.frame.place(zone))


def _pattern(language: str, *, year: bool) -> str:
    labels = language_of(language).labels
    return labels.day if year else labels.day_of_year


def _date(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=language)
