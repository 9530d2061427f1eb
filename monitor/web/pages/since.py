"""Everything since this person's last look, over all situations of hers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.errors import CannotCompare
from monitor.model.comparison import Comparison, Significance
from monitor.model.record import Record
from monitor.model.subscription import Filter, Mute, Subscription
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.filters import select
from monitor.report.report import make_report
from monitor.report.view import FindingView
from monitor.store.records import Person, Version
from monitor.web.guards import Guard
from monitor.web.marks import marks_of
from monitor.web.reading import Asking, compared, failed
from monitor.web.routes import page
from monitor.web.visit import Visit

MOST: Final = 100
"""Findings of a situation on this page; its comparison has all."""

CHOICES: Final = ("serious", "all", "mine")
"""Critical and major; everything; what her subscriptions are filtered by."""


class Item(Record):
    """One finding with the keys of its marks, which its button sends."""

    finding: FindingView
    marks: str
    seen: bool
    entity: str


class Part(Record):
    """One situation. `quiet` says that nothing is new there; `trouble`, that it cannot be told."""

    name: str
    title: str
    url: str
    counts: str
    compare: str
    latest: str
    items: tuple[Item, ...]
    quiet: str = ""
    trouble: str = ""
    more: str = ""


class Choice(Record):
    name: str
    title: str
    count: int
    here: bool
    url: str


class Since(Record):
    heading: str
    block: tuple[str, ...]
    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]
    empty: str


class Found(Record):
    """One situation with all that is new in it for her, before one of the choices is made."""

    name: str
    title: str
    old: Version
    new: Version
    versions: int
    comparison: Comparison
    marks: frozenset[str]
    own: dict[str, frozenset[str]]
    """Marks of each finding, by its id."""
    filter: Filter
    mutes: tuple[Mute, ...]


async def show(visit: Visit) -> Response:
    choice = visit.asked("show", CHOICES[0])
    asking = Asking(person=visit.who, now=visit.face.clock())
    since = await visit.read(since_looked, asking, choice, visit.asked("seen") == "1")
    return await visit.page("web/since.html", {"since": since}, title=since.heading, here="since")


async def mark(visit: Visit) -> Response:
    """One finding, seen or not; htmx swaps its card, and without it the page comes again."""
    name, marks = await visit.field("situation"), (await visit.field("marks")).split(",")
    undo, now = await visit.field("undo") == "1", visit.face.clock()
    await visit.write(_mark, visit.who.id, name, marks, undo=undo, now=now)
    return RedirectResponse("/", status_code=303)


async def mark_all(visit: Visit) -> Response:
    """All of a situation up to the version that she was shown, and no further."""
    name, version = await visit.field("situation"), await visit.field("version")
    await visit.write(_move, visit.who.id, name, version, visit.face.clock())
    return RedirectResponse("/", status_code=303)


def _mark(
    program: Program,
    person: int,
    situation: str,
    marks: Sequence[str],
    *,
    undo: bool,
    now: datetime,
) -> None:
    program.store.situations.get(situation)
    given = [one for one in marks if one.isalnum() and len(one) <= 64][:MOST]
    if undo:
        program.store.looks.unmark(person, situation, given)
    else:
        program.store.looks.mark(person, situation, given, now=now)


def _move(program: Program, person: int, situation: str, version: str, now: datetime) -> None:
    found = program.store.versions.resolve(situation, version)
    program.store.looks.move(person, situation, found.id, now=now)


def since_looked(program: Program, asking: Asking, choice: str, with_seen: bool) -> Since:
    """Net of all versions since her last look, as a digest would tell it."""
    choice = choice if choice in CHOICES else CHOICES[0]
    subscriptions = _subscriptions(program, asking.person)
    names = _followed(program, subscriptions)
    looked = program.store.looks.of(asking.person.id)
    marks = program.store.looks.marks(asking.person.id)
    parts: list[Part] = []
    found: list[Found] = []
    blocks: list[str] = []
    for name in names:
        latest = program.store.versions.latest(name)
        if latest is None:
            continue
        look = looked.get(name)
        old = program.store.versions.get(look.version) if look else _start(program, name, latest)
        title = visible(latest.ref.title or name)
        fresh = program.store.lines.after(name, old.ref.as_of)
        try:
            comparison = compared(program, asking, old, latest)
        except CannotCompare as error:
            parts.append(
                _part(
                    asking,
                    name=name,
                    title=title,
                    old=old,
                    new=latest,
                    versions=fresh,
                    trouble=str(error),
                )
            )
            continue
        mine = [one for one in subscriptions if name in one.spec.situations]
        one = Found(
            name=name,
            title=title,
            old=old,
            new=latest,
            versions=fresh,
            comparison=comparison,
            marks=marks.get(name, frozenset()),
            own=marks_of(comparison),
            filter=mine[0].spec.filter if mine else Filter(minimum=Significance.MINOR),
            mutes=mine[0].mutes if mine else (),
        )
        found.append(one)
        part, block = _told(asking, one, choice, with_seen)
        parts.append(part)
        blocks += block
    last = max((one.at for one in looked.values()), default=None)
    words = asking.language.pages
    return Since(
        heading=words.since_moment(asking.moment(last)) if last else words.from_start(),
        block=tuple(blocks[:3]),
        choices=_choices(asking, found, choice),
        parts=tuple(sorted(parts, key=lambda part: not part.items)),
        empty="" if parts else words.follows_nothing(),
    )


def _subscriptions(program: Program, person: Person) -> tuple[Subscription, ...]:
    if person.address is None:
        return ()
    every = program.store.subscriptions.all(address=person.address)
    return tuple(one for one in every if one.state == "active")


def _followed(program: Program, subscriptions: Iterable[Subscription]) -> list[str]:
    mine = list(dict.fromkeys(name for one in subscriptions for name in one.spec.situations))
    return mine or [one.name for one in program.store.situations.all()]


def _start(program: Program, name: str, latest: Version) -> Version:
    """Who looks for the first time sees what the last step changed."""
    baseline = program.store.versions.baseline(name)
    if baseline is not None and baseline.id != latest.id:
        return baseline
    return program.store.versions.previous(latest.id) or latest


def _told(asking: Asking, one: Found, choice: str, with_seen: bool) -> tuple[Part, tuple[str, ...]]:
    shown = select(
        one.comparison, _filter(one, choice), _mutes(one, choice), asking.today.isoformat()
    )
    fresh = [each for each in shown.shown if with_seen or not one.own[each.id] <= one.marks]
    report = make_report(
        one.comparison,
        fresh,
        shown.remarks,
        names=("", ""),
        language=asking.language,
        failed=failed,
        brief=True,
        most=0,
    )
    views = [view for section in report.sections for view in section.findings]
    items = tuple(
        Item(
            finding=view,
            marks=",".join(sorted(one.own[view.id])),
            seen=one.own[view.id] <= one.marks,
            entity=links.entity("", one.name, view.path) if "[" in view.path else "",
        )
        for view in views[:MOST]
    )
    more = asking.language.counts.more(len(views) - MOST) if len(views) > MOST else ""
    part = _part(
        asking,
        name=one.name,
        title=one.title,
        old=one.old,
        new=one.new,
        versions=one.versions,
        items=items,
        more=more,
        unshown=len(one.comparison.findings) - len(views),
    )
    return part, report.block if items else ()


def _part(
    asking: Asking,
    *,
    name: str,
    title: str,
    old: Version,
    new: Version,
    versions: int,
    items: tuple[Item, ...] = (),
    trouble: str = "",
    more: str = "",
    unshown: int = 0,
) -> Part:
    words, day = asking.language.pages, asking.day(old.ref.as_of)
    nothing = words.unshown(unshown, day) if unshown else words.quiet(day)
    return Part(
        name=name,
        title=title,
        url=links.situation("", name),
        counts=words.counts(versions, len(items), unshown),
        compare=links.comparison("", old.ref, new.ref) if old.id != new.id else "",
        latest=links.version(new.ref),
        items=items,
        quiet="" if items or trouble else nothing,
        trouble=visible(trouble),
        more=more,
    )


def _filter(one: Found, choice: str) -> Filter:
    if choice == "mine":
        return one.filter
    return Filter(minimum=Significance.MAJOR if choice == "serious" else Significance.MINOR)


def _mutes(one: Found, choice: str) -> tuple[Mute, ...]:
    return one.mutes if choice == "mine" else ()


def _choices(asking: Asking, found: Iterable[Found], here: str) -> tuple[Choice, ...]:
    words, found = asking.language.pages.LABELS, list(found)
    titles = {"serious": words.serious, "all": words.everything, "mine": words.my_filter}
    return tuple(
        Choice(
            name=name,
            title=titles[name],
            count=sum(_count(asking, one, name) for one in found),
            here=name == here,
            url=f"/?show={name}",
        )
        for name in CHOICES
    )


def _count(asking: Asking, one: Found, choice: str) -> int:
    """Not seen yet."""
    day = asking.today.isoformat()
    shown = select(one.comparison, _filter(one, choice), _mutes(one, choice), day).shown
    return sum(not one.own[each.id] <= one.marks for each in shown)


PAGES = (
    page("/", Guard.READER, get=show),
    page("/seen", Guard.READER, post=mark),
    page("/seen/all", Guard.READER, post=mark_all),
)
