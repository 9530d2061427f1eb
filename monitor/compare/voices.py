"""What an entity says of who says so, and how firm that is (`x-provenance`)."""

from __future__ import annotations

from typing import Literal

from monitor.compare.cited import newest_first
from monitor.compare.lookup import EntityLookup
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Field
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Json, Missing, Provenance


def provenance_of(scene: Scene, ref: Ref) -> Provenance:
    """What an entity itself says of who says so, as it now stands."""
    collection = scene.collection(ref[0])
    fields = collection.provenance
    if fields is None:
        return Provenance()
    entity = scene.entity(ref)
    status = get(entity, fields.firmness) if fields.firmness else None
    said_by = get(entity, fields.said_by) if fields.said_by else MISSING
    stated = scene.value(collection.fields.get(fields.firmness or ""), status)
    named = scene.value(collection.fields.get(fields.said_by or ""), said_by)
    if isinstance(named, list):
        named = ", ".join(str(name) for name in named) or None
    sources = get(entity, fields.sources) if fields.sources else MISSING
    return Provenance(
        status=stated if isinstance(stated, str) else None,
        said_by=named if isinstance(named, str) else None,
        sources=newest_first(map(str, sources), scene.published)
        if isinstance(sources, list)
        else (),
        grade=grade_of(collection.fields.get(fields.firmness or ""), status),
        written=status if isinstance(status, str) and status != stated else None,
    )


def grade_of(field: Field | None, status: Json | Missing) -> Literal["below", "lowest"] | None:
    """Where a status stands on its ladder, if that is not the top; what is off it is below it.

    A ladder of two has no lowest word: it says only more and less.
    """
    if field is None or not field.ladder or not isinstance(status, str):
        return None
    if status == field.ladder[-1]:
        return None
    lowest = status not in field.ladder or (status == field.ladder[0] and len(field.ladder) > 2)
    return "lowest" if lowest else "below"


def cited(scene: Scene, ref: Ref, side: EntityLookup) -> list[str]:
    """The ids of the sources that an entity names in one version."""
    fields = scene.collection(ref[0]).provenance
    named = get(side.get(*ref), fields.sources) if fields and fields.sources else MISSING
    return [str(each) for each in named] if isinstance(named, list) else []
