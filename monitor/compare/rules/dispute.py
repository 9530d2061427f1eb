"""Sources that contradict each other about a field (`x-disputed`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitor.compare.disputes import (
    all_disputes,
    disputes_of,
    read_dispute,
    standing,
    standing_disputes,
)
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, token
from monitor.model.comparison import MISSING, Change, Op, RivalClaim, Significance
from monitor.model.publishers import publisher_of
from monitor.model.said import Claim, Disputed, Settled

DISPUTED = Rule(
    id="disputed",
    summary="A source now says otherwise about a field.",
    significance=Significance.MINOR,
    mirror="settled",
)
SETTLED = Rule(
    id="settled",
    summary="A source no longer says otherwise about a field.",
    significance=Significance.MINOR,
    mirror="disputed",
)


def _find(scene: Scene) -> Iterator[Draft]:
    for path, owner in disputes_of(scene.kind).items():
        entries: dict[tuple[Ref, Op], list[Change]] = defaultdict(list)
        for ref, change in scene.each_left(path):
            parent = scene.parent(ref)
            if change.op != "changed" and scene.stands_in_both(parent):
                entries[parent, change.op].append(change)
        for (parent, op), changes in entries.items():
            rule = DISPUTED if op == "added" else SETTLED
            yield _draft(scene, owner, rule, parent, changes)


def _draft(
    scene: Scene, owner: Collection, rule: Rule, parent: Ref, changes: list[Change]
) -> Draft:
    listed = scene.collection(changes[0].collection)
    added = rule is DISPUTED
    entries = [change.after if added else change.before for change in changes]
    order = {name: place for place, name in enumerate(owner.fields)}
    entries.sort(key=lambda entry: order.get(str(get(entry, listed.keys[0][0])), len(order)))
    said = [read_dispute(scene, owner, listed, entry, scene.entity(parent)) for entry in entries]
    # Who contradicts the key contradicts that the entity is there at all.
    fresh = standing(scene, parent, scene.new, said) if added else ()
    told = fresh or said
    known = {_value(each) for each in all_disputes(scene, parent, scene.old)}
    again = added and {_value(each) for each in told} <= known
    remaining = len(standing_disputes(scene, parent, scene.new)) - len(fresh)
    keys = {owner.fields[name].title for key in owner.keys for name in key if name in owner.fields}
    return Draft(
        rule=rule.id,
        changes=tuple(changes),
        focus=parent,
        yields=True,
        others=tuple((change.collection, change.key) for change in changes),
        said=(Disputed if added else Settled)(
            label=scene.label(parent),
            parent=scene.parent_label(parent),
            fields=[f for f in dict.fromkeys(each.field for each in told) if f not in keys],
            said=[_claim(scene, each, stands=added) for each in told],
            remaining=remaining,
        ),
        # A claim that is older than what is told was known to be overtaken when it was written.
        quiet=again or (not fresh if added else remaining == 0 and not _is_told(scene, parent)),
    )


def _claim(scene: Scene, rival: RivalClaim, *, stands: bool) -> Claim:
    known = stands and rival.stands is not None
    paper = publisher_of(scene.sources.get(rival.source_id or ""))
    return Claim(
        rival.field,
        rival.value,
        rival.source,
        rival.stands if known else MISSING,
        MISSING if paper is None else paper,
    )


def _value(rival: RivalClaim) -> tuple[str, str]:
    """That one more source says it is no news."""
    return rival.field, str(token(rival.value))


def _is_told(scene: Scene, ref: Ref) -> bool:
    """Whether anything else of an entity changed, so that a dispute may have been settled by it.

    Where nothing did, old claims were cleared away, which is no news.
    """
    changes = scene.by_collection.get(ref[0], {}).get(ref[1], ())
    return any(change.significance or scene.cites(change) for change in changes)


FAMILY = Family((DISPUTED, SETTLED), _find)
