"""An article with what was found in it: each sentence leads to its card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.writing.cards import Card
from monitor.writing.marks import Place, Sentence

NAME, STRANGER, NUMBER, DAY, STATUS = "name", "stranger", "number", "day", "status"

DIFFERS: Final = "differs"


class Piece(Record):
    """Some words; `sort` is that of their mark, "" for plain ones. `quoted`: between quotation
    marks. `hint` is what they were read as."""

    text: str
    sort: str = ""
    quoted: bool = False
    hint: str = ""


class Passage(Record):
    """A sentence, or what stands between two: `number` 0. `open`: its card waits for a person."""

    number: int
    pieces: tuple[Piece, ...]
    is_open: bool = False


Paragraph = tuple[Passage, ...]


class _Mark(Record):
    place: Place
    sort: str
    hint: str = ""


def paragraphs(
    text: str, cards: Sequence[Card], open_ones: frozenset[int], labels: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    """The whole text, letter by letter; `labels` names entities by `collection.key`."""
    found: list[list[Passage]] = [[]]
    at = 0
    for card in cards:
        for number, gap in enumerate(_split(text[at : card.place.start])):
            if number:
                found.append([])
            if gap:
                found[-1].append(Passage(number=0, pieces=(Piece(text=_shown(gap)),)))
        pieces = tuple(_pieces(text, card, labels))
        is_open = card.number in open_ones
        found[-1].append(Passage(number=card.number, pieces=pieces, is_open=is_open))
        at = card.place.end
    if rest := text[at:].strip():
        found[-1].append(Passage(number=0, pieces=(Piece(text=_shown(rest)),)))
    return tuple(tuple(one) for one in found if one)


def _shown(words: str) -> str:
    """Letter by letter, spaces at the ends too; what cannot be seen is a space."""
    return "".join(one if one.isprintable() else " " for one in words)


def _split(gap: str) -> list[str]:
    """What stands between sentences, by paragraphs; space stays space."""
    return [" " if one and not one.strip() else one for one in gap.split("\n\n")]


def _pieces(text: str, card: Card, labels: Mapping[str, str]) -> Iterator[Piece]:
    """Marks do not overlap in what is shown: the first that begins goes on to its end."""
    at, quotes = card.place.start, [one.place for one in card.marks.quotes]
    for mark in sorted(_marks(card.marks, card.sort, labels), key=lambda one: one.place):
        if mark.place.start < at or mark.place.end > card.place.end:
            continue
        yield from _plain(text, at, mark.place.start, quotes)
        yield _piece(text, mark.place, quotes, mark.sort, mark.hint)
        at = mark.place.end
    yield from _plain(text, at, card.place.end, quotes)


def _plain(text: str, start: int, end: int, quotes: Sequence[Place]) -> Iterator[Piece]:
    edges = {start, end}
    for one in quotes:
        edges |= {edge for edge in one if start < edge < end}
    points = sorted(edges)
    for first, last in pairwise(points):
        yield _piece(text, Place(first, last), quotes)


def _piece(
    text: str, place: Place, quotes: Sequence[Place], sort: str = "", hint: str = ""
) -> Piece:
    quoted = any(one.holds(place) for one in quotes)
    words = _shown(text[place.start : place.end])
    return Piece(text=words, sort=sort, quoted=quoted, hint=visible(hint, 120))


def _marks(sentence: Sentence, sort: str, labels: Mapping[str, str]) -> Iterator[_Mark]:
    differs = f" {DIFFERS}" if sort == DIFFERS else ""
    for name in sentence.names:
        known = [labels.get(f"{one.collection}.{one.key}", one.key) for one in name.entities]
        yield _Mark(place=name.place, sort=NAME if known else STRANGER, hint=" / ".join(known))
    for number in sentence.numbers:
        yield _Mark(place=number.place, sort=f"{NUMBER}{differs}", hint=number.unit)
    for day in sentence.dates:
        yield _Mark(place=day.place, sort=f"{DAY}{differs}", hint=day.edtf or "")
    for status in sentence.statuses:
        yield _Mark(place=status.place, sort=STATUS, hint=status.rung)
