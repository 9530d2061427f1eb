"""What no other rule explains. These are not found in the changes but left by the other rules."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from monitor.compare.rules.period import dates
from monitor.compare.rules.position import stance_names
from monitor.compare.rules.rule import Draft, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json, Significance

# Characters of an entry without a key that are shown.
CONTENT = 80
# From this length on both sides a text is prose.
PROSE = 80

_SLOT = re.compile(r"\{([^{}]+)\}")

ADDED = Rule(
    id="added",
    summary="An entity is new, with all that belongs to it.",
    significance=Significance.MINOR,
    mirror="removed",
)
REMOVED = Rule(
    id="removed",
    summary="An entity is gone, with all that belonged to it.",
    significance=Significance.MINOR,
    mirror="added",
)
CHANGED = Rule(
    id="changed",
    summary="Fields changed in a way that no other rule explains.",
    significance=Significance.MINOR,
    mirror="changed",
)

RULES = (ADDED, REMOVED, CHANGED)


def draft_whole(scene: Scene, ref: Ref, change: Change) -> Draft:
    """An entity that was added or removed."""
    collection = scene.collection(ref[0])
    entity = change.after if change.op == "added" else change.before
    arguments: dict[str, Json] = {
        "label": f"{change.label}{_content(collection, entity)}",
        "parent": scene.parent_label(ref),
        "section": collection.title,
        "facts": _facts(scene, ref, entity),
        "text": _text(collection, entity),
    } | stance_names(scene, collection, entity)
    if collection.position is not None and (name := collection.position.quantity):
        arguments["quantity"] = scene.value(collection.fields.get(name), get(entity, name))
    if collection.period is not None:
        arguments["dates"] = dates(entity, collection.period)
        state = get(entity, collection.period.state) if collection.period.state else None
        arguments["state"] = state if isinstance(state, str) else None
    rule = ADDED if change.op == "added" else REMOVED
    return Draft(rule=rule.id, changes=(change,), focus=ref, arguments=arguments)


def draft_many(scene: Scene, refs: Sequence[Ref], changes: Sequence[Change]) -> Draft:
    """Several entries that were added to, or removed from, the same list."""
    first = changes[0]
    rule = ADDED if first.op == "added" else REMOVED
    return Draft(
        rule=rule.id,
        changes=tuple(changes),
        focus=None,
        others=tuple(refs),
        arguments={
            "section": scene.collection(first.collection).title,
            "parent": scene.parent_label(refs[0]),
            "count": len(changes),
            "entries": [change.label for change in changes],
        },
    )


def draft_fields(scene: Scene, ref: Ref, changes: Sequence[Change]) -> Draft:
    """Fields of one entity; a single one is told in the sentence, several as details."""
    arguments: dict[str, Json] = {
        "label": changes[0].label,
        "parent": scene.parent_label(ref),
        "section": scene.collection(ref[0]).title,
    }
    telling = [change for change in changes if change.significance and not scene.cites(change)]
    if len(changes) == 1 or len(telling) == 1:
        change = (telling or changes)[0]
        field = scene.field(change)
        arguments["field"] = scene.title(change)
        arguments["before"] = scene.value(field, change.before)
        arguments["after"] = scene.value(field, change.after)
        if is_prose(change):
            arguments["prose"] = True
    else:
        arguments["fields"] = [scene.title(change) for change in telling or changes]
    first = _first_position(scene, ref, telling)
    return Draft(
        rule=CHANGED.id,
        changes=tuple(changes),
        focus=ref,
        arguments=arguments | first,
        told="field" in arguments and not first and "prose" not in arguments,
    )


def is_prose(change: Change) -> bool:
    """Whether a change of a text is better shown word by word, whatever the kind says of it."""
    sides = (change.before, change.after)
    return all(isinstance(side, str) and len(side) >= PROSE for side in sides)


def _first_position(scene: Scene, ref: Ref, changes: Sequence[Change]) -> dict[str, Json]:
    """Of a stance that is put on a scale for the first time, its word and what is said of it."""
    collection = scene.collection(ref[0])
    position = collection.position
    named = position is not None and any(
        change.field == position.value and change.before in (None, MISSING) for change in changes
    )
    if not named:
        return {}
    entity = scene.entity(ref)
    return stance_names(scene, collection, entity) | {"text": _text(collection, entity)}


def _facts(scene: Scene, ref: Ref, entity: Json) -> list[Json]:
    """What the kind's plain fields say of a new entity: `{"label", "value"}`, in the kind's order.

    Keys, references, what the label names, dates, texts and who says so are told elsewhere.
    """
    facts = []
    for name, field in scene.read(_plain_fields, ref[0]):
        value = get(entity, name)
        if value is not MISSING and value is not None and value != []:
            facts.append({"label": field.title, "value": scene.value(field, value)})
    return facts


def _plain_fields(collection: Collection) -> list[tuple[str, Field]]:
    silent = _told_elsewhere(collection)
    return [
        (name, field)
        for name, field in collection.fields.items()
        if name not in silent and not _is_aside(field)
    ]


def _is_aside(field: Field) -> bool:
    """Prose, references and what the kind calls noise."""
    noise = Significance.NOISE in field.significance.values()
    return field.text or field.ref is not None or noise


def _content(collection: Collection, entity: Json) -> str:
    """What an entry holds that nothing but its place identifies."""
    if collection.keys or not isinstance(entity, dict | list):
        return ""
    text = json.dumps(entity, ensure_ascii=False)
    return f" ({text if len(text) <= CONTENT else f'{text[:CONTENT]}…'})"


def _text(collection: Collection, entity: Json) -> str | None:
    """The first of the entity's texts."""
    texts = (get(entity, name) for name, field in collection.fields.items() if field.text)
    return next((text for text in texts if isinstance(text, str)), None)


def _told_elsewhere(collection: Collection) -> set[str | None]:
    names: set[str | None] = {name for key in collection.keys for name in key}
    names |= set(_SLOT.findall(collection.label or ""))
    for part in (collection.provenance, collection.period, collection.position):
        if part is not None:
            names |= set(part)
    names.add(collection.aliases)
    return names
