"""Dates in words, reckoned from the date of the article, as EDTF (ISO 8601-2)."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, TypeAlias

from monitor.writing.cues.cues import Cues
from monitor.writing.cues.known import cues_of
from monitor.writing.marks import DateMark, Place

_Reading: TypeAlias = Callable[["re.Match[str]", "_Then"], "str | None"]
_DASH: Final = r"\s?[-–—/‑]\s?"
_YEAR: Final = r"(?:19|20)\d\d"


class _Then:
    """The day from which is reckoned, and whether the sentence looks ahead."""

    def __init__(self, today: date | None, ahead: bool, cues: Cues) -> None:
        self.today = today
        self.ahead = ahead
        self.cues = cues


def dates(
    text: str, sentences: Sequence[Place], today: date | None, cues: Cues
) -> tuple[DateMark, ...]:
    """In order, none inside another; the longest reading of a place holds."""
    ahead = _ahead(text, sentences, cues)
    found: list[DateMark] = []
    end = 0
    for place, match, reading in _candidates(text, cues.language):
        if place.start < end or not _is_capital(match, cues):
            continue
        sentence = bisect_right(sentences, place.start, key=lambda one: one.start) - 1
        then = _Then(today, sentence >= 0 and ahead[sentence], cues)
        end = place.end
        # 30 February is no day, and no February either.
        with contextlib.suppress(ValueError):
            found.append(DateMark(place=place, text=match[0], edtf=reading(match, then)))
    return tuple(found)


def _ahead(text: str, sentences: Sequence[Place], cues: Cues) -> list[bool]:
    """Which sentences look ahead."""
    future = re.compile(cues.future, re.IGNORECASE)
    return [future.search(text, *one) is not None for one in sentences]


def _candidates(text: str, language: str) -> list[tuple[Place, re.Match[str], _Reading]]:
    """From left to right, of those that begin at one place the longest first."""
    found = [
        (Place(*match.span()), match, reading)
        for pattern, reading in _readings(language)
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda one: (one[0].start, -one[0].end))


def _is_capital(match: re.Match[str], cues: Cues) -> bool:
    """Whether its month or day is one: `may` and `sat` are none."""
    words = (match.groupdict().get(name) for name in ("month", "month2", "weekday"))
    return not (cues.capital_dates and any(word and word[0].islower() for word in words))


@cache
def _readings(language: str) -> tuple[tuple[re.Pattern[str], _Reading], ...]:
    cues = cues_of(language)
    months, weekdays = _stopped(cues.months, cues), _stopped(cues.weekdays, cues)
    month, second = rf"(?P<month>{months})", rf"(?P<month2>{months})"
    day, last = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<last>\d{1,2})(?:st|nd|rd|th)?"
    year = rf"(?:,?\s(?P<year>{_YEAR})(?!\d))?"
    range_ = rf"(?:{_DASH}|\s{cues.until}\s)"
    weekday = rf"(?P<weekday>{weekdays})"
    lead = rf"(?:(?:{weekdays}),?\s(?:the\s)?)?"
    span, number = _either(cues.spans), rf"(?P<number>\d{{1,3}}|a|an|{_either(cues.numerals)})"
    near = rf"(?:(?P<next>{cues.next_})|(?P<lasting>{cues.last})|(?P<this>{cues.this}))"
    part = rf"(?:(?P<early>{cues.early})|(?P<late>{cues.late}))\s"
    plain: tuple[tuple[str, _Reading], ...] = (
        (rf"(?P<year>{_YEAR})-(?P<number>\d\d)-(?P<day>\d\d)", _numbered),
        (r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d\d)", _numbered),
        (rf"{lead}{day}(?:\sof)?\s{month}{range_}{last}(?:\sof)?\s{second}{year}", _across),
        (rf"{lead}{month}\s{day}{range_}{second}\s{last}{year}", _across),
        (rf"{lead}{day}{range_}{last}(?:\sof)?\s{month}{year}", _between),
        (
            rf"{lead}{month}\s{day}{range_}{last}(?!\d|:\d|\s(?:{_either(cues.months)})){year}",
            _between,
        ),
        (rf"{lead}{day}(?:\sof)?\s{month}{year}", _day),
        (rf"{lead}{month}\s{day}(?!\d|:\d){year}", _day),
        (rf"{part}(?:{month}{year}|(?P<only>{_YEAR}))", _part),
        (rf"{month}(?:\sof)?,?\s(?P<year>{_YEAR})", _month),
        (rf"(?<=\bin\s){month}(?!\s\d)", _month),
        (
            rf"(?:(?<=\bby\s)|(?<=\buntil\s)|(?<=\bsince\s)|(?<=\bfor\s)|(?<=\bof\s)|(?<=\bmid-)){month}(?!\s\d)",
            _month,
        ),
        (
            rf"(?:(?<=\bbefore\s)|(?<=\bfrom\s)|(?<=\bafter\s)|(?<=\bas\s)|(?<=\bduring\s)|(?<=\bthrough\s)|(?<=\btill\s)){month}(?!\s\d)",
            _month,
        ),
        (rf"(?P<month>{cues.plain_months})(?!\s\d)", _month),
        (
            rf"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\bfor\s))(?P<only>{_YEAR})(?![\d-])",
            _year,
        ),
        (rf"{near}\s(?:{weekday}|(?P<month>{_either(cues.months)}))", _near),
        (rf"(?:{near}|(?P<weekend>the))\s(?P<span>{span})(?!\w)", _span),
        (rf"{number}\s(?P<span>{span})\s{cues.before}", _ago),
        (rf"{cues.after}\s{number}\s(?P<span>{span})(?!')", _hence),
        (rf"(?:{cues.vague})", _untold),
        (r"\d{1,2}:\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?", _untold),
        (weekday, _weekday),
        (rf"(?P<word>{_either(cues.days)})", _named),
    )
    return tuple(
        (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), reading)
        for pattern, reading in plain
    )


def _numbered(match: re.Match[str], _then: _Then) -> str:
    return date(int(match["year"]), int(match["number"]), int(match["day"])).isoformat()


def _day(match: re.Match[str], then: _Then) -> str | None:
    found = _on(then, match["month"], match["day"], match["year"])
    return found.isoformat() if found else None


def _between(match: re.Match[str], then: _Then) -> str | None:
    first = _on(then, match["month"], match["day"], match["year"])
    last = _on(then, match["month"], match["last"], match["year"])
    return _interval(first, last)


def _across(match: re.Match[str], then: _Then) -> str | None:
    last = _on(then, match["month2"], match["last"], match["year"])
    first = _on(then, match["month"], match["day"], match["year"])
    if first and last and first > last:
        first = first.replace(year=last.year - 1)
    return _interval(first, last)


def _interval(first: date | None, last: date | None) -> str | None:
    if first is None or last is None:
        return None
    if last < first:
        raise ValueError("an interval that ends before it begins")
    return f"{first.isoformat()}/{last.isoformat()}"


def _on(then: _Then, month: str, day: str, year: str | None) -> date | None:
    number = then.cues.months[month.lower().rstrip(".")]
    if year:
        return date(int(year), number, int(day))
    if then.today is None:
        date(2024, number, int(day))
        return None
    return _nearest_year(then, number, int(day))


def _nearest_year(then: _Then, month: int, day: int) -> date:
    """Without a year: this one, unless another is nearer by half a year."""
    assert then.today is not None
    years = (then.today.year, then.today.year + 1, then.today.year - 1)
    near = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    if not near:
        raise ValueError(f"no day {day} in month {month}")
    return min(near, key=lambda one: abs((one - then.today).days) if then.today else 0)


def _month(match: re.Match[str], then: _Then) -> str | None:
    number = then.cues.months[match["month"].lower().rstrip(".")]
    year = match.groupdict().get("year")
    if year is None and then.today is None:
        return None
    at = int(year) if year else _nearest_year(then, number, 15).year
    return f"{at:04}-{number:02}"


def _part(match: re.Match[str], then: _Then) -> str | None:
    """The first or the last ten days or so: about, for nobody draws the line."""
    if match["only"]:
        return f"{match['only']}~"
    month = _month(match, then)
    return f"{month}~" if month else None


def _year(match: re.Match[str], _then: _Then) -> str:
    return match["only"]


def _near(match: re.Match[str], then: _Then) -> str | None:
    if then.today is None:
        return None
    if match["month"]:
        number = then.cues.months[match["month"].lower().rstrip(".")]
        year = then.today.year
        if match["next"] and number <= then.today.month:
            year += 1
        if match["lasting"] and number >= then.today.month:
            year -= 1
        return f"{year:04}-{number:02}"
    day = then.cues.weekdays[match["weekday"].lower().rstrip(".")]
    ahead = (day - then.today.weekday()) % 7
    if match["next"]:
        return (then.today + timedelta(ahead or 7)).isoformat()
    if match["lasting"]:
        return (then.today - timedelta((then.today.weekday() - day) % 7 or 7)).isoformat()
    return _weekday(match, then)


def _weekday(match: re.Match[str], then: _Then) -> str | None:
    """The nearest such day: behind, or ahead where the sentence speaks of what is to come. Agencies
    write the day of the article itself so as well."""
    if then.today is None:
        return None
    day = then.cues.weekdays[match["weekday"].lower().rstrip(".")]
    behind = (then.today.weekday() - day) % 7
    if behind == 0:
        return then.today.isoformat()
    near = (
        timedelta(7 - behind)
        if then.ahead and not _is_of_speech(match, then)
        else -timedelta(behind)
    )
    return (then.today + near).isoformat()


def _is_of_speech(match: re.Match[str], then: _Then) -> bool:
    """Whether it is the day on which something was said: `he said on Tuesday that it will`."""
    before = match.string[max(0, match.start() - 40) : match.start()].lower()
    return re.search(rf"\b{then.cues.speech}(?:\s\w+)?\s(?:on\s)?$", before) is not None


def _named(match: re.Match[str], then: _Then) -> str | None:
    if then.today is None:
        return None
    return (then.today + timedelta(then.cues.days[match["word"].lower()])).isoformat()


def _span(match: re.Match[str], then: _Then) -> str | None:
    word = then.cues.spans[match["span"].lower()]
    if match["weekend"] and word != "weekend":
        raise ValueError("the week, month or year of nothing")
    if then.today is None:
        return None
    step = 1 if match["next"] else -1 if match["lasting"] else 0
    if match["weekend"]:
        step = 0 if then.ahead or then.today.weekday() >= 5 else -1
    return _stretch(then.today, word, step)


def _ago(match: re.Match[str], then: _Then) -> str | None:
    return _apart(match, then, -1)


def _untold(_match: re.Match[str], _then: _Then) -> None:
    """A time of day, the day before, the end of the month: of which day nobody can tell from these
    words alone."""


def _hence(match: re.Match[str], then: _Then) -> str | None:
    """In so many years is how long something has lasted where nothing is to come."""
    if not then.ahead and then.cues.spans[match["span"].lower()] == "year":
        raise ValueError("a stretch, and no date")
    return _apart(match, then, 1)


def _apart(match: re.Match[str], then: _Then, sign: int) -> str | None:
    if then.today is None:
        return None
    written = match["number"].lower()
    count = int(written) if written.isdigit() else then.cues.numerals.get(written, 1)
    word = then.cues.spans[match["span"].lower()]
    if word == "day":
        return (then.today + timedelta(sign * count)).isoformat()
    if word in ("week", "fortnight"):
        days = 7 if word == "week" else 14
        return f"{(then.today + timedelta(sign * count * days)).isoformat()}~"
    return f"{_stretch(then.today, word, sign * count)}~"


def _stretch(today: date, word: str, step: int) -> str:
    """The week, month or year that is so many from this one."""
    if word in ("week", "weekend"):
        return _week(today, step, 5 if word == "weekend" else 0)
    if word == "month":
        months = today.year * 12 + today.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if word == "year":
        return f"{today.year + step:04}"
    days = (today + timedelta(step * (14 if word == "fortnight" else 1))).isoformat()
    return f"{days}~" if step else days


def _week(today: date, step: int, first: int) -> str:
    monday = today - timedelta(today.weekday()) + timedelta(7 * step)
    return f"{(monday + timedelta(first)).isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _stopped(words: Iterable[str], cues: Cues) -> str:
    """As `_either`; behind a short form may stand a full stop, which belongs to it."""
    ends = {one: r"\b\.?" if one in cues.abbreviations else r"\b" for one in words}
    return "|".join(re.escape(one) + ends[one] for one in sorted(ends, key=len, reverse=True))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
