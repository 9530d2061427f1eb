"""Changes to findings: the groups of the rules as values, each with what a reader needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from monitor.compare.beside import beside
from monitor.compare.disputes import standing_disputes
from monitor.compare.faults import ComparisonFaults
from monitor.compare.gather import ROOT, Group, gather, path_of, place_of
from monitor.compare.mentions import Mentions
from monitor.compare.newsworth import by_news
from monitor.compare.provenance import provenance_of_finding
from monitor.compare.rules.plain import ADDED, CHANGED, REMOVED
from monitor.compare.scene import Scene
from monitor.compare.siblings import together
from monitor.compare.significance import RuleSettings
from monitor.compare.weighing import weigh
from monitor.model.comparison import MISSING, Change, Finding, RivalClaim
from monitor.model.said import NOTHING_BESIDE, Added, FieldChanged, Removed, Said


def find(scene: Scene, settings: RuleSettings, faults: ComparisonFaults) -> tuple[Finding, ...]:
    """Every change of the scene in exactly one finding, whatever fails on the way.

    In the kind's order of lists; within a list the most significant first, then by path.
    """
    groups: list[Group] = faults.guard(
        "gathering", lambda: together(scene, gather(scene, settings, faults)), []
    )
    mentions = Mentions(scene)
    order = {path: place for place, path in enumerate(scene.kind.collections)}
    found: list[Finding] = []
    for group in groups:
        rule = f"rule {group.lead.rule}"
        try:
            found.append(_finding(scene, settings, mentions, group))
        except Exception as error:  # noqa: BLE001 - a fault of ours: its changes are told plainly
            faults.met(rule, error)
    found = _accounted(scene, found, faults)
    if scene.kind.inferred:
        return tuple(by_news(found, order))
    found.sort(key=lambda f: (order[f.collection], -f.significance, f.path, f.rule, f.id))
    return tuple(found)


def _accounted(scene: Scene, found: list[Finding], faults: ComparisonFaults) -> list[Finding]:
    """The last word on ownership: a finding with a change told before goes, what is left out is
    told by itself."""
    told = [identity for finding in found for identity in finding.changes]
    if len(told) == len(set(told)) == scene.count:
        return found
    owned: set[str] = set()
    kept: list[Finding] = []
    for finding in found:
        if owned.isdisjoint(finding.changes) and len(set(finding.changes)) == len(finding.changes):
            owned.update(finding.changes)
            kept.append(finding)
        else:
            faults.say(f"rule {finding.rule} told a change twice: {finding.path}")
    if len(owned) < scene.count:
        kept += [told_alone(scene, change) for change in scene.all() if change.id not in owned]
    return kept


def told_alone(scene: Scene, change: Change) -> Finding:
    """One change by itself, said with nothing that could fail: no rule, no kind's words."""
    label, section = change.label, scene.collection(change.collection).title
    said: Said
    if change.op == "changed":
        before, after = (None if v is MISSING else v for v in (change.before, change.after))
        rule, said = CHANGED, FieldChanged(label, None, section, change.field or "", before, after)
    elif change.op == "added":
        rule, said = ADDED, Added(label, None, section, [], None)
    else:
        rule, said = REMOVED, Removed(label, None, section, [], None)
    return Finding(
        id=finding_id(rule.id, [change]),
        rule=rule.id,
        said=said,
        beside=NOTHING_BESIDE,
        significance=change.significance,
        changes=(change.id,),
        collection=change.collection,
        path=scene.path((change.collection, change.key), change.field),
    )


def _finding(scene: Scene, settings: RuleSettings, mentions: Mentions, group: Group) -> Finding:
    lead = group.lead
    changes = list(group.changes())
    focus = lead.focus
    where = place_of(lead)
    parties, issues, entities = mentions.of(changes)
    provenance = provenance_of_finding(scene, lead)
    disputed: tuple[RivalClaim, ...] = ()
    if focus is not None and focus != ROOT:
        disputed = standing_disputes(scene, focus, scene.new)
    return Finding(
        id=finding_id(lead.rule, changes),
        rule=lead.rule,
        said=lead.said,
        beside=beside(scene, group, provenance),
        significance=weigh(scene, settings, group),
        changes=tuple(change.id for change in changes),
        collection=where[0],
        path=path_of(scene, lead),
        provenance=provenance,
        parties=parties,
        issues=issues,
        entities=entities,
        disputed=disputed,
        because=scene.weights.because(changes),
    )


def finding_id(rule: str, changes: Iterable[Change]) -> str:
    """The same for the same rule over the same changes, whatever the words and the order."""
    text = "\n".join([rule, *sorted(change.id for change in changes)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
