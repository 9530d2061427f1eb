"""What is found in an article. Places are half-open ranges of characters of its text."""

from __future__ import annotations

from decimal import Decimal

from monitor.model.record import Record
from monitor.model.tuples import NamedTuple


class Place(NamedTuple):
    """From `start` up to but without `end`."""

    start: int
    end: int

    def holds(self, other: Place) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Place) -> bool:
        return self.start < other.end and other.start < self.end


class Named(NamedTuple):
    """An entity by its collection's path and its key: `people`, `vera-holm`."""

    collection: str
    key: str


class NameMark(Record):
    """A name. One entity: known; none: nobody has this name; several: it may be any of them."""

    place: Place
    text: str
    entities: tuple[Named, ...] = ()


class NumberMark(Record):
    """An amount or a range; an absent bound is an open end. `unit` is the word that is counted, as
    it stands (`years`, `percent`, `million dollars`); empty where none follows."""

    place: Place
    text: str
    low: Decimal | None
    high: Decimal | None
    unit: str = ""


class DateMark(Record):
    """A date as EDTF, reckoned from the article's own date where the words are relative; None when
    they need one and the article has none."""

    place: Place
    text: str
    edtf: str | None


class QuoteMark(Record):
    """Words between quotation marks (without these), and who says them where that is found."""

    place: Place
    text: str
    speaker: NameMark | None = None


class StatusMark(Record):
    """A word that says how firm something is, as a rung of the kind's ladder."""

    place: Place
    text: str
    rung: str


class Sentence(Record):
    """One sentence with what is marked in it. A quotation belongs to where it begins. `speaker` is
    who says it without quotation marks: `the spokesman said`; `day` (ISO) is when it was said: the
    article's own, or an earlier one that the sentence names beside who says it."""

    place: Place
    text: str
    names: tuple[NameMark, ...] = ()
    numbers: tuple[NumberMark, ...] = ()
    dates: tuple[DateMark, ...] = ()
    quotes: tuple[QuoteMark, ...] = ()
    statuses: tuple[StatusMark, ...] = ()
    speaker: NameMark | None = None
    day: str | None = None
