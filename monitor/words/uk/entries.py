"""Sentences on entities and fields that no other rule explains."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import (
    NOTHING_BESIDE,
    Added,
    AlikeChanged,
    Beside,
    Detail,
    Entity,
    FieldChanged,
    FieldsChanged,
    ManyAdded,
    ManyRemoved,
    NameChanged,
    OwnWords,
    Removed,
    Renewed,
    Reordered,
    SpanChanged,
)
from monitor.words import aspects
from monitor.words.clauses import names_amount
from monitor.words.uk.anew import besides, is_text, placed, said_anew, says, text_first
from monitor.words.uk.fields import edited_text, field
from monitor.words.uk.grammar import in_parent, section, small, when
from monitor.words.uk.held import MANY, alone, each, holding, members, no_longer
from monitor.words.uk.plans import amounts, facts_of, in_few, planned
from monitor.words.uk.plurals import ENTRIES, Forms, counted
from monitor.words.uk.stated import first_stated
from monitor.words.uk.values import both, listed, words

# Several fields are told in one sentence up to so many, and so long; else they are only named.
FIELDS = 3
LENGTH = 160
_NEW = Forms("новий запис", "нові записи", "нових записів")


def added(said: Added, beside: Beside) -> str:
    if beside.reserve is not None and beside.reserve.lowest:
        days = "" if said.dates is MISSING else when(said.dates)
        return ", ".join(part for part in (in_parent(said.label, said.parent), days) if part)
    if said.issue is not MISSING:
        return f"{_stated(said.party)} ({said.issue}), нова позиція: {_stance(said)}"
    if isinstance(said.state, str):
        dates = [] if said.dates is MISSING else said.dates
        told = planned(said.label, said.state, dates, facts_of(said)) + amounts(said)
        return told + in_few(said, beside)
    where = section(said.section, said.parent)
    if where and alone(said):
        return f"Розділ {where}, нове: {aspects.sentence(said.label, said.text)}"
    label = said.label if said.text else f"{said.label}{holding(said.label, None, said.facts)}"
    return f"Нове в розділі {where}: {label}" if where else f"Новий запис: {label}"


def removed(said: Removed) -> str:
    if said.issue is not MISSING:
        placed = _stated(said.position) or _stated(said.quantity)
        before = f", раніше — {_stance(said)}" if placed else ""
        return f"{_stated(said.party)} ({said.issue}): позицію більше не вказано{before}"
    where = section(said.section, said.parent)
    if where and alone(said):
        return f"Розділ {where}, більше не сказано: {aspects.sentence(said.label, said.text)}"
    return f"Більше немає{_in(where)}: {said.label}{holding(said.label, said.text, [])}"


def many_added(said: ManyAdded, beside: Beside) -> str:
    where = section(said.section, said.parent)
    told = each(said.entries, beside)
    if said.parent and said.number <= MANY:
        return f"Розділ {where}, нове: {told}"
    told = f"{counted(said.number, _NEW)}: {told}"
    return f"Розділ {where}, {told}" if where else told


def renewed(said: Renewed, beside: Beside) -> str:
    """`Розділ «Порядок денний» (п’ятий раунд), нове: мито; більше немає: колодязь`."""
    where = section(said.section, said.parent) or f"«{said.section}»"
    at = len(said.added)
    new = each(said.added, beside._replace(parts=beside.parts[:at]))
    gone = each(said.removed, beside._replace(parts=beside.parts[at:]))
    if aspects.told(beside.parts).sentences:
        end = no_longer(beside.parts[at:])
        return f"Розділ {where}, нове: {new.rstrip('.')}. {end[0].upper()}{end[1:]}: {gone}"
    return f"Розділ {where}, нове: {new}; більше немає: {gone}"


def many_removed(said: ManyRemoved, beside: Beside) -> str:
    where = section(said.section, said.parent)
    told = each(said.entries, beside)
    if said.parent and said.number <= MANY:
        return f"Розділ {where}, {no_longer(beside.parts)}: {told}"
    told = f"більше немає — {counted(said.number, ENTRIES)}: {told}"
    return f"Розділ {where}, {told}" if where else told


def _in(where: str) -> str:
    return f" в розділі {where}" if where else ""


def after_added(said: Added | ManyAdded, beside: Beside) -> str:
    if isinstance(said, ManyAdded):
        return ""
    placed = _stated(said.position) or _stated(said.quantity)
    told = tells(beside.own_words, said.text) or (said.issue is not MISSING and not placed)
    told = told or (isinstance(said, Added) and alone(said))
    text = "" if told or beside.members else said.text or ""
    if isinstance(said.state, str) and (part := aspects.instead_of_days(said, beside.parts)):
        beside = beside._replace(parts=tuple(one for one in beside.parts if one is not part))
    return " ".join(part for part in (_place(said, beside), text, members(beside)) if part)


def _place(said: Added, beside: Beside) -> str:
    """`Asks 20–50 years.`: how much a stance is about, if the kind's own sentence leaves it out;
    a mere place on a scale stands in the sentence."""
    own = beside.own_words
    if own is None or said.issue is MISSING or not _stated(said.quantity):
        return ""
    if (
        said.text is not None
        and tells(own, said.text)
        and names_amount(said.text, _stated(said.quantity))
    ):
        return ""
    values = [value for value in (_stated(said.position), _stated(said.quantity)) if value]
    told = " ".join(words(value) for value in values if not tells(own, value))
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def tells(own: OwnWords | None, text: Json) -> bool:
    """Whether a kind's own wording has the text in one of its slots."""
    return own is not None and any(
        value == text and f"{{{name}}}" in own.template for name, value in own.values.items()
    )


