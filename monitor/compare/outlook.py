"""What lies ahead (`x-period`), and what was planned for a day that has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from monitor.compare.lookup import EntityLookup
from monitor.compare.rules.period import dates
from monitor.compare.scene import Ref, Scene
from monitor.compare.voices import grade_of
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get
from monitor.model.comparison import Document, Json, State, Upcoming, Waiting
from monitor.model.edtf import bounds


def upcoming(scene: Scene, document: Document, today: str) -> tuple[Upcoming, ...]:
    """Planned things that have not ended by `today` (YYYY-MM-DD), the soonest first."""
    found = []
    for ref, collection, entity in planned(scene.kind, document):
        assert collection.period is not None
        start, end = dates(entity, collection.period)
        if start is None or is_over(start, end, today):
            continue
        state = state_of(scene, collection, entity)
        found.append(
            Upcoming(
                label=scene.label(ref),
                starts=start,
                ends=end,
                state=state,
                path=scene.path(ref),
            )
        )
    return tuple(sorted(found, key=lambda thing: (_begins(thing.starts), thing.path)))


def waiting(scene: Scene, new: State, old: State, past: Sequence[State]) -> tuple[Waiting, ...]:
    """Planned things that are still off for now, in the document's order.

    `past` are the versions before the older one; since when a thing waits is what it says itself,
    else the as_of of the first version in which it did, without a break.
    """
    found = []
    for path, collection in scene.kind.collections.items():
        period = collection.period
        name = period.state if period is not None and period.waiting else None
        entries = get(new.document, path) if name is not None else None
        for entry in entries if isinstance(entries, list) else ():
            level = key_level(entry, collection)
            state = get(entry, name or "")
            assert period is not None
            if level is None or state not in period.waiting:
                continue
            ref = (path, (level,))
            if get(scene.old.get(*ref), name or "") == state:
                since = get(entry, period.since) if period.since else None
                found.append(
                    Waiting(
                        label=scene.label(ref),
                        state=state_of(scene, collection, entry) or "",
                        since=since
                        if isinstance(since, str)
                        else _since(scene, ref, state, old, past),
                        path=scene.path(ref),
                    )
                )
    return tuple(found)


def _since(scene: Scene, ref: Ref, state: Json, old: State, past: Sequence[State]) -> str | None:
    """None where it may have been so before anything is known."""
    period = scene.collection(ref[0]).period
    assert period is not None
    first: str | None = None
    for version in chain([old], reversed(past)) if past else ():
        entity = EntityLookup(version.document, scene.kind).get(*ref)
        if get(entity, period.state or "") != state:
            return first
        first = version.ref.as_of
    return None


def plans(kind: Kind) -> bool:
    """Whether anything of this kind can be planned; else the calendar never speaks of it."""
    return any(collection.period is not None for collection in kind.collections.values())


def lapse_days(document: Document, kind: Kind) -> tuple[str, ...] | None:
    """Days after which a comparison of a version with itself may have something to say, ascending:
    those of all that is planned, of which some may be silent. None where the document alone does
    not tell."""
    if kind.inferred and plans(kind):
        # It may have to be made ready to be compared, and that takes another.
        return None
    days = {
        last_day(*dates(entity, collection.period))
        for _, collection, entity in planned(kind, document)
        if collection.period is not None
    }
    return tuple(sorted(day for day in days if day is not None))


def is_over(start: Json, end: Json, day: str) -> bool:
    """Whether the last day that a planned thing may be on lies before a day; what has no last day,
    or no day that can be read, is never over."""
    last = last_day(start, end)
    return last is not None and last < day


def last_day(start: Json, end: Json) -> str | None:
    """The last day that a planned thing may be on, `YYYY-MM-DD`."""
    found = bounds(end) or bounds(start)
    return found.last if found else None


def _begins(start: str) -> str:
    """An open beginning stands before all others."""
    found = bounds(start)
    return start if found is None else found.first or ""


def planned(kind: Kind, document: Document) -> Iterator[tuple[Ref, Collection, Json]]:
    """Entities at the document's top whose state says that they are still to come, or under way,
    and that are not denied.

    Without a ladder for the state nobody can tell, and nothing is planned.
    """
    for path, collection in kind.collections.items():
        period = collection.period
        entries = get(document, path) if period is not None else None
        state_field = collection.fields.get(period.state) if period and period.state else None
        ladder = state_field.ladder if state_field else ()
        for entry in entries if isinstance(entries, list) else ():
            level = key_level(entry, collection)
            state = get(entry, state_field.name) if state_field else None
            if level is not None and state in ladder[:-1] and not _is_denied(collection, entry):
                yield (path, (level,)), collection, entry


def _is_denied(collection: Collection, entity: Json) -> bool:
    """Whether who says so takes it back, whatever the state of the plan: nobody expects it."""
    firmness = collection.provenance.firmness if collection.provenance else None
    if not firmness:
        return False
    return grade_of(collection.fields.get(firmness), get(entity, firmness)) == "lowest"


def is_under_way(collection: Collection, entity: Json, as_of: str, *, alone: bool = False) -> bool:
    """Begun, and not yet over: in the last but one state of the ladder on a day on which it may
    have begun or, unless that is asked for `alone`, in a state in which it runs until its end by
    the word of the kind."""
    period = collection.period
    field = collection.fields.get(period.state or "") if period is not None else None
    if period is None or field is None:
        return False
    state = get(entity, field.name)
    if state in period.running and not alone:
        return True
    begins = bounds(dates(entity, period)[0])
    # A short ladder may have its last plans there: who announces what is ahead has not begun it.
    may_have = begins is None or begins.first is None or begins.first <= as_of[:10]
    return state in field.ladder[-2:-1] and may_have


def state_of(scene: Scene, collection: Collection, entity: Json) -> str | None:
    """The state of a planned thing as a reader sees it; None where it is not stated."""
    name = collection.period.state if collection.period else None
    state = get(entity, name) if name else None
    said = scene.value(collection.fields.get(name or ""), state)
    return str(said) if isinstance(state, str) else None
