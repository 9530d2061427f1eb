"""Changes to findings: the groups of the rules as values, each with what a reader needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from monitor.compare.beside import beside
from monitor.compare.disputes import standing_disputes
from monitor.compare.gather import ROOT, Group, gather, path_of, place_of
from monitor.compare.mentions import Mentions
from monitor.compare.provenance import provenance_of_finding
from monitor.compare.scene import Scene
from monitor.compare.significance import RuleSettings
from monitor.compare.weighing import weigh
from monitor.model.comparison import Change, Disputed, Finding


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
    where = place_of(lead)
    parties, issues, entities = mentions.of(changes)
    disputed: tuple[Disputed, ...] = ()
    if focus is not None and focus != ROOT:
        disputed = standing_disputes(scene, focus, scene.new)
    return Finding(
        id=finding_id(lead.rule, changes),
        rule=lead.rule,
        said=lead.said,
        beside=beside(scene, group),
        significance=weigh(scene, settings, group),
        changes=tuple(change.id for change in changes),
        collection=where[0],
        path=path_of(scene, lead),
        provenance=provenance_of_finding(scene, lead),
        parties=parties,
        issues=issues,
        entities=entities,
        disputed=disputed,
    )


def finding_id(rule: str, changes: Iterable[Change]) -> str:
    """The same for the same rule over the same changes, whatever the words and the order."""
    text = "\n".join([rule, *sorted(change.id for change in changes)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