def _stance(said: Entity) -> str:
    quantity = words(said.quantity) if _stated(said.quantity) else ""
    position = f"«{said.position}»" if _stated(said.position) else ""
    return ", ".join(part for part in (position, quantity) if part) or said.text or "висловлено"


def _stated(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def field_changed(said: FieldChanged, beside: Beside = NOTHING_BESIDE) -> str:
    if first := first_stated(said.label, said.stated):
        return first
    if beside.where is not None:
        return placed(said.label, beside.where)
    if text := says(beside):
        own = Detail(said.field, "", text=is_text(said, text), before=said.before, after=said.after)
        also, others = besides([own], text)
        subject = _called(said.label, said.parent, beside)
        return text_first(subject, text, [*also, *map(_detailed, others)])
    subject = _subject(said.label, said.parent, beside)
    if said.prose is True and not edited_text(said.field, said.before, said.after, within=True):
        return f"{subject}{small(said.field)} — текст змінено"
    return subject + field(said.field, said.before, said.after, within=bool(subject))


def alike_changed(said: AlikeChanged) -> str:
    label = listed(said.labels, limit=6)
    return field_changed(
        FieldChanged(label, said.parent, said.section, said.field, said.before, said.after)
    )


def fields_changed(said: FieldsChanged, beside: Beside) -> str:
    if first := first_stated(said.label, said.stated):
        return first
    text, subject = says(beside), _called(said.label, said.parent, beside)
    known = named(beside)
    own = [
        detail
        for detail in beside.details
        if detail.of is MISSING and (known is None or (detail.before, detail.after) != known[:2])
    ]
    also, own = besides(own, text)
    told = [_detailed(each) for each in own]
    if len(told) > FIELDS or sum(map(len, told)) > LENGTH:
        told = [_only_named([each.label for each in own])]
    if beside.where is not None:
        return "; ".join(
            [placed(subject, beside.where), *told, *([said_anew(text)] if text else [])]
        )
    if text is not None:
        return text_first(subject, text, [*also, *told])
    told = told or [_only_named(said.fields)]
    return f"{subject}{': ' if subject else ''}{'; '.join(told)}"


def _detailed(detail: Detail) -> str:
    return field(detail.label, _stated(detail.before), _stated(detail.after))


def _only_named(fields: Sequence[str]) -> str:
    return f"змінено поля ({listed(list(dict.fromkeys(map(small, fields))), limit=4)})"


def span_changed(said: SpanChanged) -> str:
    subject = f"{said.parent}, {said.label}" if said.parent else said.label
    bound = "початок" if said.bound == "start" else "кінець"
    if said.before is None:
        return f"{subject}: {bound} — {words(said.after)}"
    if said.after is None:
        return f"{subject}: {bound} більше не вказано, раніше {words(said.before)}"
    old, new = both(said.before, said.after)
    return f"{subject}: {bound} — {new}, раніше {old}"


def _subject(label: str, parent: str | None, beside: Beside) -> str:
    return f"{_called(label, parent, beside)}: " if label else ""


def _called(label: str, parent: str | None, beside: Beside) -> str:
    """`Guillemot`, `islands (Routes)`; `Puffin, тепер Guillemot` з іншою назвою."""
    if known := named(beside):
        label = f"{known.before}, тепер {known.after}"
    return in_parent(label, parent)


def named(beside: Beside) -> NameChanged | None:
    said = (each.said for each in beside.also)
    return next((each for each in said if isinstance(each, NameChanged)), None)


def reordered(said: Reordered) -> str:
    """Entries of a list without keys that stand elsewhere in it; places count from 1."""
    place, names = section(said.section, said.parent), listed(said.entries)
    where = f"Розділ {place}" if place else "Перелік"
    if said.moved is None:
        return f"{where}: {counted(said.number, ENTRIES)} в іншому порядку ({names}, …)"
    (first, last), (now_first, now_last) = said.moved
    if first == now_first:
        return f"{where}: місцями помінялися {names} та інші"
    if said.number == 1:
        return f"{where}: {names} — інше місце, {first} → {now_first}"
    return (
        f"{where}: {counted(said.number, ENTRIES)} разом на інших місцях, "
        f"{first}–{last} → {now_first}–{now_last} ({names})"
    )
