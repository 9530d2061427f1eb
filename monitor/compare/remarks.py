"""Observations beside the findings. They own no change and point at what they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

from monitor.compare.outlook import is_under_way, last_day, planned, state_of
from monitor.compare.past import Past
from monitor.compare.rules.period import dates
from monitor.compare.rules.remark import (
    CORRECTED,
    KIND_CHANGED,
    LAPSED,
    RETURNED,
    REVERSED,
)
from monitor.compare.rules.rule import Rule
from monitor.compare.scene import Ref, Scene
from monitor.compare.significance import RuleSettings
from monitor.compare.stances import Place, Stance, read_stances
from monitor.model.comparison import MISSING, Remark, State
from monitor.model.said import Corrected, KindChanged, Lapsed, Observed, Returned, Reversed
from monitor.model.tuples import NamedTuple


class VersionPair(NamedTuple):
    """The two versions, those before the newer one (ascending), and the days that matter."""

    old: State
    new: State
    history: Sequence[State] = ()
    today: str | None = None
    last_run: str | None = None
    old_kind: str | None = None


class Note(NamedTuple):
    """A remark in the making; `about` are change ids or paths."""

    rule: Rule
    said: Observed
    about: tuple[str, ...]
    where: str = ""
    path: str = ""
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


def finish(notes: Sequence[Note], settings: RuleSettings) -> tuple[Remark, ...]:
    """Notes as values, in the order they were made; a rule narrowed to other paths is left out."""
    return tuple(
        _remark(note, settings) for note in notes if settings.applies(note.rule.id, note.path)
    )


def _remark(note: Note, settings: RuleSettings) -> Remark:
    configured = settings.configured(note.rule.id, note.path)
    text = "\n".join([note.rule.id, note.path, *sorted(note.about)])
    return Remark(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        rule=note.rule.id,
        said=note.said,
        significance=note.rule.significance if configured is None else configured,
        about=note.about,
        collection=note.where,
        parties=note.parties,
        issues=note.issues,
        entities=(note.path,) if note.path else (),
    )


def reversed_stances(scene: Scene, versions: VersionPair) -> Iterator[Note]:
    """Positions that are back where they stood before the older version."""
    past = Past(versions.history, versions.old.ref.as_of)
    if not past:
        return
    before = read_stances(versions.old.document, scene.kind)
    now = read_stances(versions.new.document, scene.kind)
    moved = {p: s for p, s in now.items() if p in before and s.differs(before[p])}
    for state in reversed(past):
        if not moved:
            return
        earlier = read_stances(state.document, scene.kind)
        for place in [p for p in moved if p in earlier]:
            if not moved[place].differs(earlier[place]):
                yield _reversed(scene, place, moved.pop(place), state)


def _reversed(scene: Scene, place: Place, stance: Stance, state: State) -> Note:
    ref: Ref = (place[0], stance.key)
    return Note(
        rule=REVERSED,
        said=Reversed(scene.label(ref), state.ref.as_of),
        about=tuple(change.id for change in scene.by_collection[ref[0]].get(ref[1], ())),
        where=place[0],
        path=scene.path(ref),
        parties=(stance.party,),
        issues=(stance.issue,),
    )


def whole_versions(versions: VersionPair, kind_hash: str) -> Iterator[Note]:
    """What can be said of the newer version as a whole."""
    old, new, history = versions.old.ref, versions.new.ref, versions.history
    if old.content_hash == new.content_hash:
        return
    refs = (state.ref for state in reversed(history))
    last, before = [*islice((ref for ref in refs if ref != new), 2), None, None][:2]
    if before is not None and last == old and before.content_hash == new.content_hash:
        yield Note(
            rule=RETURNED,
            said=Returned(before.as_of, undone=old.as_of),
            about=(new.as_of,),
        )
    if old.as_of == new.as_of and old.revision < new.revision:
        yield Note(rule=CORRECTED, said=Corrected(new.as_of), about=(new.as_of,))
    if versions.old_kind is not None and versions.old_kind != kind_hash:
        yield Note(rule=KIND_CHANGED, said=KindChanged(old.as_of), about=(new.as_of,))


def lapsed(scene: Scene, versions: VersionPair) -> Iterator[Note]:
    """Plans whose last day lies between the last run and today, and that no version has settled.

    What has begun, or is in force by the word of its kind, and has no end goes on.
    """
    if versions.today is None or versions.last_run is None:
        return
    as_of = versions.new.ref.as_of
    for ref, collection, entity in planned(scene.kind, versions.new.document):
        assert collection.period is not None
        start, end = dates(entity, collection.period)
        begun, last = is_under_way(collection, entity, as_of), last_day(start, end)
        if end is None and begun:
            continue
        if last is not None and versions.last_run[:10] <= last < versions.today:
            yield Note(
                rule=LAPSED,
                said=Lapsed(
                    label=scene.label(ref),
                    dates=[start, end],
                    state=state_of(scene, collection, entity),
                    over=True if end is not None and (begun or start is None) else MISSING,
                ),
                about=(scene.path(ref),),
                where=ref[0],
                path=scene.path(ref),
            )
