"""Who stands where: parties and issues as a table, against the baseline, with distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.compare.labels import EntityLabels
from monitor.compare.paths import format_path
from monitor.compare.positions import Gap, Point, PositionLine, Series, series
from monitor.compare.stances import Place, Stance, read_stances
from monitor.kinds.kind import Kind
from monitor.model.comparison import Interval, State
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.report import links
from monitor.web.drawing import Spark, spark
from monitor.web.reading import Asking, capital

NOTHING: Final = "—"


class Cell(Record):
    """`before` is what it was at the baseline, where it is another now."""

    value: str
    text: str
    before: str
    since: str
    url: str
    moved: bool


class GapView(Record):
    between: str
    text: str
    spark: Spark | None


class Row(Record):
    issue: str
    url: str
    cells: tuple[Cell | None, ...]
    gaps: tuple[GapView, ...]


class Matrix(Record):
    parties: tuple[str, ...]
    rows: tuple[Row, ...]


class Names:
    """Parties and issues in words."""

    def __init__(self, labels: EntityLabels, kind: Kind) -> None:
        self._labels = labels
        self._kind = kind

    def party(self, listed: str, identity: str) -> str:
        return self._name(listed, "party", identity)

    def issue(self, listed: str, identity: str) -> str:
        return self._name(listed, "issue", identity)

    def _name(self, listed: str, part: str, identity: str) -> str:
        collection = self._kind.collections[listed]
        field = collection.fields.get(getattr(collection.position, part))
        if field is None or field.ref is None:
            return visible(identity, 120)
        return visible(self._labels.ref(field.ref, identity), 120)


def matrix(
    asking: Asking,
    name: str,
    states: Sequence[State],
    kind: Kind,
    *,
    baseline: State | None = None,
) -> Matrix | None:
    """Of the newest state; None where nobody has a position."""
    found = series(states, kind)
    now = {line.place: line for line in found.lines if line.points[-1] is not None}
    if not now:
        return None
    latest = read_stances(states[-1].document, kind)
    past = read_stances(baseline.document, kind) if baseline is not None else {}
    names = Names(EntityLabels(states[-1].document, kind, older=states[0].document), kind)
    parties = list(dict.fromkeys((place[0], place[1]) for place in now))
    issues = list(dict.fromkeys((place[0], place[2]) for place in now))
    return Matrix(
        parties=tuple(names.party(*one) for one in parties),
        rows=tuple(
            Row(
                issue=capital(names.issue(listed, issue)),
                url=links.issue("", name, issue),
                cells=tuple(
                    _cell(asking, name, now.get((listed, party, issue)), latest, past)
                    for _, party in parties
                ),
                gaps=_gaps(asking, found, names, listed, issue),
            )
            for listed, issue in issues
        ),
    )


def _cell(
    asking: Asking,
    name: str,
    line: PositionLine | None,
    latest: Mapping[Place, Stance],
    past: Mapping[Place, Stance],
) -> Cell | None:
    stance = latest.get(line.place) if line is not None else None
    if line is None or stance is None:
        return None
    before = past.get(line.place)
    moved = bool(past) and (before is None or stance.restated(before))
    now = position_words(asking, stance.value, stance.interval)
    was = position_words(asking, before.value, before.interval) if before is not None else ""
    return Cell(
        value=now,
        text=visible(stance.text or "", 400),
        before=was if was != now and moved else "",
        since=asking.day(_since(line.points)),
        url=links.history("", name, format_path(line.place[0], stance.key)),
        moved=moved,
    )


def position_words(asking: Asking, value: str | None, interval: Interval | None) -> str:
    values = asking.language.values
    size = values.interval(interval.low, interval.high, interval.unit) if interval else ""
    return visible(" ".join(part for part in (value or "", size) if part), 120)


def _since(points: Sequence[Point | None]) -> str:
    """From which version on it is as it is now."""
    last = points[-1]
    assert last is not None
    found = last.as_of
    for now, before in zip(reversed(points), reversed((None, *points[:-1])), strict=True):
        if now is None:
            break
        found = now.as_of
        if now.moved or before is None:
            break
    return found


def _gaps(
    asking: Asking, found: Series, names: Names, listed: str, issue: str
) -> tuple[GapView, ...]:
    about = [gap for gap in found.gaps if gap.list == listed and gap.issue == issue]
    return tuple(_gap(asking, gap, names) for gap in about if gap.distances[-1] is not None)


def _gap(asking: Asking, gap: Gap, names: Names) -> GapView:
    numbers = asking.language.values
    steps: list[float] = []
    for size in gap.distances:
        if size is not None and (not steps or steps[-1] != size):
            steps.append(size)
    sizes = " → ".join(map(numbers.number, steps))
    text = asking.language.series.distance(steps[-1], sizes, gap.unit)
    between = " – ".join(names.party(gap.list, party) for party in gap.parties)
    drawn = spark(gap.distances, f"{between}: {text}") if len(steps) > 1 else None
    return GapView(between=between, text=visible(text, 120), spark=drawn)
