"""How much a finding matters: the highest of its changes, unless the config names its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        for rule, changes, configured in _parts(scene, settings, draft):
            told = configured
            if told is None:
                own = RULES[rule].significance if draft.weight is None else draft.weight
                told = _at_most(draft, _highest(scene, changes, own))
            found = max(found, told)
    if _configured(scene, settings, group.lead) is not None:
        return found
    return max(found, _highest(scene, group.rest, CHANGED.significance))


def _each_weighed(scene: Scene, settings: RuleSettings, group: Group) -> Iterator[Significance]:
    """The weight of each change, one by one."""
    for draft in (group.lead, *group.also):
        for rule, changes, configured in _parts(scene, settings, draft):
            for change in changes:
                own = configured
                if own is None:
                    own = _at_most(draft, _of(scene, change, RULES[rule].significance))
                yield scene.weights.over(change, own)
    silent = _configured(scene, settings, group.lead) is not None
    for change in (*group.rest, *group.followed):
        own = Significance.NOISE if silent else _of(scene, change, CHANGED.significance)
        yield scene.weights.over(change, own)


def _at_most(draft: Draft, found: Significance) -> Significance:
    return min(found, Significance.MINOR) if draft.formal else found


def _parts(
    scene: Scene, settings: RuleSettings, draft: Draft
) -> Iterator[tuple[str, Sequence[Change], Significance | None]]:
    """The changes of a proposal by the rule that would have told them by themselves, with what
    the config says of that rule; its word on the proposal's own rule goes before."""
    configured = _configured(scene, settings, draft)
    if configured is None and draft.quiet:
        configured = Significance.NOISE
    if configured is not None or not draft.shares:
        yield draft.rule, draft.changes, configured
        return
    path = path_of(scene, draft) if settings else ""
    for rule, changes in draft.shares:
        yield rule, changes, settings.configured(rule, path)


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
