"""Who says so, and how firm it is (`x-provenance`)."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.compare.cited import newest_first
from monitor.compare.lookup import Entities
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Provenance

# Of a finding on many entities, how many are asked who says so.
EXAMINED = 50


def provenance_of_finding(scene: Scene, lead: Draft) -> Provenance:
    """Of the entity that the finding is about; of several, what they have in common.

    Sources are those of what is told, the newest first: what an entity cited before is none where
    it cites anything new. What is gone cannot vouch for its own going: that is for what it
    belonged to, and no page that listed it does.
    """
    collection = scene.collection(lead.changes[0].collection)
    if collection.provenance is None and not scene.above.get(collection.path):
        cited = [source for change in lead.changes for source in change.sources]
        return Provenance(sources=newest_first(cited, scene.published))
    about = [change for change in lead.changes if change.collection == collection.path]
    refs = [(change.collection, change.key) for change in about if change.op != "removed"]
    if lead.focus is not None:
        refs = [lead.focus]
    if all(scene.new.get(*ref) is None for ref in refs):
        return _of_what_is_gone(scene, [(change.collection, change.key) for change in about])
    own = [provenance_of(scene, ref) for ref in refs[:EXAMINED]]
    stated = {part.status for part in own}
    said = {part.said_by for part in own}
    sources = [each for ref in refs[:EXAMINED] for each in _telling(scene, ref)]
    if all(change.op == "added" for change in lead.changes):
        sources += [source for change in lead.changes for source in change.sources]
    return Provenance(
        status=stated.pop() if len(stated) == 1 else None,
        said_by=said.pop() if len(said) == 1 else None,
        sources=newest_first(sources, scene.published),
    )


def _of_what_is_gone(scene: Scene, refs: Sequence[Ref]) -> Provenance:
    """What newly vouches for what it belonged to, if anything does."""
    before = {each for ref in refs[:EXAMINED] for each in _cited(scene, ref, scene.old)}
    parents = list(dict.fromkeys(scene.parent(ref) for ref in refs))
    fresh = [
        each
        for parent in parents[:EXAMINED]
        for each in _cited(scene, parent, scene.new)
        if each not in before and each not in _cited(scene, parent, scene.old)
    ]
    if not fresh or len(parents) > 1:
        return Provenance(sources=newest_first(fresh, scene.published))
    own = provenance_of(scene, parents[0])
    return Provenance(
        status=own.status, said_by=own.said_by, sources=newest_first(fresh, scene.published)
    )


def _telling(scene: Scene, ref: Ref) -> list[str]:
    """The sources of what an entity now says: those it did not cite before, if there are any."""
    new, old = _cited(scene, ref, scene.new), _cited(scene, ref, scene.old)
    return [each for each in new if each not in old] or new or old


def _cited(scene: Scene, ref: Ref, side: Entities) -> list[str]:
    fields = scene.collection(ref[0]).provenance
    cited = get(side.get(*ref), fields.sources) if fields and fields.sources else MISSING
    return [str(each) for each in cited] if isinstance(cited, list) else []


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
    )
