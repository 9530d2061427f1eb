"""Every value that one fact has had; one entity over all the versions; one issue over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias
from urllib.parse import urlencode

from starlette.responses import Response

from monitor.compare.cited import read_sources
from monitor.compare.history import FactValue
from monitor.compare.labels import EntityLabels
from monitor.compare.paths import parse_path
from monitor.compare.positions import Point, series
from monitor.errors import NotFound
from monitor.kinds.fields import title_of
from monitor.kinds.kind import Kind
from monitor.model.comparison import Json, Publication, State
from monitor.model.paths import read_place
from monitor.model.quotation import Quotation
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.drafting.evidence import Words, quotations
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.quotes import found_at
from monitor.report.view import LinkView
from monitor.web.drawing import Curve, Dot, Plot, Tick, along
from monitor.web.guards import Guard
from monitor.web.line import Line, line_of
from monitor.web.matrix import Names, position_words
from monitor.web.past import Past, Values, past_of, values_of, window
from monitor.web.reading import Asking, capital
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
    quotes: tuple[LinkView, ...]
    url: str


class Further(Record):
    """Where a page ends before the past does: an older page, or this one again, which then has read
    further back."""

    said: str
    url: str
    reads_on: bool


class FactPage(Record):
    title: str
    situation: LinkView
    path: str
    rows: tuple[ValueRow, ...]
    further: Further | None


class Place(Record):
    """Where an entity stands: a list, and what is said of it there, version by version."""

    title: str
    path: str
    rows: tuple[ValueRow, ...]
    url: str
    cut: bool


class EntityPage(Record):
    title: str
    situation: LinkView
    path: str
    places: tuple[Place, ...]
    further: Further | None


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
    further: Further | None


async def history(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(
        fact_page, asking, visit.part("situation"), visit.asked("path"), visit.asked("before")
    )
    return await visit.page("web/fact.html", {"page": found}, title=found.title, here="situations")


async def entity(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(entity_page, asking, visit.part("situation"), visit.asked("path"))
    return await visit.page(
        "web/entity.html", {"page": found}, title=found.title, here="situations"
    )


async def issue(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(
        issue_page, asking, visit.part("situation"), visit.part("issue"), visit.asked("before")
    )
    return await visit.page("web/issue.html", {"page": found}, title=found.title, here="situations")


def fact_page(program: Program, asking: Asking, name: str, path: str, before: str = "") -> FactPage:
    """Raises NotFound with what could have been asked for."""
    line = line_of(program, asking, name)
    path = path[:500]
    past = past_of(program, line, before)
    values = values_of(program, past, path)
    here = links.history("", name, path)
    return FactPage(
        title=_title(values.states, line.kind, path),
        situation=_situation(line),
        path=visible(path, 500),
        rows=tuple(
            _rows(asking, line, values, quoted_of(program, name, path, values.states, line.kind))
        ),
        further=_further(asking, past, values.cut, here),
    )


def entity_page(program: Program, asking: Asking, name: str, path: str) -> EntityPage:
    """The entity itself, and every entry elsewhere whose key names it."""
    line = line_of(program, asking, name)
    path = path[:500]
    if read_place(path) is None:
        raise NotFound(f"{path!r} is no path")
    past = past_of(program, line)
    read = [
        (each, values) for each in _paths(past, path) if (values := _values(program, past, each))
    ]
    if not read and past.read_to is None:
        raise NotFound(f"{name} never had {path!r}")
    states = tuple(state for _, values in read for state in values.states)
    return EntityPage(
        title=_title(states, line.kind, path) if states else visible(path, 200),
        situation=_situation(line),
        path=visible(path, 500),
        places=tuple(
            Place(
                title=_stands_as(values.states, line.kind, each),
                path=visible(each, 300),
                rows=tuple(
                    _rows(
                        asking,
                        line,
                        values,
                        quoted_of(program, name, each, values.states, line.kind),
                    )
                ),
                url=links.history("", name, each),
                cut=bool(values.cut),
            )
            for each, values in read
        ),
        further=_further(asking, past, "", links.entity("", name, path)),
    )


def _paths(past: Past, path: str) -> Iterator[str]:
    """The entity's own, and those of what its key names elsewhere."""
    identity = path.rpartition("[")[2].rstrip("]").split(",")[0]
    yield path
    for each in past.back.paths(identity) if identity else ():
        if each != path and ".disputed" not in each:
            yield each


