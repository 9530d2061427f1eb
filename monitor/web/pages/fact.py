"""Every value that one fact has had; one entity over all the versions; one issue over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from starlette.responses import Response

from monitor.compare.cited import read_sources
from monitor.compare.history import FactValue, entry_paths, fact_history
from monitor.compare.labels import EntityLabels
from monitor.compare.paths import parse_path
from monitor.compare.positions import Point, series
from monitor.errors import NotFound
from monitor.kinds.kind import Kind
from monitor.model.comparison import Json, Publication, State
from monitor.model.paths import has_id, read_place
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.view import LinkView
from monitor.web.drawing import Curve, Dot, Plot, Tick, along
from monitor.web.guards import Guard
from monitor.web.line import Line, line_of
from monitor.web.matrix import Names, position_words
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

WIDTH: Final = 1000
HEIGHT: Final = 320
EDGE: Final = 70


class ValueRow(Record):
    """`url` leads to the step in which it came."""

    days: str
    value: str
    said: str
    sources: tuple[LinkView, ...]
    others: tuple[str, ...]
    url: str


class FactPage(Record):
    title: str
    situation: LinkView
    path: str
    rows: tuple[ValueRow, ...]


class Place(Record):
    """Where an entity stands: a list, and what is said of it there, version by version."""

    path: str
    rows: tuple[ValueRow, ...]
    url: str


class EntityPage(Record):
    title: str
    situation: LinkView
    path: str
    places: tuple[Place, ...]


class Stand(Record):
    """One party's position from a version on."""

    party: str
    place: int
    day: str
    value: str
    text: str
    url: str


class IssuePage(Record):
    title: str
    situation: LinkView
    plot: Plot | None
    stands: tuple[Stand, ...]


