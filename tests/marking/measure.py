"""What of the gold was found, and what was found that is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from monitor.model.edtf import bounds
from monitor.model.record import Record
from monitor.writing.marks import DateMark, Named, NameMark, NumberMark, Place, Sentence
from monitor.writing.reader import marked
from tests.marking.gold import Article, Gold

SORTS: Final = ("names", "numbers", "dates", "dates reckoned", "quotes", "speakers", "statuses")


class Score(Record):
    """Of one sort in one article: `total` in the gold, `found` rightly, `wrong` otherwise than it
    is; and lines for each that is not found."""

    sort: str
    total: int
    found: int
    wrong: int
    lines: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            sort=self.sort,
            total=self.total + other.total,
            found=self.found + other.found,
            wrong=self.wrong + other.wrong,
            lines=self.lines + other.lines,
        )


def scores(article: Article) -> Iterator[Score]:
    """One for each of SORTS."""
    found = marked(article.text, article.published, article.kind, article.state)
    yield _names(article, [one for each in found for one in each.names])
    yield _numbers(article, [one for each in found for one in each.numbers])
    yield from _dates(article, [one for each in found for one in each.dates])
    yield from _quotes(article, found)
    yield _statuses(article, found)


def _names(article: Article, found: Sequence[NameMark]) -> Score:
    """Wrong is another identity than it has, and any identity for what is none we know."""
    known = [one for one in article.names if one.value is not None]
    strangers = [*(one for one in article.names if one.value is None), *article.traps]
    lines: list[str] = []
    right = wrong = 0
    for gold in known:
        said = _identities(found, gold.place)
        if said == [gold.value]:
            right += 1
            continue
        wrong += any("/" in one for one in said)
        lines.append(_line(article, "name", gold, gold.value, said))
    counted: set[Place] = set()
    for gold in strangers:
        if gold.place in counted:
            continue
        is_trap = gold in article.traps
        said = [one for one in _identities(found, gold.place) if not is_trap or one == gold.value]
        # Of a city that no entry has, the field whose value it is, is no wrong identity.
        if any("/" in one and ":" not in one.partition("/")[0] for one in said):
            wrong += 1
            counted.add(gold.place)
            lines.append(_line(article, "nobody we know", gold, gold.value, said))
    return Score(sort="names", total=len(known), found=right, wrong=wrong, lines=tuple(lines))


def _identities(found: Sequence[NameMark], place: Place) -> list[str]:
    """`people/holm` of each mark that meets a place; `?` where it may be several or is nobody."""
    return [
        _shown(one.entities[0]) if len(one.entities) == 1 else "?"
        for one in found
        if one.place.meets(place)
    ]


def _shown(one: Named) -> str:
    """As the gold has it: of lists in lists the last name."""
    collection = one.collection if ":" in one.collection else one.collection.rpartition(".")[2]
    return f"{collection}/{one.key}"


def _numbers(article: Article, found: Sequence[NumberMark]) -> Score:
    lines: list[str] = []
    right = 0
    for gold in article.numbers:
        met = [one for one in found if one.place.meets(gold.place)]
        low, high = (None if one is None else Decimal(str(one)) for one in gold.value)
        if any(_bounds(one) == (low, high) for one in met):
            right += 1
        else:
            said = [(one.text, one.low, one.high) for one in met]
            lines.append(_line(article, "number", gold, gold.value, said))
    return _score("numbers", article.numbers, right, lines)


_SCALES: Final = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9}
_SCALES_UK: Final = {"мільйон": 10**6, "млн": 10**6, "мільярд": 10**9, "млрд": 10**9}


def _bounds(mark: NumberMark) -> tuple[Decimal | None, Decimal | None]:
    """Counted out: a mark has its million as a word of its unit."""
    word = mark.unit.partition(" ")[0]
    scales = {**_SCALES, **_SCALES_UK}
    times = next((scale for known, scale in scales.items() if word.startswith(known)), 1)
    return tuple(None if one is None else one * times for one in (mark.low, mark.high))  # type: ignore[return-value]


def _dates(article: Article, found: Sequence[DateMark]) -> Iterator[Score]:
    """Marked at all; and reckoned rightly: the same span of days, however it is written."""
    lines: list[str] = []
    right = marked_ = 0
    for gold in article.dates:
        met = [one for one in found if one.place.meets(gold.place)]
        marked_ += bool(met)
        if any(_span(one.edtf) == _span(gold.value) for one in met):
            right += 1
        else:
            lines.append(
                _line(article, "date", gold, gold.value, [(one.text, one.edtf) for one in met])
            )
    yield _score("dates", article.dates, marked_, ())
    yield _score("dates reckoned", article.dates, right, lines)


def _span(edtf: str | None) -> Any:
    if edtf is None:
        return None
    span = bounds(edtf)
    return edtf if span is None else (span.first, span.last)


def _quotes(article: Article, found: Sequence[Sentence]) -> Iterator[Score]:
    quotes = [one for each in found for one in each.quotes]
    lines: list[str] = []
    told: list[str] = []
    right = by_whom = 0
    speakers = [one for one in article.quotes if one.value is not None]
    for gold in article.quotes:
        met = [one for one in quotes if one.place.meets(gold.place)]
        if not any(one.text.strip(" ,.") == gold.text.strip(" ,.") for one in met):
            lines.append(_line(article, "quote", gold, None, [one.text for one in met]))
        else:
            right += 1
        if gold.value is None:
            continue
        said = [
            _shown(one.speaker.entities[0])
            for one in met
            if one.speaker is not None and len(one.speaker.entities) == 1
        ]
        if gold.value in said:
            by_whom += 1
        else:
            told.append(_line(article, "speaker", gold, gold.value, said))
    yield _score("quotes", article.quotes, right, lines)
    yield _score("speakers", speakers, by_whom, told)


def _statuses(article: Article, found: Sequence[Sentence]) -> Score:
    marks = [one for each in found for one in each.statuses]
    lines: list[str] = []
    right = 0
    for gold in article.statuses:
        said = [one.rung for one in marks if one.place.meets(gold.place)]
        if {gold.value, *gold.also} & set(said):
            right += 1
        else:
            lines.append(_line(article, "status", gold, gold.value, said))
    return _score("statuses", article.statuses, right, lines)


def _score(sort: str, gold: Sequence[Gold], right: int, lines: Iterable[str]) -> Score:
    return Score(sort=sort, total=len(gold), found=right, wrong=0, lines=tuple(lines))


def _line(article: Article, sort: str, gold: Gold, wanted: Any, said: Sequence[Any]) -> str:
    start = max(gold.place.start - 40, 0)
    around = " ".join(article.text[start : gold.place.end + 30].split())
    return f"{article.name}: {sort} {gold.text!r} is {wanted}, found {list(said)} in “…{around}…”"
