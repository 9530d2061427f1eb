"""One situation: where it stands, what changed since the baseline, and what is ahead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from starlette.responses import Response

from monitor.errors import CannotCompare
from monitor.model.as_of import DATE
from monitor.model.comparison import Comparison, Significance
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.around import running, steady, upcoming, waiting
from monitor.report.finding import count_views, in_words
from monitor.report.report import make_report
from monitor.report.view import FindingView, LinkView
from monitor.store.records import Version
from monitor.web.drawing import along
from monitor.web.guards import Guard
from monitor.web.line import Line, checked_day, choices, line_of, states
from monitor.web.listed import ListView, lists
from monitor.web.matrix import Matrix, matrix
from monitor.web.reading import Asking, compared, failed
from monitor.web.routes import page
from monitor.web.visit import Visit

FINDINGS: Final = 12
"""Of those since the baseline; the comparison has all."""

BARS: Final = 12
"""Versions whose step is counted for the time line; what was counted once is kept."""

FEW_BARS: Final = 3
"""On some other day, which is seldom asked for twice."""

WIDTH: Final = 1040
STEADY: Final = 2
"""Names of what has not changed."""

EDGE: Final = 50
TALLEST: Final = 64


class Block(Record):
    """A part of a bar: so many findings of one significance."""

    word: str
    y: float
    height: float


class Stop(Record):
    """A version on the time line."""

    x: float
    day: str
    said: str
    url: str
    blocks: tuple[Block, ...]
    is_baseline: bool
    is_shown: bool
    labelled: bool


class Page(Record):
    title: str
    name: str
    version: str
    number: str
    learned: str
    baseline: str
    how: str
    compare: str
    stops: tuple[Stop, ...]
    versions: tuple[LinkView, ...]
    chosen_old: str
    chosen_new: str
    old_day: str
    new_day: str
    matrix: Matrix | None
    findings: tuple[FindingView, ...]
    counts: str
    trouble: str
    lists: tuple[ListView, ...]
    folded: bool
    running: tuple[str, ...]
    waiting: tuple[str, ...]
    upcoming: tuple[str, ...]
    steady: str
    document: str
    as_of: str
    known: str
    is_latest: bool


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    as_of, known = checked_day(visit.asked("as_of")), checked_day(visit.asked("known"))
    found = await visit.read(situation_page, asking, visit.part("situation"), as_of, known)
    return await visit.page(
        "web/situation.html", {"page": found}, title=found.title, here="situations"
    )


async def document(visit: Visit) -> Response:
    """The document as of any day, as known on any day."""
    asking = Asking(person=visit.who, now=visit.face.clock())
    as_of, known = checked_day(visit.asked("as_of")), checked_day(visit.asked("known"))
    text = await visit.read(_document, asking, visit.part("situation"), as_of, known)
    return Response(text, media_type="application/json")


def _document(program: Program, asking: Asking, name: str, as_of: str, known: str) -> str:
    line = line_of(program, asking, name, as_of=as_of, known=known)
    state = program.comparing.state(line.latest)
    return json.dumps(state.document, ensure_ascii=False, indent=2)


def situation_page(program: Program, asking: Asking, name: str, as_of: str, known: str) -> Page:
    line = line_of(program, asking, name, as_of=as_of, known=known)
    latest, baseline = line.latest, line.baseline
    against, trouble = _against(program, asking, line)
    here = compared(program, asking, latest, latest)
    read = states(program, line)
    base_state = program.comparing.state(baseline) if baseline is not None else None
    views, counts = _findings(asking, against)
    words = asking.language
    listed = lists(
        name,
        read[-1].document,
        line.kind,
        against,
        base_state.document if base_state is not None else None,
    )
    return Page(
        title=visible(latest.ref.title or line.situation.title or name, 200),
        name=name,
        version=asking.day(latest.ref.as_of),
        number=words.pages.version_number(len(line.versions)),
        learned=asking.moment(latest.learned_at),
        baseline=asking.day(baseline.ref.as_of) if baseline else "",
        how=line.situation.baseline_how,
        compare=links.comparison("", baseline.ref, latest.ref) if baseline else "",
        stops=_stops(program, asking, line, BARS if not as_of and not known else FEW_BARS),
        versions=choices(asking, line.versions),
        chosen_old=links.version((baseline or latest).ref),
        chosen_new=links.version(latest.ref),
        old_day=(baseline or latest).ref.as_of[:DATE],
        new_day=latest.ref.as_of[:DATE],
        matrix=matrix(asking, name, read, line.kind, baseline=base_state),
        findings=views,
        counts=counts,
        trouble=trouble,
        lists=listed,
        folded=not all(one.leads for one in listed),
        running=running(here, words),
        waiting=waiting(here, words),
        upcoming=upcoming(here, words),
        steady=steady(against, words, STEADY) if against is not None else "",
        document=f"{links.situation('', name)}/document{_moments(as_of, known)}",
        as_of=as_of,
        known=known,
        is_latest=not as_of and not known,
    )


def _moments(as_of: str, known: str) -> str:
    return links.situation("", "", as_of=as_of, known=known).removeprefix("/situations/")


def _against(program: Program, asking: Asking, line: Line) -> tuple[Comparison | None, str]:
    """A situation that cannot be compared is shown all the same."""
    if line.baseline is None or line.baseline.id == line.latest.id:
        return None, ""
    try:
        return compared(program, asking, line.baseline, line.latest), ""
    except CannotCompare as error:
        return None, visible(str(error))


def _findings(asking: Asking, against: Comparison | None) -> tuple[tuple[FindingView, ...], str]:
    if against is None:
        return (), ""
    minor = [each for each in against.findings if each.significance >= Significance.MINOR]
    strong = [each for each in minor if each.significance >= Significance.MAJOR]
    report = make_report(
        against,
        strong or minor,
        (),
        names=("", ""),
        language=asking.language,
        failed=failed,
        brief=True,
    )
    views = [view for section in report.sections for view in section.findings]
    return tuple(views[:FINDINGS]), in_words(count_views(minor, asking.language))


def _stops(program: Program, asking: Asking, line: Line, bars: int) -> tuple[Stop, ...]:
    shown = line.recent
    if len(shown) < 2:
        return ()
    xs = along([one.ref.as_of for one in shown], WIDTH, EDGE)
    counts = [_count(program, shown, at, bars) for at in range(len(shown))]
    most = max((sum(each.values()) for each in counts), default=0) or 1
    found: list[Stop] = []
    last = -1000.0
    for one, x, count in zip(shown, xs, counts, strict=True):
        place = len(found)
        labelled = x - last >= 2 * EDGE or place == len(shown) - 1
        last = x if labelled else last
        before = shown[place - 1] if place else None
        found.append(
            Stop(
                x=x,
                day=asking.language.values.without_year(
                    asking.day(one.ref.as_of), line.latest.ref.as_of[:4]
                ),
                said=asking.language.pages.counts(1, sum(count.values())),
                url=links.comparison("", before.ref, one.ref) if before else "",
                blocks=tuple(_blocks(count, most)),
                is_baseline=line.baseline is not None and one.id == line.baseline.id,
                is_shown=one.id == line.latest.id,
                labelled=labelled,
            )
        )
    return tuple(found)


def _count(program: Program, shown: tuple[Version, ...], at: int, bars: int) -> dict[str, int]:
    if at == 0 or at < len(shown) - bars:
        return {}
    try:
        found = program.comparing.between(shown[at - 1], shown[at])
    except CannotCompare:
        return {}
    counts: dict[str, int] = {}
    for finding in found.findings:
        if finding.significance >= Significance.MINOR:
            word = finding.significance.word
            counts[word] = counts.get(word, 0) + 1
    return counts


def _blocks(count: dict[str, int], most: int) -> Iterator[Block]:
    y = 80.0
    for word in ("minor", "major", "critical"):
        if number := count.get(word, 0):
            height = round(number * TALLEST / most, 1)
            y = round(y - height, 1)
            yield Block(word=word, y=y, height=height)


PAGES = (
    page("/situations/{situation}", Guard.READER, get=show),
    page("/situations/{situation}/document", Guard.READER, get=document),
)