async def history(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(fact_page, asking, visit.part("situation"), visit.asked("path"))
    return await visit.page("web/fact.html", {"page": found}, title=found.title, here="situations")


async def entity(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(entity_page, asking, visit.part("situation"), visit.asked("path"))
    return await visit.page(
        "web/entity.html", {"page": found}, title=found.title, here="situations"
    )


async def issue(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(issue_page, asking, visit.part("situation"), visit.part("issue"))
    return await visit.page("web/issue.html", {"page": found}, title=found.title, here="situations")


def fact_page(program: Program, asking: Asking, name: str, path: str) -> FactPage:
    """Raises NotFound with what could have been asked for."""
    line, states = _states(program, asking, name)
    path = path[:500]
    values = fact_history(states, line.kind, path)
    return FactPage(
        title=visible(path, 200),
        situation=_situation(line),
        path=visible(path, 500),
        rows=tuple(_rows(asking, line, states, values)),
    )


def entity_page(program: Program, asking: Asking, name: str, path: str) -> EntityPage:
    """The entity itself, and every entry elsewhere whose key names it."""
    line, states = _states(program, asking, name)
    path = path[:500]
    place = read_place(path)
    if place is None:
        raise NotFound(f"{path!r} is no path")
    found = list(_places(asking, name, line, states, path))
    if not found:
        raise NotFound(f"{name} never had {path!r}")
    return EntityPage(
        title=_label(states, line.kind, path),
        situation=_situation(line),
        path=visible(path, 500),
        places=tuple(found),
    )


def _places(
    asking: Asking, name: str, line: Line, states: Sequence[State], path: str
) -> Iterator[Place]:
    identity = path.rpartition("[")[2].rstrip("]").split(",")[0]
    wanted = dict.fromkeys([path])
    for state in states:
        for each in entry_paths(state.document, line.kind):
            place = read_place(each)
            if (
                place is not None
                and identity
                and has_id(place, identity)
                and ".disputed" not in each
            ):
                wanted.setdefault(each)
    for each in wanted:
        try:
            values = fact_history(states, line.kind, each)
        except NotFound:
            continue
        rows = tuple(_rows(asking, line, states, values))
        yield Place(path=visible(each, 300), rows=rows, url=links.history("", name, each))


def _names(path: str, identity: str) -> bool:
    place = read_place(path)
    return place is not None and has_id(place, identity) and ".disputed" not in path


def issue_page(program: Program, asking: Asking, name: str, identity: str) -> IssuePage:
    """Raises NotFound where nobody has had a position on it."""
    line, states = _states(program, asking, name)
    found = series(states, line.kind)
    lines = [one for one in found.lines if one.place[2] == identity]
    if not lines:
        raise NotFound(f"nobody has had a position on {identity!r} in {name}")
    labels = EntityLabels(states[-1].document, line.kind, older=states[0].document)
    names = Names(labels, line.kind)
    parties = [names.party(one.place[0], one.place[1]) for one in lines]
    points = [one.points for one in lines]
    stands = [
        Stand(
            party=party,
            place=number % 6,
            day=asking.day(point.as_of),
            value=position_words(asking, point.value, point.interval),
            text=visible(point.text or "", 500),
            url=_step(line, point.as_of),
        )
        for number, (party, every) in enumerate(zip(parties, points, strict=True))
        for point in _moves(every)
    ]
    order = {asking.day(as_of): at for at, as_of in enumerate(found.as_ofs)}
    return IssuePage(
        title=names.issue(lines[0].place[0], identity),
        situation=_situation(line),
        plot=_plot(asking, found.as_ofs, parties, points),
        stands=tuple(sorted(stands, key=lambda each: -order[each.day])),
    )


def _moves(points: Sequence[Point | None]) -> Iterator[Point]:
    before: Point | None = None
    for point in points:
        if point is not None and (before is None or point.moved):
            yield point
        before = point


def _plot(
    asking: Asking,
    as_ofs: Sequence[str],
    parties: Sequence[str],
    points: Sequence[Sequence[Point | None]],
) -> Plot | None:
    """Of quantities where anybody gave one, else of places on the scale."""
    with_sizes = any(point and point.interval for every in points for point in every)
    spans = [[_span(point, with_sizes) for point in every] for every in points]
    ends = [end for every in spans for span in every if span for end in span]
    if not ends or len(as_ofs) < 2:
        return None
    low, high = min(0.0, *ends), max(ends)
    span = (high - low) or 1.0
    xs = along(as_ofs, WIDTH, EDGE)

    def up(value: float) -> float:
        return round(HEIGHT - 40 - (value - low) * (HEIGHT - 70) / span, 1)

    numbers = asking.language.values.number
    curves = []
    for number, (party, every) in enumerate(zip(parties, spans, strict=True)):
        dots = tuple(
            Dot(x=x, width=width, top=up(one[1]), bottom=up(one[0]), text=numbers(one[1]))
            for x, width, one in zip(xs, _widths(xs), every, strict=True)
            if one
        )
        if dots:
            curves.append(Curve(label=party, points=_stairs(dots), dots=dots, place=number % 6))
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        across=tuple(_ticks(asking, as_ofs, xs)),
        up=tuple(Tick(at=up(value), text=numbers(value)) for value in _round(low, high)),
        curves=tuple(curves),
    )


def _widths(xs: Sequence[float]) -> list[float]:
    """To the next version; the last one holds as well."""
    return [round(after - x, 1) for x, after in pairwise(xs)] + [float(EDGE) / 2]


def _stairs(dots: Sequence[Dot]) -> str:
    """A position holds until another one is stated."""
    points = [f"{dots[0].x},{dots[0].top}"]
    for before, now in pairwise(dots):
        points += [f"{now.x},{before.top}", f"{now.x},{now.top}"]
    return " ".join(points)


def _span(point: Point | None, sizes: bool) -> tuple[float, float] | None:
    if point is None:
        return None
    if not sizes:
        return None if point.step is None else (float(point.step), float(point.step))
    size = point.interval
    if size is None or isinstance(size.low, str) or isinstance(size.high, str):
        return None
    ends = [float(end) for end in (size.low, size.high) if end is not None]
    return (min(ends), max(ends)) if ends else None


def _ticks(asking: Asking, as_ofs: Sequence[str], xs: Sequence[float]) -> Iterator[Tick]:
    last = -1000.0
    for as_of, x in zip(as_ofs, xs, strict=True):
        if x - last >= EDGE:
            last = x
            yield Tick(at=x, text=asking.language.values.date_words(as_of[:10], year=False))


def _round(low: float, high: float) -> list[float]:
    parts = 4
    return [round(low + (high - low) * at / parts, 2) for at in range(parts + 1)]


def _states(program: Program, asking: Asking, name: str) -> tuple[Line, list[State]]:
    """The whole line; a document is read when it is asked for."""
    line = line_of(program, asking, name)
    return line, [program.comparing.stored(one) for one in line.versions]


def _situation(line: Line) -> LinkView:
    name = line.situation.name
    title = visible(line.latest.ref.title or line.situation.title or name, 200)
    return LinkView(text=title, url=links.situation("", name))


def _label(states: Sequence[State], kind: Kind, path: str) -> str:
    place = read_place(path)
    if place is not None:
        labels = EntityLabels(states[-1].document, kind, older=states[0].document)
        for change_path, text in _named(states, kind, labels):
            if change_path == path:
                return text
    return visible(path, 200)


def _named(states: Sequence[State], kind: Kind, labels: EntityLabels) -> Iterator[tuple[str, str]]:
    from_keys = entry_labels(states[-1], kind, labels)
    yield from from_keys
    yield from entry_labels(states[0], kind, labels)


def entry_labels(state: State, kind: Kind, labels: EntityLabels) -> Iterator[tuple[str, str]]:
    """Paths of entries with their labels."""
    for each in entry_paths(state.document, kind):
        collection, key, _ = parse_path(each, kind)
        yield each, visible(labels.of(collection, key), 200)


def _rows(
    asking: Asking,
    line: Line,
    states: Sequence[State],
    values: Sequence[FactValue],
) -> Iterator[ValueRow]:
    """The newest first."""
    sources = _sources(states, line.kind, values)
    spoken = asking.language
    for value in reversed(values):
        first, last = asking.day(value.version.as_of), asking.day(value.until)
        told = value.provenance
        yield ValueRow(
            days=first if first == last else f"{first} – {last}",
            value=visible(_words(asking, value), 600),
            said=visible(" · ".join(filter(None, (told.status, told.said_by))), 200),
            sources=tuple(_source(asking, sources, one) for one in told.sources),
            others=tuple(
                visible(
                    spoken.series.otherwise(
                        each.field,
                        spoken.values.words(each.value),
                        _source(asking, sources, each.source_id or "", each.source).text,
                    ),
                    400,
                )
                for each in value.disputed
            ),
            url=_step(line, value.version.as_of),
        )


def _sources(
    states: Sequence[State], kind: Kind, values: Sequence[FactValue]
) -> Mapping[str, Publication]:
    """Of the versions in which a value came: what cites a source has it beside."""
    wanted = {value.version for value in values}
    found: dict[str, Publication] = {}
    for state in states:
        if state.ref in wanted or state is states[-1]:
            found.update(read_sources(state.document, kind))
    return found


def _source(
    asking: Asking, sources: Mapping[str, Publication], identity: str, named: str | None = None
) -> LinkView:
    known = sources.get(identity)
    if known is None:
        return LinkView(
            text=visible(named or identity or asking.language.frame.another_source(), 120)
        )
    name = known.publisher or identity
    day = f", {asking.day(known.published)}" if known.published else ""
    url = known.url if known.url and known.url.startswith(("https://", "http://")) else None
    return LinkView(text=visible(f"{name}{day}", 160), url=url)


def _words(asking: Asking, value: FactValue) -> str:
    words, said = asking.language.values.words, asking.language.series
    if not value.present:
        return words(None) if value.listed else said.NOT_LISTED
    parts: Json = value.value
    if isinstance(parts, dict) and parts.keys() != {"low", "high", "unit"}:
        return "; ".join(f"{key}: {words(part)}" for key, part in parts.items()) or said.LISTED
    return words(parts)


def _step(line: Line, as_of: str) -> str:
    """The comparison of the version of that day with the one before it."""
    for before, now in pairwise(line.versions):
        if now.ref.as_of == as_of:
            return links.comparison("", before.ref, now.ref)
    return ""


PAGES = (
    page("/situations/{situation}/history", Guard.READER, get=history),
    page("/situations/{situation}/entity", Guard.READER, get=entity),
    page("/situations/{situation}/issues/{issue}", Guard.READER, get=issue),
)