def _values(program: Program, past: Past, path: str) -> Values | None:
    try:
        values = values_of(program, past, path)
    except NotFound:
        return None
    return values if values.found else None


def _further(asking: Asking, past: Past, cut: str, here: str) -> Further | None:
    """What to do about versions that this page does not tell of."""
    unread = past.read_to
    if unread is not None and cut in ("", unread.ref.as_of):
        said = asking.language.pages.read_back(asking.day(past.back.versions[0].ref.as_of))
        return Further(said=said, url=here, reads_on=True)
    if not cut:
        return None
    label = asking.language.pages.LABELS.older_values
    return Further(said=label, url=f"{here}&{urlencode({'before': cut})}", reads_on=False)


def issue_page(
    program: Program, asking: Asking, name: str, identity: str, before: str = ""
) -> IssuePage:
    """Raises NotFound where nobody has had a position on it."""
    line = line_of(program, asking, name)
    past = past_of(program, line, before)
    listed = frozenset(one.path for one in line.kind.collections.values() if one.position)
    shown = window(program, past, past.back.touching_lists(listed))
    states = (*shown.states, program.comparing.stored(past.versions[-1]))
    found = series(states, line.kind)
    lines = [one for one in found.lines if one.place[2] == identity]
    if not lines and past.read_to is None:
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
        title=capital(names.issue(lines[0].place[0], identity) if lines else identity),
        situation=_situation(line),
        plot=_plot(asking, found.as_ofs, parties, points),
        stands=tuple(sorted(stands, key=lambda each: -order[each.day])),
        further=_further(asking, past, shown.cut, f"{links.issue('', name, identity)}?"),
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


def _situation(line: Line) -> LinkView:
    name = line.situation.name
    title = visible(line.latest.ref.title or line.situation.title or name, 200)
    return LinkView(text=title, url=links.situation("", name))


def _title(states: Sequence[State], kind: Kind, path: str) -> str:
    """What a path names, in words: `State of the third trilateral round`."""
    try:
        collection, key, field = parse_path(path, kind)
    except NotFound:
        return visible(path, 200)
    labels = EntityLabels(states[-1].document, kind, older=states[0].document)
    own = visible(labels.of(collection, key), 200) if key else ""
    known = kind.collections[collection].fields.get(field or "")
    if known is None:
        return capital(own if own and field is None else visible(path, 200))
    said = capital(visible(known.title, 120))
    return (
        f"{own[:1].upper()}{own[1:]}: {said.lower() if said.istitle() else said}" if own else said
    )


def _stands_as(states: Sequence[State], kind: Kind, path: str) -> str:
    """The list that an entry stands in, and whose it is: `Russia's delegation: members`."""
    try:
        name, key, _ = parse_path(path, kind)
    except NotFound:
        return visible(path, 200)
    collection = kind.collections[name]
    title = visible(collection.title or title_of(name), 120)
    if len(key) < 2:
        return capital(title)
    labels = EntityLabels(states[-1].document, kind, older=states[0].document)
    above = visible(labels.of(collection.parent, key[:-1]), 200)
    return f"{capital(above)}: {title[:1].lower()}{title[1:]}"


def _rows(
    asking: Asking,
    line: Line,
    values: Values,
    quoted: Quoted,
) -> Iterator[ValueRow]:
    """The newest first."""
    sources = _sources(values.states, line.kind, values.found)
    spoken = asking.language
    for value in reversed(values.found):
        first, last = asking.day(value.version.as_of), asking.day(value.until)
        if value.version.as_of == values.cut:
            first = spoken.pages.or_earlier(first)
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
            quotes=tuple(
                LinkView(
                    text=spoken.series.quoted(visible(one.quote, 400), one.source),
                    url=found_at(_source(asking, sources, one.source).url, one.quote),
                )
                for one in quoted(value)
            ),
            url=_step(line, value.version.as_of),
        )


Quoted: TypeAlias = Callable[[FactValue], tuple[Quotation, ...]]
"""The words that a value of one fact rests on."""


def quoted_of(
    program: Program, situation: str, path: str, states: Sequence[State], kind: Kind
) -> Quoted:
    words = Words(quotations(program.store, situation), states, kind)
    return lambda value: words.under(path, value)


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
