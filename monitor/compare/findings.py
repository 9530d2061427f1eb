"""Changes to findings: the groups of the rules as values, each with what a reader needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from monitor.compare.cascade import step
from monitor.compare.disputes import standing_disputes
from monitor.compare.gather import ROOT, Group, gather
from monitor.compare.mentions import Mentions
from monitor.compare.rules import RULES
from monitor.compare.rules.plain import CHANGED
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene
from monitor.compare.significance import RuleSettings, of_change
from monitor.kinds.values import get
from monitor.model.comparison import (
    MISSING,
    Change,
    Disputed,
    Finding,
    Json,
    Provenance,
    Significance,
)

# Of a finding on many entities, how many are asked who says so.
EXAMINED = 50


def find(scene: Scene, settings: RuleSettings) -> tuple[Finding, ...]:
    """Every change of the scene in exactly one finding.

    In the kind's order of lists; within a list the most significant first, then by path.
    """
    mentions = Mentions(scene)
    order = {path: place for place, path in enumerate(scene.kind.collections)}
    found = [_finding(scene, settings, mentions, group) for group in gather(scene, settings)]
    found.sort(key=lambda f: (order[f.collection], -f.significance, f.path, f.rule, f.id))
    return tuple(found)


def _finding(scene: Scene, settings: RuleSettings, mentions: Mentions, group: Group) -> Finding:
    lead = group.lead
    changes = list(group.changes())
    focus = lead.focus
    field = lead.changes[0].field if len(lead.changes) == 1 else None
    where = focus if focus is not None else _place(lead)
    path = scene.path(where, field)
    parties, issues, entities = mentions.of(changes)
    disputed: tuple[Disputed, ...] = ()
    if focus is not None and focus != ROOT:
        disputed = standing_disputes(scene, focus, scene.new)
    return Finding(
        id=finding_id(lead.rule, changes),
        rule=lead.rule,
        arguments=_arguments(scene, group),
        significance=_significance(scene, settings, group),
        changes=tuple(change.id for change in changes),
        collection=where[0],
        path=path,
        provenance=_provenance(scene, lead),
        parties=parties,
        issues=issues,
        entities=entities,
        disputed=disputed,
    )


def finding_id(rule: str, changes: Iterable[Change]) -> str:
    """The same for the same rule over the same changes, whatever the words and the order."""
    text = "\n".join([rule, *sorted(change.id for change in changes)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _place(lead: Draft) -> Ref:
    """Where a finding on many entities is listed: their list, below the parent they share."""
    first = lead.changes[0]
    parents = {change.key[:-1] for change in lead.changes}
    return first.collection, parents.pop() if len(parents) == 1 else ()


def _arguments(scene: Scene, group: Group) -> dict[str, Json]:
    arguments = dict(group.lead.arguments)
    if group.also:
        arguments["also"] = [{"rule": draft.rule, **draft.arguments} for draft in group.also]
    if group.followed:
        arguments["followed"] = _followed(scene, group.followed)
    if members := _members(scene, group):
        arguments["members"] = members
    details = list(_details(scene, group))
    if details:
        arguments["details"] = details
    if template := _template(scene, group.lead):
        arguments["wording"] = template
    return arguments


def _followed(scene: Scene, changes: list[Change]) -> dict[str, Json]:
    """Shifted numbers: how many, of which field, and how many of them became smaller."""
    smaller = sum(1 for change in changes if step(change) < 0)
    return {"count": len(changes), "field": scene.title(changes[0]), "smaller": smaller}


def _members(scene: Scene, group: Group) -> list[Json]:
    """Who belongs to a group that was added or removed as a whole."""
    if group.lead.changes[0].op == "changed":
        return []
    return [
        change.label
        for change in group.rest
        if change.op != "changed" and scene.collection(change.collection).membership is not None
    ]


def _details(scene: Scene, group: Group) -> Iterator[dict[str, Json]]:
    """Fields that changed and that the lead's arguments do not tell, in the kind's order.

    An absent `before` or `after` means that the value did not exist on that side.
    """
    told = {change.id for change in group.followed}
    if group.lead.told:
        told |= {change.id for change in group.lead.changes}
    changes = [c for c in group.changes() if c.op == "changed" and c.id not in told]
    for change in changes if len(changes) == 1 else _in_kind_order(scene, changes):
        collection = scene.collection(change.collection)
        if not change.significance or change.field in collection.children:
            continue
        field = scene.field(change)
        detail: dict[str, Json] = {
            "label": scene.title(change),
            "field": change.field,
        }
        if (change.collection, change.key) != group.lead.focus:
            detail["of"] = change.label
        if field is not None and field.text:
            detail["text"] = True
        elif field is not None and not field.ladder and not scene.supports(field):
            detail["fact"] = True
        if change.before is not MISSING:
            detail["before"] = scene.value(field, change.before)
        if change.after is not MISSING:
            detail["after"] = scene.value(field, change.after)
        yield detail


def _in_kind_order(scene: Scene, changes: list[Change]) -> list[Change]:
    places: dict[str, dict[str, int]] = {}

    def place(change: Change) -> tuple[int, str]:
        names = places.get(change.collection)
        if names is None:
            fields = scene.collection(change.collection).fields
            names = places[change.collection] = {name: at for at, name in enumerate(fields)}
        return names.get(change.field or "", len(names)), change.field or ""

    return sorted(changes, key=place)


def _template(scene: Scene, lead: Draft) -> Json:
    """The kind's own sentence for what happened, with what its slots need."""
    first = lead.changes[0]
    collection = scene.collection(first.collection)
    words = collection.wording
    if first.field is not None:
        field = scene.field(first)
        words = field.wording if field is not None else {}
    if first.op not in words or len(lead.changes) > 1:
        return None
    entity = scene.entity((first.collection, first.key))
    values = {name: scene.value(f, get(entity, name)) for name, f in collection.fields.items()}
    return {"template": words[first.op], "values": values}


