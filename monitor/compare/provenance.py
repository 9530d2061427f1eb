"""Who says so, and how firm it is (`x-provenance`)."""

from __future__ import annotations

from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Provenance

# Of a finding on many entities, how many are asked who says so.
EXAMINED = 50


def provenance_of_finding(scene: Scene, lead: Draft) -> Provenance:
    """Of the entity that the finding is about; of several, what they have in common.

    What is gone cannot vouch for its own going: that is for what it belonged to.
    """
    collection = scene.collection(lead.changes[0].collection)
    if collection.provenance is None and not scene.above.get(collection.path):
        cited = [source for change in lead.changes for source in change.sources]
        return Provenance(sources=tuple(dict.fromkeys(cited)))
    refs = [(change.collection, change.key) for change in lead.changes]
    if lead.focus is not None:
        refs = [lead.focus]
    if all(change.op == "removed" for change in lead.changes):
        refs = [scene.parent(ref) for ref in refs]
    own = [provenance_of(scene, ref) for ref in refs[:EXAMINED]]
    stated = {part.status for part in own}
    said = {part.said_by for part in own}
    sources = [source for part in own for source in part.sources]
    sources += [source for change in lead.changes for source in change.sources]
    return Provenance(
        status=stated.pop() if len(stated) == 1 else None,
        said_by=said.pop() if len(said) == 1 else None,
        sources=tuple(dict.fromkeys(sources)),
    )


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
        sources=tuple(str(s) for s in sources) if isinstance(sources, list) else (),
    )
