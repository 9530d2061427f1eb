"""An article with its marks: names, numbers, dates, quotations, and how firm what is said is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from monitor.model.record import Record
from monitor.writing.cues.known import cues_of, language_of
from monitor.writing.dates import dates
from monitor.writing.index import Index
from monitor.writing.marks import (
    DateMark,
    NameMark,
    NumberMark,
    Place,
    QuoteMark,
    Sentence,
    StatusMark,
)
from monitor.writing.names import Names
from monitor.writing.numbers import numbers
from monitor.writing.quotations import Speakers, quotations
from monitor.writing.sentences import sentences
from monitor.writing.statuses import statuses
from monitor.writing.tokens import tokens

_WEEK: Final = 7

_M = TypeVar("_M", NameMark, NumberMark, DateMark, StatusMark)


class Reader(Record):
    """What marking needs to know of a situation, made once for many articles."""

    index: Index
    speakers: frozenset[str]
    """The collections of those who can be quoted."""
    ladder: tuple[str, ...]
    """How firm something can be, the loosest first."""


def mark(text: str, published: date | None, reader: Reader) -> tuple[Sentence, ...]:
    """The sentences of an article in order, each with what stands in it."""
    cues = cues_of(language_of(text))
    quoted = quotations(text)
    places = sentences(text, quoted, cues)
    dated = dates(text, places, published, cues)
    days = [one.place for one in dated]
    named = Names(text, tokens(text), reader.index, cues).find(places, days)
    counted = numbers(text, [*days, *(one.place for one in named)], cues)
    firm = statuses(text, quoted, reader.ladder, cues)
    speaking = Speakers(text, cues, reader.speakers)
    return tuple(
        Sentence(
            place=place,
            text=text[place.start : place.end],
            names=(names := _inside(named, place)),
            numbers=_inside(counted, place),
            dates=(then := _inside(dated, place)),
            quotes=(told := speaking.told(place, _quotes(text, quoted, place), names)),
            speaker=(reporting := speaking.reporting(place, told, names)),
            day=_day(published, then, is_said=reporting is not None or _is_said(told)),
            statuses=_inside(firm, place),
        )
        for place in places
    )


def _is_said(quotes: Sequence[QuoteMark]) -> bool:
    return any(one.speaker is not None for one in quotes)


def _day(published: date | None, dates: Sequence[DateMark], *, is_said: bool) -> str | None:
    """When a sentence was said: in the week before the article where somebody says it on a day
    that is named."""
    if published is None:
        return None
    week = {(published - timedelta(days=back)).isoformat() for back in range(_WEEK)}
    named = [one.edtf for one in dates if one.edtf in week] if is_said else []
    return named[0] if len(named) == 1 else published.isoformat()


def _inside(marks: Sequence[_M], place: Place) -> tuple[_M, ...]:
    """Those that begin in a place, of marks in order."""
    first = bisect_left(marks, place.start, key=lambda one: one.place.start)
    last = bisect_left(marks, place.end, key=lambda one: one.place.start)
    return tuple(marks[first:last])


def _quotes(text: str, quoted: Sequence[Place], sentence: Place) -> tuple[QuoteMark, ...]:
    return tuple(
        QuoteMark(place=one, text=text[one.start : one.end])
        for one in quoted
        if sentence.start <= one.start < sentence.end
    )
