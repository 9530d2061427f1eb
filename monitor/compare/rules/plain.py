"""What no other rule explains. These are not found in the changes but left by the other rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from monitor.compare.bare_facts import bare_facts
from monitor.compare.prose import is_long
from monitor.compare.rules.period import dates
from monitor.compare.rules.position import stance_names
from monitor.compare.rules.regrouped import RECOMPOSED
from monitor.compare.rules.rule import Draft, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.patterns import regex
from monitor.model.said import (
    NOT_A_STANCE,
    Added,
    Dates,
    Fact,
    FieldChanged,
    FieldsChanged,
    ManyAdded,
    ManyRemoved,
    Removed,
    Renewed,
    SpanChanged,
    Stated,
)

# Characters of an entry without a key that are shown.
CONTENT = 80

_SLOT = regex(r"\{([^{}]+)\}")

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
    quantity: Json | Missing = MISSING
    if collection.position is not None and (name := collection.position.quantity):
        quantity = scene.value(collection.fields.get(name), get(entity, name))
    planned: Dates | Missing = MISSING
    state: Json | Missing = MISSING
    if collection.period is not None:
        planned = dates(entity, collection.period)
        named = get(entity, collection.period.state) if collection.period.state else None
        described = collection.fields.get(collection.period.state or "")
        state = scene.value(described, named) if isinstance(named, str) else None
    added = change.op == "added"
    facts = facts_of(scene, ref, entity)
    said = (Added if added else Removed)(
        f"{change.label}{_content(collection, entity)}",
        scene.parent_label(ref),
        collection.title,
        facts,
        text_of(collection, entity),
        *stance_names(scene, collection, entity),
        quantity=quantity,
        dates=planned,
        state=state,
        aspect=aspect_of(collection, change, facts),
    )
    return Draft(rule=(ADDED if added else REMOVED).id, changes=(change,), focus=ref, said=said)


def draft_many(scene: Scene, refs: Sequence[Ref], changes: Sequence[Change]) -> Draft:
    """Several entries that were added to, or removed from, the same list."""
    added = changes[0].op == "added"
    return Draft(
        rule=(ADDED if added else REMOVED).id,
        changes=tuple(changes),
        focus=None,
        others=tuple(refs),
        said=(ManyAdded if added else ManyRemoved)(
            section=scene.collection(changes[0].collection).title,
            parent=scene.parent_label(refs[0]),
            number=len(changes),
            entries=[change.label for change in changes],
        ),
    )


def draft_renewed(scene: Scene, added: Sequence[Change], removed: Sequence[Change]) -> Draft:
    """Entries of one list below an entity, of which some came and some went."""
    changes = (*added, *removed)
    first = added[0]
    return Draft(
        rule=RECOMPOSED.id,
        changes=changes,
        focus=None,
        others=tuple((change.collection, change.key) for change in changes),
        shares=((ADDED.id, tuple(added)), (REMOVED.id, tuple(removed))),
        said=Renewed(
            section=scene.collection(first.collection).title,
            parent=scene.parent_label((first.collection, first.key)),
            added=[change.label for change in added],
            removed=[change.label for change in removed],
        ),
    )


def draft_fields(scene: Scene, ref: Ref, changes: Sequence[Change]) -> Draft:
    """Fields of one entity; a single one is told in the sentence, several as details."""
    label, parent = changes[0].label, scene.parent_label(ref)
    if scene.collection(ref[0]).span is not None and parent:
        label, parent = f"{parent}, {label}", None
    section = scene.collection(ref[0]).title
    telling = [change for change in changes if change.significance and not scene.cites(change)]
    stated = _first_position(scene, ref, telling)
    said: FieldChanged | FieldsChanged | SpanChanged
    spanned = _span_changed(scene, ref, telling)
    if spanned is not None:
        said, told = spanned, True
    elif len(changes) == 1 or len(telling) == 1:
        change = (telling or changes)[0]
        field, prose = scene.field(change), is_prose(change)
        said = FieldChanged(
            label,
            parent,
            section,
            field=scene.title(change),
            before=scene.value(field, change.before),
            after=scene.value(field, change.after),
            prose=True if prose else MISSING,
            stated=stated,
        )
        told = stated is NOT_A_STANCE and not prose
    else:
        fields = [scene.title(change) for change in telling or changes]
        said = FieldsChanged(label, parent, section, fields, stated)
        told = False
    return Draft(rule=CHANGED.id, changes=tuple(changes), focus=ref, said=said, told=told)


def _span_changed(scene: Scene, ref: Ref, changes: Sequence[Change]) -> SpanChanged | None:
    """The one telling change where it is the first or last day of a term or the like."""
    collection = scene.collection(ref[0])
    span, path = collection.span, changes[0].field if len(changes) == 1 else None
    if span is None or path is None or path not in (span.start, span.end):
        return None
    before, after = (
        None if side is MISSING else side for side in (changes[0].before, changes[0].after)
    )
    if not all(side is None or isinstance(side, str) for side in (before, after)):
        return None
    started = path != span.start
    return SpanChanged(
        label=scene.labels.span(span, scene.entity(ref), started=started) or changes[0].label,
        parent=scene.parent_label(ref),
        section=collection.title,
        bound="end" if started else "start",
        before=before,
        after=after,
    )


def is_prose(change: Change) -> bool:
    """Whether a change of a text is better shown word by word, whatever the kind says of it."""
    return is_long(change.before, change.after)


def _first_position(scene: Scene, ref: Ref, changes: Sequence[Change]) -> Stated:
    """Of a stance that is put on a scale for the first time, its word and what is said of it."""
    collection = scene.collection(ref[0])
    position = collection.position
    named = position is not None and any(
        change.field == position.value and change.before in (None, MISSING) for change in changes
    )
    if not named:
        return NOT_A_STANCE
    entity = scene.entity(ref)
    return Stated(*stance_names(scene, collection, entity), text=text_of(collection, entity))


def facts_of(scene: Scene, ref: Ref, entity: Json | Missing) -> list[Fact]:
    """What the kind's plain fields say of a new entity, in the kind's order.

    Keys, references, what the label names, dates, texts and who says so are told elsewhere.
    """
    if scene.kind.inferred:
        return bare_facts(scene, scene.collection(ref[0]), None if entity is MISSING else entity)
    facts = []
    for name, field in scene.read(_plain_fields, ref[0]):
        value = get(entity, name)
        if value is not MISSING and value is not None and value != []:
            facts.append(Fact(field.title, scene.value(field, value)))
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


def text_of(collection: Collection, entity: Json) -> str | None:
    """The first of the entity's texts."""
    texts = (get(entity, name) for name, field in collection.fields.items() if field.text)
    return next((text for text in texts if isinstance(text, str)), None)


def aspect_of(
    collection: Collection, change: Change, facts: Sequence[Fact]
) -> Literal[True] | Missing:
    """Whether an entry below another is no more than a text and a word that says of what: no name,
    which has a capital, and nothing that refers to anything."""
    fields = [collection.fields.get(name) for key in collection.keys for name in key]
    alone = len(fields) == 1 and fields[0] is not None and fields[0].ref is None
    is_word = change.label[:1].islower() and change.label in dict(change.key[-1]).values()
    return True if alone and is_word and not facts and len(change.key) > 1 else MISSING


def _told_elsewhere(collection: Collection) -> set[str | None]:
    names: set[str | None] = {name for key in collection.keys for name in key}
    names |= set(_SLOT.findall(collection.label or ""))
    for part in (collection.provenance, collection.position):
        if part is not None:
            names |= set(part)
    if collection.period is not None:
        names |= set(collection.period.fields)
    names.add(collection.aliases)
    return names
