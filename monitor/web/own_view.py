"""What a reader's own page shows: each of her subscriptions with its form, mutes and pause."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from monitor.compare.labels import EntityLabels
from monitor.errors import MonitorError
from monitor.kinds.fields import title_of
from monitor.model.comparison import Significance
from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.pipeline.readers.confirming import offered
from monitor.pipeline.readers.names import Names
from monitor.pipeline.readers.naming import known_to
from monitor.pipeline.readers.own import Own, last_day, may_return
from monitor.report import links
from monitor.web.own_form import LEVELS, Form, form_of
from monitor.words import Language, language
from monitor.words.dates import day
from monitor.words.readers import Readers

MOST: Final = 40
"""Choices of one sort; where there are more, only those that are chosen are shown."""


class Choice(Record):
    name: str
    title: str


class MuteRow(Record):
    number: int
    what: str
    until: str
    reason: str


class Shown(Record):
    """What was sent for one subscription and is wrong: shown again with what is wrong."""

    name: str
    faults: Mapping[str, str]
    form: Form | None = None
    muting: tuple[str, str, str] = ("", "", "")
    resting: str = ""


class Part(Record):
    """One subscription. `closed`: nobody but whoever runs monitor takes it up again."""

    name: str
    title: str
    state: str
    told: tuple[str, ...]
    form: Form
    faults: Mapping[str, str]
    situations: tuple[Choice, ...]
    collections: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    issues: tuple[Choice, ...]
    mutes: tuple[MuteRow, ...]
    muting: tuple[str, str, str]
    resting: str
    rests: str
    first: str
    last: str
    closed: bool
    is_left: bool
    narrowed: bool


class OwnView(Record):
    address: str
    url: str
    parts: tuple[Part, ...]
    levels: tuple[Choice, ...]
    some: bool
    """Whether there is any to leave."""


def own_view(
    program: Program, mine: Own, token: str, now: datetime, shown: Shown | None
) -> OwnView:
    spoken = language(mine.language)
    parts = [
        _part(program, one, spoken, now, shown if shown and shown.name == one.spec.name else None)
        for one in mine.subscriptions
    ]
    return OwnView(
        address=visible(mine.address),
        url=links.own_page(token),
        parts=tuple(sorted(parts, key=lambda part: part.is_left)),
        levels=tuple(
            Choice(name=word, title=spoken.counts.level(Significance.parse(word)))
            for word in LEVELS
        ),
        some=sum(not part.is_left for part in parts) > 1,
    )


def _part(
    program: Program, one: Subscription, spoken: Language, now: datetime, shown: Shown | None
) -> Part:
    spec, words = one.spec, spoken.pages.readers
    form = shown.form if shown and shown.form else form_of(one)
    open_ = {each.name: each.title for each in offered(program)}
    titles = {name: open_.get(name) or _title(program, name) for name in spec.situations}
    choices = _choices(program, one)
    last = last_day(program, one, now)
    left = one.state in ("unsubscribed", "ended")
    resting = one.rests_until if one.rests_until and one.rests_until > now and not left else None
    want = words.want_a_day(day(last.isoformat(), spoken.code))
    return Part(
        name=spec.name,
        title=visible(", ".join(titles.values()), 300),
        state=_state(one, spoken),
        told=_told(program, one, spoken, titles),
        form=form,
        faults=_said(shown, want, words),
        situations=_named({**titles, **open_}),
        collections=_with(choices[0], form.collections),
        parties=_with(choices[1], form.parties),
        issues=_with(choices[2], form.issues),
        mutes=tuple(
            MuteRow(
                number=each.id,
                what=visible(each.what, 200),
                until=day(each.until, spoken.code) if each.until else "",
                reason=visible(each.reason, 200),
            )
            for each in one.mutes
        ),
        muting=shown.muting if shown else ("", "", ""),
        resting=shown.resting if shown else "",
        rests=words.rests(_day(resting, spec.zone, spoken)) if resting else "",
        first=((now + timedelta(days=1)).astimezone(ZoneInfo(spec.zone)).date()).isoformat(),
        last=last.isoformat(),
        closed=one.state == "suppressed" or (left and not may_return(one)),
        is_left=left,
        narrowed=bool(form.collections or form.parties or form.issues or form.entities),
    )


def _said(shown: Shown | None, want: str, words: Readers) -> Mapping[str, str]:
    """What is wrong, in words, by field."""
    found = {}
    for field, name in shown.faults.items() if shown else ():
        label = getattr(words.LABELS, name, None)
        found[field] = label or (
            want if name == "want_a_day" else visible(words.nothing_such(name), 300)
        )
    return found


def _state(one: Subscription, spoken: Language) -> str:
    """In words, where there is something to say."""
    if one.state == "active":
        return ""
    if one.state in ("unsubscribed", "ended") and one.state_at:
        zone = ZoneInfo(one.spec.zone)
        return spoken.pages.readers.ended(
            _day(one.state_at.astimezone(zone), one.spec.zone, spoken)
        )
    if one.state == "suppressed":
        return spoken.pages.readers.LABELS.no_mail
    return spoken.pages.deciding.STATES[one.state]


def _day(at: datetime, zone: str, spoken: Language) -> str:
    return format_datetime(at.astimezone(ZoneInfo(zone)), spoken.labels.day, locale=spoken.code)


def _title(program: Program, name: str) -> str:
    try:
        return program.store.situations.get(name).title or name
    except MonitorError:
        return name


def _told(
    program: Program, one: Subscription, spoken: Language, titles: Mapping[str, str]
) -> tuple[str, ...]:
    words = spoken.pages.readers
    return tuple(
        f"{visible(titles.get(pointer.situation, pointer.situation), 200)}: "
        f"{words.told(spoken.values.date_words(program.store.versions.get(pointer.told).ref.as_of))}"
        for pointer in one.pointers
    )


def _choices(
    program: Program, one: Subscription
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Lists, parties and issues of what is followed: titles by name."""
    stored = known_to(program, folders=False).stored
    found = [stored[name] for name in one.spec.situations if name in stored]
    lists: dict[str, str] = {}
    for names in found:
        kind = names.kinds[0]
        for path in kind.collections[""].children:
            collection = kind.collections[path]
            if not collection.ignored:
                title = collection.title or title_of(path)
                lists[path] = title[:1].upper() + title[1:]
    parties: dict[str, str] = {}
    issues: dict[str, str] = {}
    for names in found:
        parties |= _referred(program, names, "party")
        issues |= _referred(program, names, "issue")
    return lists, parties, issues


def _referred(program: Program, names: Names, part: str) -> dict[str, str]:
    """Parties or issues of a situation as it calls them, by id."""
    latest = program.store.versions.latest(names.situation)
    ids = names.parties if part == "party" else names.issues
    if latest is None or not ids:
        return {}
    kind = names.kinds[0]
    labels = EntityLabels(program.store.versions.state(latest.id).document, kind)
    where = {
        field.ref
        for collection in kind.collections.values()
        if collection.position is not None
        and (field := collection.fields.get(getattr(collection.position, part) or "")) is not None
    }
    lists = [path for path in where if path]
    titles = {one: labels.ref(lists[0], one) if lists else one for one in ids}
    return dict(sorted(titles.items(), key=lambda item: item[1].casefold()))


def _with(there: Mapping[str, str], chosen: Collection[str]) -> tuple[Choice, ...]:
    """What may be chosen, and whatever is: nothing that was chosen is lost."""
    shown = there if len(there) <= MOST else {}
    extra = {name: name for name in chosen if name not in shown}
    return _named({**shown, **extra})


def _named(titles: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(name=name, title=visible(title, 200)) for name, title in titles.items())
