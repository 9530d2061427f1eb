"""How much a finding matters: the highest of its changes, unless the config names its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.compare.gather import Group, path_of
from monitor.compare.rules import RULES
from monitor.compare.rules.plain import CHANGED
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.compare.significance import RuleSettings, of_change
from monitor.model.comparison import Change, Significance


def weigh(scene: Scene, settings: RuleSettings, group: Group) -> Significance:
    """The highest of the changes, unless the config names the rule of one of the parts.

    What the writer of a version says of its changes goes before both.
    """
    if scene.weights:
        return max(_each_weighed(scene, settings, group), default=Significance.NOISE)
    found = Significance.NOISE
    for draft in (group.lead, *group.also):
        configured = _configured(scene, settings, draft)
        if configured is None and not draft.quiet:
            default = RULES[draft.rule].significance
            configured = _highest(scene, draft.changes, default)
        found = max(found, configured or Significance.NOISE)
    if _configured(scene, settings, group.lead) is not None:
        return found
    return max(found, _highest(scene, group.rest, CHANGED.significance))


def _each_weighed(scene: Scene, settings: RuleSettings, group: Group) -> Iterator[Significance]:
    """The weight of each change, one by one."""
    for draft in (group.lead, *group.also):
        configured = _configured(scene, settings, draft)
        for change in draft.changes:
            own = configured
            if own is None and draft.quiet:
                own = Significance.NOISE
            elif own is None:
                own = _of(scene, change, RULES[draft.rule].significance)
            yield scene.weights.over(change, own)
    silent = _configured(scene, settings, group.lead) is not None
    for change in (*group.rest, *group.followed):
        own = Significance.NOISE if silent else _of(scene, change, CHANGED.significance)
        yield scene.weights.over(change, own)


def _configured(scene: Scene, settings: RuleSettings, draft: Draft) -> Significance | None:
    if not settings:
        return None
    return settings.configured(draft.rule, path_of(scene, draft))


def _highest(scene: Scene, changes: Iterable[Change], default: Significance) -> Significance:
    """Of many alike, one of each sort is asked."""
    sorts = {(c.collection, c.op, c.field, not c.significance): c for c in changes}
    return max((_of(scene, c, default) for c in sorts.values()), default=Significance.NOISE)


def _of(scene: Scene, change: Change, default: Significance) -> Significance:
    """Who is cited, and who or what only comes along with others, is noise by default."""
    if change.op == "changed":
        beside = scene.cites(change)
    else:
        beside = change.collection in scene.supporting
    default = Significance.NOISE if beside else default
    return of_change(change, scene.kind, default)
