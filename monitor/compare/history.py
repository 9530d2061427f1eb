"""Every value that one fact has had, folded over the versions of a situation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.compare.disputes import all_disputes
from monitor.compare.paths import format_path, levels, parse_path
from monitor.compare.scene import Ref, Scene
from monitor.compare.voices import provenance_of
from monitor.errors import NotFound
from monitor.kinds.addressing import path_fault, paths_of
from monitor.kinds.faults import Path
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Kind
from monitor.kinds.values import get, same
from monitor.kinds.walking import entities
from monitor.model.comparison import (
    MISSING,
    Document,
    Json,
    KeyLevel,
    Missing,
    Provenance,
    RivalClaim,
    State,
    VersionRef,
)
from monitor.model.nearest import few, suggestion_or_all
from monitor.model.paths import lies_under, read_place
from monitor.model.record import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """One value, from the version that first had it up to and including `until` (an as_of).

    `value` is as in a finding's arguments: labels for references, intervals for quantities. Of an
    entity it is its fields. `present` is False where the fact did not exist, `listed` where its
    entity did not exist either.
    """

    value: Json
    present: bool
    listed: bool
    version: VersionRef
    until: str
    provenance: Provenance = field(default_factory=Provenance)
    disputed: tuple[RivalClaim, ...] = ()
    """What other sources said instead while it stood, with what has been overtaken since."""


def fact_history(states: Sequence[State], kind: Kind, path: str) -> tuple[FactValue, ...]:
    """Oldest first, from ascending states of one kind; begins with the first that has the fact.

    `path` names a field or an entity. Raises NotFound, with what there is, when it is no path of
    the kind, a list, or when no version has what it names.
    """
    if not path.strip():
        raise NotFound(f"an empty path; write one of: {few(paths_of(kind))}, or one below them")
    if wrong := path_fault(path, kind):
        raise NotFound(f"{path}: {wrong}")
    collection, key, name = parse_path(path, kind)
    ref: Ref = (collection, key)
    if len(levels(collection, kind)) > len(key):
        raise _list_named(states, kind, path)
    found: list[FactValue] = []
    last: Json | Missing = MISSING
    for state in states:
        scene = Scene(state.document, state.document, kind, ())
        raw = _raw(scene, ref, name)
        if (raw is MISSING and not found) or (found and same(raw, last)):
            also = _disputed(scene, ref, name)
            found[-1:] = [_still(value, state.ref.as_of, also) for value in found[-1:]]
            continue
        last = raw
        found.append(_value(scene, ref, name, raw, state))
    if not found:
        raise _absent(states, kind, path)
    return tuple(found)


def entry_paths(document: Document, kind: Kind) -> Iterator[str]:
    """The path of every entry that a key identifies, parents first."""
    keys: dict[Path, tuple[KeyLevel, ...]] = {(): ()}
    for collection, entity, path in entities(document, kind):
        if not path:
            continue
        parent = keys.get(path[:-2])
        level = key_level(entity, collection)
        if parent is not None and level is not None:
            keys[path] = (*parent, level)
            yield format_path(collection.path, keys[path], kind=kind)


def _list_named(states: Sequence[State], kind: Kind, path: str) -> NotFound:
    """A list has no values of its own, its entries have."""
    above = read_place(path) or ()
    listed = entry_paths(states[-1].document, kind) if states else ()
    own = [
        one
        for one in listed
        if len(place := read_place(one) or ()) == len(above) and lies_under(place, above)
    ]
    return NotFound(f"{path} is a list; name an entry of it: {few(own) or 'it has none now'}")


def _absent(states: Sequence[State], kind: Kind, path: str) -> NotFound:
    """Nobody listed it: what there is in its list, the nearest first."""
    place = read_place(path) or ()
    named = [number for number, step in enumerate(place) if step.key is not None]
    known = [one for state in reversed(states[-1:]) for one in entry_paths(state.document, kind)]
    if not named:
        return NotFound(f"no version has {path}; there are: {few(known) or 'no entries'}")
    alike = [
        one
        for one in known
        if len(steps := read_place(one) or ()) == named[-1] + 1
        and [step.name for step in steps] == [step.name for step in place[: len(steps)]]
    ]
    return NotFound(f"no version has {path}{suggestion_or_all(path, alike)}")


def _raw(scene: Scene, ref: Ref, name: str | None) -> Json | Missing:
    entity = scene.new.get(*ref)
    if entity is None:
        return MISSING
    return entity if name is None else get(entity, name)


def _value(
    scene: Scene, ref: Ref, name: str | None, raw: Json | Missing, state: State
) -> FactValue:
    stands = scene.new.get(*ref) is not None
    fields = scene.collection(ref[0]).fields
    value = _facts(scene, ref, raw) if name is None else scene.value(fields.get(name), raw)
    return FactValue(
        value=None if raw is MISSING else value,
        present=raw is not MISSING,
        listed=stands,
        version=state.ref,
        until=state.ref.as_of,
        provenance=provenance_of(scene, ref) if stands else Provenance(),
        disputed=_disputed(scene, ref, name),
    )


def _still(value: FactValue, until: str, also: Sequence[RivalClaim]) -> FactValue:
    known = [*value.disputed, *(each for each in also if each not in value.disputed)]
    return replace(value, until=until, disputed=tuple(known))


def _disputed(scene: Scene, ref: Ref, name: str | None) -> tuple[RivalClaim, ...]:
    """Of the whole entity, or of one of its fields."""
    found = all_disputes(scene, ref, scene.new)
    field = scene.collection(ref[0]).fields.get(name or "")
    return tuple(each for each in found if name is None or (field and each.field == field.title))


def _facts(scene: Scene, ref: Ref, entity: Json | Missing) -> Json:
    """An entity's fields by their titles, without its key and those that say who says so."""
    collection = scene.collection(ref[0])
    silent = {name for key in collection.keys for name in key}
    if provenance := collection.provenance:
        silent |= {provenance.sources or "", provenance.said_by or "", provenance.firmness or ""}
    named = {name: scene.value(f, get(entity, name)) for name, f in collection.fields.items()}
    return {
        collection.fields[name].title: value
        for name, value in named.items()
        if name not in silent and value is not None
    }
