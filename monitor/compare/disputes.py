"""Contradicting values (`x-disputed`): a keyed list below an entity, by field and source."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.compare.cited import is_older
from monitor.compare.lookup import EntityLookup
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.values import get, token
from monitor.model.comparison import MISSING, Json, Missing, RivalClaim

CLAUSE = 3
"""Words of a value that says more than another one of its kind."""


def disputes_path(collection: Collection) -> str | None:
    """The path of the list with contradicting values below a collection's entities."""
    if collection.disputed is None:
        return None
    return f"{collection.path}.{collection.disputed}" if collection.path else collection.disputed


def disputes_of(kind: Kind) -> dict[str, Collection]:
    """Every such list of a kind, with the collection whose fields it speaks of."""
    found = {}
    for collection in kind.collections.values():
        path = disputes_path(collection)
        if path is not None and path in kind.collections:
            found[path] = collection
    return found


def read_dispute(
    scene: Scene, owner: Collection, listed: Collection, entry: Json | Missing, entity: Json
) -> RivalClaim:
    """One entry: the disputed field's title, the other value, who published it, and the value that
    the entity has."""
    field_name, source_name = listed.keys[0][0], listed.keys[0][-1]
    name = get(entry, field_name)
    field = owner.fields.get(str(name))
    identity, value = get(entry, source_name), get(entry, _value_name(listed))
    source = scene.value(listed.fields.get(source_name), identity)
    return RivalClaim(
        field=field.title if field else str(name),
        value=scene.value(field, value),
        source=None if source is None else str(source),
        source_id=identity if isinstance(identity, str) else None,
        stands=_stands(scene, field, get(entity, field.name), value) if field else None,
    )


def standing_disputes(scene: Scene, ref: Ref, side: EntityLookup) -> tuple[RivalClaim, ...]:
    """What other sources say of an entity in one version, in the list's order.

    What only sources say that are all older than the newest one of the entity is history.
    """
    return standing(scene, ref, side, all_disputes(scene, ref, side))


def all_disputes(scene: Scene, ref: Ref, side: EntityLookup) -> tuple[RivalClaim, ...]:
    """The same with what is history."""
    owner = scene.collection(ref[0])
    path = disputes_path(owner)
    if path is None or path not in scene.kind.collections:
        return ()
    entity = side.get(*ref)
    if entity is None:
        return ()
    listed = scene.collection(path)
    entries = get(entity, owner.disputed or "")
    if entries is MISSING or not isinstance(entries, list):
        return ()
    return tuple(read_dispute(scene, owner, listed, entry, entity) for entry in entries)


def standing(
    scene: Scene, ref: Ref, side: EntityLookup, found: Sequence[RivalClaim]
) -> tuple[RivalClaim, ...]:
    """Those of these claims that a source makes which is not older than the entity's newest."""
    fields = scene.collection(ref[0]).provenance
    cited = get(side.get(*ref), fields.sources) if fields and fields.sources else ()
    sources = cited if isinstance(cited, list) else ()
    known = scene.published
    newest = max((known.get(str(each), "") for each in sources), default="")
    fresh = {
        (each.field, token(each.value))
        for each in found
        if not is_older(known.get(each.source_id or ""), newest)
    }
    return tuple(each for each in found if (each.field, token(each.value)) in fresh)


def _stands(scene: Scene, field: Field, told: Json | Missing, other: Json | Missing) -> Json:
    """The value of a field that can be set against another one: an amount, a number or a word."""
    if field.is_list or field.text or field.ref or not isinstance(other, type(told)):
        return None
    if isinstance(other, str) and len(other.split()) >= CLAUSE:
        return None
    return scene.value(field, told)


def _value_name(listed: Collection) -> str:
    """The field that holds the other value: the first that is no part of the key."""
    parts = {name for names in listed.keys for name in names}
    for name in listed.fields:
        if name not in parts:
            return name.partition(".")[0]
    return ""