def _significance(scene: Scene, settings: RuleSettings, group: Group) -> Significance:
    """The highest of the changes, unless the config names the rule of one of the parts."""
    found = Significance.NOISE
    for draft in (group.lead, *group.also):
        configured = _configured(scene, settings, draft)
        if configured is None:
            default = RULES[draft.rule].significance
            configured = _highest(scene, draft.changes, default)
        found = max(found, configured)
    if _configured(scene, settings, group.lead) is not None:
        return found
    return max(found, _highest(scene, group.rest, CHANGED.significance))


def _highest(scene: Scene, changes: Iterable[Change], default: Significance) -> Significance:
    """Of many alike, one of each sort is asked."""
    sorts = {(c.collection, c.op, c.field, not c.significance): c for c in changes}
    return max((_of(scene, c, default) for c in sorts.values()), default=Significance.NOISE)


def _configured(scene: Scene, settings: RuleSettings, draft: Draft) -> Significance | None:
    if not settings:
        return None
    return settings.configured(draft.rule, scene.path(draft.focus or _place(draft)))


def _of(scene: Scene, change: Change, default: Significance) -> Significance:
    """Who is cited, and who or what only comes along with others, is noise by default."""
    if change.op == "changed":
        beside = scene.cites(change)
    else:
        beside = change.collection in scene.supporting
    default = Significance.NOISE if beside else default
    return of_change(change, scene.kind, default)


def _provenance(scene: Scene, lead: Draft) -> Provenance:
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
    named = scene.value(collection.fields.get(fields.said_by or ""), said_by)
    if isinstance(named, list):
        named = ", ".join(str(name) for name in named) or None
    sources = get(entity, fields.sources) if fields.sources else MISSING
    return Provenance(
        status=status if isinstance(status, str) else None,
        said_by=named if isinstance(named, str) else None,
        sources=tuple(str(s) for s in sources) if isinstance(sources, list) else (),
    )
