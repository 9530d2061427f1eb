"""Two versions of a situation to everything that can be said of their difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from monitor.compare.collecting import without_collecting
from monitor.compare.corrections import Corrections, is_backwards
from monitor.compare.diff import diff
from monitor.compare.faults import ComparisonFaults
from monitor.compare.findings import find
from monitor.compare.ignoring import Ignoring
from monitor.compare.judgements import Judgement, Verdicts
from monitor.compare.movements import movements
from monitor.compare.outlook import upcoming, waiting
from monitor.compare.past import Past
from monitor.compare.paths import dig, split_field
from monitor.compare.remarks import (
    Note,
    VersionPair,
    finish,
    lapsed,
    reversed_stances,
    whole_versions,
)
from monitor.compare.scene import Scene
from monitor.compare.significance import RuleSettings
from monitor.compare.standings import standings, steady
from monitor.compare.stored import told_apart
from monitor.compare.weights import weights_between
from monitor.kinds.kind import Kind
from monitor.model.comparison import (
    Comparison,
    Document,
    Json,
    PartyStanding,
    Section,
    State,
    Upcoming,
    Waiting,
)
from monitor.model.record import Record, replace

__all__ = ["Context", "compare"]


class Context(Record):
    """What a comparison may know beside two versions; what needs more than is given is silent.

    `history` is ascending and ends before the newer version; it is asked from its end. `today` is
    `YYYY-MM-DD`, `last_run` the day of the last run that told of lapsed dates, `old_kind` the hash
    of the kind under which the older version was written. `apart` counts the entries of the list at
    the root that are the same in both versions and were left out of both.
    """

    rules: RuleSettings = RuleSettings()
    history: Sequence[State] = ()
    today: str | None = None
    last_run: str | None = None
    judgements: tuple[Judgement, ...] = ()
    old_kind: str | None = None
    apart: int = 0


_NOTHING_ELSE: Final = Context()


def compare(old: State, new: State, kind: Kind, *, context: Context = _NOTHING_ELSE) -> Comparison:
    """A pure function of its arguments: the same input, the same value.

    A rule that raises leaves a line in `faults` and costs only its own words.
    """
    with without_collecting():
        return _compare(old, new, kind, context)


def _compare(old: State, new: State, kind: Kind, context: Context) -> Comparison:
    old, new, kind = told_apart(old, new, kind)
    every = diff(old.document, new.document, kind, situation=new.ref.situation)
    changes, ignored = Ignoring(context.rules.ignore, kind).split(every)
    judged = Verdicts(context.judgements)
    weights = weights_between(old, new, context.history, kind)
    # Backwards in time nothing is said of what came before.
    history = () if is_backwards(old, new) else context.history
    past = Past(history, old.ref.as_of)
    scene = Scene(
        old.document,
        new.document,
        kind,
        changes,
        judged=judged,
        weights=weights,
        corrections=Corrections(old, new, context.history, kind, weights),
        past=past,
        apart=context.apart,
    )
    faults = ComparisonFaults()
    findings = find(scene, context.rules, faults)
    found: tuple[PartyStanding, ...] = faults.guard(
        "standings", lambda: standings(scene, old.document, new, history), ()
    )
    notes = _notes(scene, old, new, replace(context, history=history), faults)
    ahead: tuple[Upcoming, ...] = faults.guard(
        "what is ahead", lambda: _ahead(scene, new, context), ()
    )
    off: tuple[Waiting, ...] = faults.guard(
        "what waits", lambda: waiting(scene, new, old, past), ()
    )
    return Comparison(
        situation=new.ref.situation,
        title=new.ref.title or old.ref.title,
        kind=kind.name if kind.schema else None,
        old=old.ref,
        new=new.ref,
        changes=changes,
        findings=findings,
        remarks=finish(notes, context.rules),
        sources=scene.sources,
        sections=tuple(
            Section(collection=path, title=collection.title or kind.entries)
            for path, collection in kind.collections.items()
            if path in kind.collections[""].children
        ),
        unchanged=_unchanged(scene, new.document) + context.apart,
        standings=found,
        upcoming=ahead,
        waiting=off,
        steady=steady(found, old.ref.as_of),
        faults=faults.all(),
        ignored=ignored,
    )


def _ahead(scene: Scene, new: State, context: Context) -> tuple[Upcoming, ...]:
    return upcoming(scene, new.document, context.today) if context.today else ()


def _notes(
    scene: Scene, old: State, new: State, context: Context, faults: ComparisonFaults
) -> list[Note]:
    versions = VersionPair(
        old=old,
        new=new,
        history=context.history,
        today=context.today,
        last_run=context.last_run,
        old_kind=context.old_kind,
    )
    makers: dict[str, Callable[[], list[Note]]] = {
        "movements": lambda: list(movements(scene, versions)),
        "reversed stances": lambda: list(reversed_stances(scene, versions)),
        "whole versions": lambda: list(whole_versions(versions, scene.kind.hash)),
        "lapsed dates": lambda: list(lapsed(scene, versions)),
    }
    notes: list[Note] = []
    for name, make in makers.items():
        notes += faults.guard(f"remarks on {name}", make, [])
    return notes


def _unchanged(scene: Scene, document: Document) -> int:
    """Entities that stand exactly as before; sources are no facts and are not counted."""
    found: dict[str, list[Json]] = {"": [document]}
    count = 0
    for path, collection in scene.kind.collections.items():
        if not path:
            continue
        above = scene.above[path]
        steps = split_field(path[len(above) + 1 :] if above else path)
        lists = (dig(owner, steps) for owner in found[above])
        found[path] = [entry for entries in lists if isinstance(entries, list) for entry in entries]
        if collection.source is None:
            touched = scene.by_collection.get(path, {}).values()
            gone = sum(1 for changes in touched if changes[0].op == "removed")
            count += len(found[path]) - (len(touched) - gone)
    return count
