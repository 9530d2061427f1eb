"""Who says so, and how firm it is (`x-provenance`)."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.compare.cited import newest_first
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene
from monitor.compare.voices import cited, provenance_of
from monitor.model.comparison import Provenance

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
        named = [source for change in lead.changes for source in change.sources]
        return Provenance(sources=newest_first(named, scene.published))
    about = [change for change in lead.changes if change.collection == collection.path]
    refs = [(change.collection, change.key) for change in about if change.op != "removed"]
    if lead.focus is not None:
        refs = [lead.focus]
    if all(scene.new.get(*ref) is None for ref in refs):
        return _of_what_is_gone(scene, [(change.collection, change.key) for change in about])
    own = [provenance_of(scene, ref) for ref in refs[:EXAMINED]]
    stated = {part.status for part in own}
    said = {part.said_by for part in own}
    grade, written = (own[0].grade, own[0].written) if len(stated) == 1 else (None, None)
    sources = [each for ref in refs[:EXAMINED] for each in _telling(scene, ref)]
    if all(change.op == "added" for change in lead.changes):
        sources += [source for change in lead.changes for source in change.sources]
    return Provenance(
        status=stated.pop() if len(stated) == 1 else None,
        said_by=said.pop() if len(said) == 1 else None,
        sources=newest_first(sources, scene.published),
        grade=grade,
        written=written,
    )


def _of_what_is_gone(scene: Scene, refs: Sequence[Ref]) -> Provenance:
    """What newly vouches for what it belonged to, if anything does."""
    before = {each for ref in refs[:EXAMINED] for each in cited(scene, ref, scene.old)}
    parents = list(dict.fromkeys(scene.parent(ref) for ref in refs))
    fresh = [
        each
        for parent in parents[:EXAMINED]
        for each in cited(scene, parent, scene.new)
        if each not in before and each not in cited(scene, parent, scene.old)
    ]
    if not fresh or len(parents) > 1:
        return Provenance(sources=newest_first(fresh, scene.published))
    own = provenance_of(scene, parents[0])
    return Provenance(
        status=own.status, said_by=own.said_by, sources=newest_first(fresh, scene.published)
    )


def _telling(scene: Scene, ref: Ref) -> list[str]:
    """The sources of what an entity now says: those it did not cite before, if there are any."""
    new, old = cited(scene, ref, scene.new), cited(scene, ref, scene.old)
    return [each for each in new if each not in old] or new or old
