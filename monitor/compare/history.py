"""Every value that one fact has had, folded over the versions of a situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from monitor.compare.paths import parse_path
from monitor.compare.provenance import provenance_of
from monitor.compare.scene import Ref, Scene
from monitor.errors import NotFound
from monitor.kinds.kind import Kind
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Json, Missing, Provenance, State, VersionRef


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


def fact_history(states: Sequence[State], kind: Kind, path: str) -> tuple[FactValue, ...]:
    """Oldest first, from ascending states of one kind; begins with the first that has the fact.

    `path` names a field, an entity or a list. Raises NotFound when it is no path of the kind, or
    when no version has what it names.
    """
    if not path.strip():
        raise NotFound("an empty path; expected such as delegations[russia].size")
    collection, key, name = parse_path(path, kind)
    ref: Ref = (collection, key)
    _check(kind, collection, name, path)
    found: list[FactValue] = []
    last: Json | Missing = MISSING
    for state in states:
        scene = Scene(state.document, state.document, kind, ())
        raw = _raw(scene, ref, name)
        if (raw is MISSING and not found) or (found and same(raw, last)):
            found[-1:] = [replace(value, until=state.ref.as_of) for value in found[-1:]]
            continue
        last = raw
        found.append(_value(scene, ref, name, raw, state))
    if not found:
        raise NotFound(f"no version has {path}")
    return tuple(found)


def _check(kind: Kind, collection: str, name: str | None, path: str) -> None:
    fields = kind.collections[collection].fields
    if name is None or not fields:
        return
    if name not in fields and not any(known.startswith(f"{name}.") for known in fields):
        raise NotFound(f"{path}: there is no field {name}; there are {', '.join(fields)}")


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
    )


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
