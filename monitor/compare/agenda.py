"""What a document says is planned, or was, as a calendar has it: days, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from monitor.compare.labels import EntityLabels
from monitor.compare.paths import format_path
from monitor.compare.rules.period import dates
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get
from monitor.model.comparison import Document
from monitor.model.edtf import bounds
from monitor.model.record import Record

Standing: TypeAlias = Literal["tentative", "confirmed", "cancelled"]


class Planned(Record):
    """`starts` and `ends` are as written, `state` and `place` in words. A calendar shows it from
    `first` up to but without `end`: days, or times with their zone where both are known so well.
    `is_fuzzy`: it lies on some day between them."""

    path: str
    label: str
    starts: str
    ends: str | None
    state: str
    place: str
    standing: Standing
    first: date | datetime
    end: date | datetime
    is_fuzzy: bool


def agenda(document: Document, kind: Kind) -> tuple[Planned, ...]:
    """Everything at the document's top that has a day and a state on a ladder, or off it; the
    soonest first. What has no day that can be read has no place in a calendar."""
    labels = EntityLabels(document, kind)
    found = (
        one
        for path, collection in kind.collections.items()
        for one in _of_list(document, path, collection, labels)
    )
    return tuple(sorted(found, key=lambda one: (one.first.isoformat()[:10], one.path)))


def standing_of(ladder: tuple[str, ...], state: object, *, is_fuzzy: bool = False) -> Standing:
    """The upper half of a ladder, its middle included, is sure; what is off the ladder does not
    take place, for now or for good. What has no day of its own is never sure."""
    if state is None:
        return "tentative"
    if state not in ladder:
        return "cancelled"
    is_high = 2 * (ladder.index(str(state)) + 1) > len(ladder)
    return "confirmed" if is_high and not is_fuzzy else "tentative"


def _of_list(
    document: Document, path: str, collection: Collection, labels: EntityLabels
) -> Iterator[Planned]:
    period = collection.period
    field = collection.fields.get(period.state) if period and period.state else None
    entries = get(document, path) if field is not None and field.ladder else None
    for entry in entries if isinstance(entries, list) else ():
        level = key_level(entry, collection)
        if level is None or period is None or field is None:
            continue
        starts, ends = dates(entry, period)
        span = _span(starts, ends)
        if span is None:
            continue
        first, end, is_fuzzy = span
        state = get(entry, field.name)
        yield Planned(
            path=format_path(path, (level,)),
            label=labels.of(path, (level,)),
            starts=str(starts),
            ends=ends if isinstance(ends, str) else None,
            state=str(field.say(state)) if isinstance(state, str) else "",
            place=_place(entry, collection),
            standing=standing_of(field.ladder, state, is_fuzzy=is_fuzzy),
            first=first,
            end=end,
            is_fuzzy=is_fuzzy,
        )


def _place(entry: Any, collection: Collection) -> str:
    assert collection.period is not None
    parts = []
    for name in collection.period.place:
        field, value = collection.fields.get(name), get(entry, name)
        if field is not None and isinstance(value, str):
            parts.append(str(field.say(value)))
    return ", ".join(parts)


def _span(starts: object, ends: object) -> tuple[date | datetime, date | datetime, bool] | None:
    begin, finish = bounds(starts), bounds(ends)
    if begin is None:
        return None
    times = _time(starts), _time(ends)
    if times[0] is not None and times[1] is not None and times[0] < times[1]:
        return times[0], times[1], False
    if times[0] is not None and finish is None:
        return times[0], times[0] + timedelta(hours=1), False
    first = begin.first or begin.last
    last = (finish and (finish.last or finish.first)) or begin.last or begin.first
    assert first is not None
    assert last is not None
    low = date.fromisoformat(first)
    high = max(low, date.fromisoformat(last))
    is_sure = begin.first == begin.last and (finish is None or finish.first == finish.last)
    try:
        return low, high + timedelta(days=1), not is_sure
    except OverflowError:
        return None


def _time(text: object) -> datetime | None:
    """A moment; None for a day."""
    if not isinstance(text, str) or len(text) <= 10:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
