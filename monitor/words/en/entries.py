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
from monitor.words.en.anew import besides, is_text, placed, said_anew, says, text_first
from monitor.words.en.fields import edited_text, field
from monitor.words.en.grammar import in_parent, possessive, section, small, when
from monitor.words.en.held import MANY, alone, each, holding, members, no_longer
from monitor.words.en.plans import amounts, facts_of, in_few, planned
from monitor.words.en.stated import first_stated
from monitor.words.en.values import both, listed, words

# Several fields are told in one sentence up to so many, and so long; else they are only named.
FIELDS = 3
LENGTH = 160


def added(said: Added, beside: Beside) -> str:
    if beside.reserve is not None and beside.reserve.lowest:
        days = "" if said.dates is MISSING else when(said.dates)
        return ", ".join(part for part in (in_parent(said.label, said.parent), days) if part)
    if said.issue is not MISSING:
        return f"{_stated(said.party)} now says on {said.issue}: {_stance(said)}"
    if isinstance(said.state, str):
        dates = [] if said.dates is MISSING else said.dates
        told = planned(said.label, said.state, dates, facts_of(said)) + amounts(said)
        return told + in_few(said, beside)
    where = section(said.section, said.parent)
    if where and alone(said):
        return f"{where}, new: {aspects.sentence(said.label, said.text)}"
    held = "" if said.text else holding(said.label, None, said.facts)
    return f"New in {where}: {said.label}{held}" if where else f"{said.label} is new{held}"


def removed(said: Removed) -> str:
    if said.issue is not MISSING:
        placed = _stated(said.position) or _stated(said.quantity)
        before = f"; before: {_stance(said)}" if placed else ""
        whose = possessive(_stated(said.party))
        return f"{whose} position on {said.issue} is no longer stated{before}"
    where = section(said.section, said.parent)
    if where and alone(said):
        return f"{where}, no longer said: {aspects.sentence(said.label, said.text)}"
    label = f"{said.label}{holding(said.label, said.text, [])}"
    return f"No longer in {where}: {label}" if where else f"{said.label} is no longer listed"


def many_added(said: ManyAdded, beside: Beside) -> str:
    where = section(said.section, said.parent)
    told = each(said.entries, beside)
    if said.parent and said.number <= MANY:
        return f"{where}, new: {told}"
    return f"{said.number} new in {where}: {told}" if where else f"{said.number} are new: {told}"


def renewed(said: Renewed, beside: Beside) -> str:
    """`Agenda of the fifth round, new: the toll; no longer listed: the well`."""
    where = section(said.section, said.parent) or said.section
    at = len(said.added)
    new = each(said.added, beside._replace(parts=beside.parts[:at]))
    gone = each(said.removed, beside._replace(parts=beside.parts[at:]))
    if aspects.told(beside.parts).sentences:
        return f"{where}, new: {new.rstrip('.')}. {no_longer(beside.parts[at:])}: {gone}"
    return f"{where}, new: {new}; no longer listed: {gone}"


def many_removed(said: ManyRemoved, beside: Beside) -> str:
    where = section(said.section, said.parent)
    told = each(said.entries, beside)
    if not where:
        return f"{said.number} are no longer listed: {told}"
    if said.parent and said.number <= MANY:
        return f"{where}, {small(no_longer(beside.parts))}: {told}"
    return f"{said.number} no longer in {where}: {told}"


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
    position = f"“{said.position}”" if _stated(said.position) else ""
    return " ".join(part for part in (position, quantity) if part) or said.text or "stated"


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
    subject = _subject(said.label, said.parent, beside, said.field)
    if said.prose is True and not edited_text(said.field, said.before, said.after, within=True):
        return f"{subject}{small(said.field)} is reworded"
    told = field(said.field, said.before, said.after, within=bool(subject))
    if said.label.endswith(f" {small(said.field)}"):
        # `Ash's answer in the offer changes from …`: the label has the field already.
        called = _called(said.label, said.parent, beside)
        return f"{called} {told.removeprefix(small(said.field)).lstrip()}"
    return subject + told


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
    return f"{listed(list(dict.fromkeys(map(small, fields))), limit=4)} changed"


def span_changed(said: SpanChanged) -> str:
    """`Ana Ruiz: the term as lower now ends 30 June 2022, before 5 January 2023`."""
    subject = f"{said.parent}: the {said.label}" if said.parent else f"The {said.label}"
    verb = "begins" if said.bound == "start" else "ends"
    if said.before is None:
        return f"{subject} now {verb} {words(said.after)}"
    if said.after is None:
        noun = "beginning" if said.bound == "start" else "end"
        return f"{subject} no longer has a stated {noun}, before {words(said.before)}"
    old, new = both(said.before, said.after)
    return f"{subject} now {verb} {new}, before {old}"


def _subject(label: str, parent: str | None, beside: Beside, field: str) -> str:
    """Nothing stands between it and what is said of it where that has no name."""
    end = ": " if field else " "
    return f"{_called(label, parent, beside)}{end}" if label else ""


def _called(label: str, parent: str | None, beside: Beside) -> str:
    """`Guillemot`, `islands in Routes`; `Puffin, now called Guillemot` of one with another name."""
    if known := named(beside):
        label = f"{known.before}, now called {known.after}"
    return in_parent(label, parent)


def named(beside: Beside) -> NameChanged | None:
    said = (each.said for each in beside.also)
    return next((each for each in said if isinstance(each, NameChanged)), None)


def reordered(said: Reordered) -> str:
    """Entries of a list without keys that stand elsewhere in it; places count from 1."""
    where, names = section(said.section, said.parent) or "the list", listed(said.entries)
    if said.moved is None:
        return f"{said.number} entries of {where} stand in another order ({names}, …)"
    (first, last), (now_first, now_last) = said.moved
    if first == now_first:
        return f"In {where}, {names} and others have changed places"
    if said.number == 1:
        return f"In {where}, {names} moves from place {first} to place {now_first}"
    return (
        f"In {where}, {said.number} neighbours move together from places {first}–{last} to "
        f"{now_first}–{now_last} ({names})"
    )
