"""Who owns a change: rules propose, and this alone decides.

Families of rules are asked in their order. Within a family the better proposal goes first: that of
the earlier rule (a rule and its mirror stand alike), then the stronger, then the one of more
changes, then the one whose changes come first by collection, key and field. None of these looks at
which side is old, so that both directions decide alike. What a proposal asks for and another has
got is lost to it: one that is `divisible` stands on the rest, any other is dropped, and its family
is asked again about what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from monitor.compare.faults import ComparisonFaults
from monitor.compare.rules.rule import Draft, Family
from monitor.compare.scene import Scene
from monitor.kinds.values import token
from monitor.model.comparison import Change
from monitor.model.record import replace

Wanted: TypeAlias = Callable[[Draft], bool]
"""Whether a proposal is admitted at all: a rule may be narrowed to some paths by the config."""


def award(
    scene: Scene, family: Family, wanted: Wanted, faults: ComparisonFaults
) -> Iterator[Draft]:
    """The proposals of a family that hold, each with changes that nothing else owns."""
    while True:
        proposals: list[Draft] = faults.guard(
            f"rules {_names(family)}", lambda: _ask(scene, family, wanted), []
        )
        if not _contested(scene, proposals):
            for draft in proposals:
                scene.take(draft.changes)
            yield from proposals
            return
        held, lost = [], False
        for draft in sorted(proposals, key=lambda each: _rank(family, each)):
            kept = scene.free(draft.changes)
            if len(kept) < len({change.id for change in draft.changes}):
                lost = True
                if not kept or not draft.divisible:
                    continue
                draft = _on(kept, draft)  # noqa: PLW2901 - from here on it is what is left of it
            scene.take(draft.changes)
            held.append(draft)
        yield from held
        if not lost or not held:
            return


def _ask(scene: Scene, family: Family, wanted: Wanted) -> list[Draft]:
    """Everything a family says about what nothing owns yet; one rule that raises costs them all."""
    return [draft for draft in family.find(scene) if draft.changes and wanted(draft)]


def _contested(scene: Scene, proposals: list[Draft]) -> bool:
    """Whether two want the same change, or one what has an owner: only then is there to decide."""
    asked = [change.id for draft in proposals for change in draft.changes]
    return len(set(asked)) < len(asked) or scene.owned(asked)


def _rank(family: Family, draft: Draft) -> tuple[Any, ...]:
    places = {rule.id: place for place, rule in enumerate(family.rules)}
    alike = [rule.id for rule in family.rules if rule.mirror == draft.rule]
    place = min((places[name] for name in (draft.rule, *alike) if name in places), default=0)
    spots = sorted(_spot(change) for change in draft.changes)
    return place, -draft.strength, -len(draft.changes), spots


def _spot(change: Change) -> tuple[Any, ...]:
    """Where a change is, in a form that sorts; it says nothing of before and after."""
    key = tuple((name, *map(str, token(value))) for level in change.key for name, value in level)
    return change.collection, key, change.field or ""


def _on(kept: tuple[Change, ...], draft: Draft) -> Draft:
    """The same word on fewer changes; it speaks of an entity of which something is left."""
    refs = [(change.collection, change.key) for change in kept]
    focus = draft.focus if draft.focus is None or draft.focus in refs else refs[0]
    return replace(draft, changes=kept, focus=focus)


def _names(family: Family) -> str:
    """A family by the module that finds it; some share their rules with another."""
    return family.find.__module__.rpartition(".")[2]
