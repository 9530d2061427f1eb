"""How firm a claim or a plan is (`x-ladder`)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from monitor.compare.cited import newest_first
from monitor.compare.rules.period import dates
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.compare.voices import cited, grade_of, provenance_of
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.said import Dates, Denied, Firmed, Weakened

# Publishers of a denied claim that are named.
PAPERS = 2

FIRMED = Rule(
    id="firmed",
    summary="A claim or a plan is firmer than before: higher on its ladder, or back on it.",
    significance=Significance.MAJOR,
    mirror="weakened",
)
WEAKENED = Rule(
    id="weakened",
    summary="A claim or a plan is less firm than before: lower on its ladder, or off it.",
    significance=Significance.MAJOR,
    mirror="firmed",
)


def _find_denials(scene: Scene) -> Iterator[Draft]:
    """Claims that fell to the bottom of their ladder, or off it, while nothing else of them is new
    but the state of the plan: a visit that is denied and so called off is one piece of news."""
    for path, collection in scene.kind.collections.items():
        fields = collection.provenance
        field = collection.fields.get(fields.firmness or "") if fields else None
        if field is None or not field.ladder or path not in scene.by_collection:
            continue
        for key, changes in scene.left(path):
            named = {change.field: change for change in changes if change.op == "changed"}
            status = named.get(field.name)
            if status is None or not _is_denial(field, status):
                continue
            state = collection.period.state if collection.period else None
            others = [c for name, c in named.items() if name not in (field.name, state)]
            if not any(_is_news(scene, change) for change in others):
                own = (status, named[state]) if state in named else (status,)
                said = _denied(scene, collection, (path, key), status)
                yield Draft(rule=WEAKENED.id, changes=own, focus=(path, key), said=said)


def _is_denial(field: Field, change: Change) -> bool:
    fell = bool(change.significance) and (
        _rule(field.ladder, change.before, change.after) is WEAKENED
    )
    raised = grade_of(field, None if change.before is MISSING else change.before) != "lowest"
    return fell and raised and grade_of(field, change.after) == "lowest"


def _is_news(scene: Scene, change: Change) -> bool:
    """Whether a change says something else, not who says it or in which words."""
    field = scene.field(change)
    aside = field is not None and (field.text or scene.supports(field))
    return bool(change.significance) and not aside and not scene.cites(change)


def _denied(scene: Scene, collection: Collection, ref: Ref, status: Change) -> Denied:
    now = provenance_of(scene, ref)
    fields, entity = collection.provenance, scene.old.get(*ref)
    voices = get(entity, fields.said_by) if fields and fields.said_by else MISSING
    claimed = scene.value(collection.fields.get((fields and fields.said_by) or ""), voices)
    text = next((get(entity, name) for name, f in collection.fields.items() if f.text), None)
    return Denied(
        label=status.label,
        parent=scene.parent_label(ref),
        status=now.status or str(status.after),
        before=str(scene.value(scene.field(status), status.before)),
        said_by=now.said_by if not same(voices, _voices(scene, collection, ref)) else None,
        claimed_by=", ".join(map(str, claimed)) if isinstance(claimed, list) else claimed,
        papers=_publishers(scene, cited(scene, ref, scene.old)),
        text=text if isinstance(text, str) else None,
        dates=dates(entity, collection.period) if collection.period else MISSING,
    )


def _voices(scene: Scene, collection: Collection, ref: Ref) -> Json | Missing:
    fields = collection.provenance
    return get(scene.new.get(*ref), fields.said_by) if fields and fields.said_by else MISSING


def _publishers(scene: Scene, identities: Sequence[str]) -> list[str]:
    """Who published the newest of some sources."""
    first = newest_first(identities, scene.published)[:PAPERS]
    return list(dict.fromkeys(scene.publisher(identity) for identity in first))


def _find_plans(scene: Scene) -> Iterator[Draft]:
    """The state of a planned thing."""
    for path, collection in scene.kind.collections.items():
        period = collection.period
        if period is None or path not in scene.by_collection:
            continue
        for ref, change, rule in _moves(scene, collection, {period.state}):
            said = _said(scene, ref, change, rule, dates(scene.entity(ref), period))
            yield Draft(rule=rule.id, changes=(change,), focus=ref, said=said, told=False)


def _find_claims(scene: Scene) -> Iterator[Draft]:
    """How firm anything else is; something new said with another status has not become firmer."""
    for path, collection in scene.kind.collections.items():
        ladders = {name for name, field in collection.fields.items() if field.ladder}
        if not ladders or path not in scene.by_collection:
            continue
        for ref, change, rule in _moves(scene, collection, ladders):
            said = _said(scene, ref, change, rule)
            yield Draft(rule=rule.id, changes=(change,), focus=ref, said=said, yields=True)


def _moves(
    scene: Scene, collection: Collection, names: Container[str | None]
) -> Iterator[tuple[Ref, Change, Rule]]:
    for ref, change in scene.each_left(collection.path):
        described = collection.fields.get(change.field or "")
        if change.field not in names or described is None or not change.significance:
            continue
        rule = _rule(described.ladder, change.before, change.after)
        if rule is not None:
            yield ref, change, rule


def _said(
    scene: Scene, ref: Ref, change: Change, rule: Rule, planned: Dates | Missing = MISSING
) -> Firmed | Weakened:
    return (Firmed if rule is FIRMED else Weakened)(
        label=change.label,
        parent=scene.parent_label(ref),
        field=scene.title(change),
        before=str(scene.value(scene.field(change), change.before)),
        after=str(scene.value(scene.field(change), change.after)),
        dates=planned,
    )


def _rule(ladder: tuple[str, ...], before: Json, after: Json) -> Rule | None:
    """What is off the ladder is below it; what is not stated is not weighed."""
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    was = ladder.index(before) if before in ladder else -1
    now = ladder.index(after) if after in ladder else -1
    if was == now:
        return None
    return FIRMED if now > was else WEAKENED


DENIALS = Family((), _find_denials)
PLANS = Family((FIRMED, WEAKENED), _find_plans)
CLAIMS = Family((), _find_claims)
