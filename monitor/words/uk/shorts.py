"""Sentences in their shortest true form: what is new, without what was and without the details."""

from __future__ import annotations

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import (
    Added,
    Beside,
    BroughtForward,
    DateLoosened,
    Dates,
    DateSet,
    Disagreement,
    EndMoved,
    Extended,
    FieldChanged,
    FieldsChanged,
    Firmed,
    Joined,
    Left,
    PositionMove,
    Recomposed,
    Replaced,
    Rescheduled,
    Reworded,
    RoleChanged,
    Said,
    TookPlace,
    Where,
)
from monitor.words.company import also_moved
from monitor.words.uk import claims, many, membership
from monitor.words.uk.anew import moved, place, placed, weightiest
from monitor.words.uk.entries import added, named
from monitor.words.uk.grammar import in_parent, small, when
from monitor.words.uk.plans import changed_facts, facts_of, in_few
from monitor.words.uk.values import from_to, words

FACTS = 2
"""What is told of an entry of which no kind says what matters."""

PLACE = 30
"""Characters of the one fact that is told of a plan: where it is."""


def short(said: Said, beside: Beside, year: str) -> str:  # noqa: C901, PLR0911, PLR0912
    match said:
        case Replaced():
            return f"{said.label} тепер {said.role}, {said.parent}"
        case Joined():
            return membership.joined(said._replace(size=MISSING, formerly=MISSING))
        case Left():
            return membership.left(said._replace(size=MISSING))
        case Recomposed():
            return membership.resized(said)
        case RoleChanged() if said.before is not None and said.after is not None:
            return f"{said.parent}, {said.label}: тепер {words(said.after)}"
        case TookPlace() | FieldChanged() | FieldsChanged() if beside.where is not None:
            return placed(said.label, beside.where)
        case TookPlace():
            days = _days(said.dates, year)
            held = f"відбулося {days}" if days else "подія відбулася"
            return f"{said.label}: {'завершено' if said.over is True else held}"
        case Rescheduled() if moved(beside.where):
            return _moved(said.label, beside.where, _days(said.after, year))
        case Firmed() if said.dates is not MISSING and moved(beside.where):
            return _moved(said.label, beside.where, _days(said.dates, year))
        case DateSet() | DateLoosened():
            how = "дату уточнено" if isinstance(said, DateSet) else "точної дати вже немає"
            return f"{said.label}: {how}, {_days(said.after, year)}"
        case Rescheduled():
            way = "раніше" if isinstance(said, BroughtForward) else "пізніше"
            return f"{said.label}: перенесено на {way}, {_days(said.after, year)}"
        case EndMoved():
            how = "продовжено" if isinstance(said, Extended) else "скорочено"
            return f"{said.label}: {how} до {_days((said.after, None), year)}"
        case Firmed() if said.dates is not MISSING:
            facts = [*(beside.where.after if beside.where else ()), *changed_facts(beside)]
            return _planned(said.label, said.after, said.dates, facts, year)
        case Added() if any(fact.named is True for fact in said.facts):
            return added(said._replace(facts=said.facts[:FACTS]), beside)
        case Added() if isinstance(said.state, str):
            dates = () if said.dates is MISSING else said.dates
            told = _planned(said.label, said.state, dates, facts_of(said), year)
            return told + in_few(said, beside)
        case Reworded():
            return ""
        case FieldChanged() | FieldsChanged() if called := named(beside):
            return many.name_changed(called)
        case PositionMove() | FieldChanged() | FieldsChanged() if first := weightiest(said, beside):
            return first
        case PositionMove():
            return _position(said, beside)
        case Disagreement():
            return claims.otherwise(said)
        case FieldChanged() if said.prose is MISSING and said.stated.position is MISSING:
            return _fields([(said.field, said.after)], said)
        case FieldsChanged() if said.stated.position is MISSING:
            own = [each for each in beside.details if each.of is MISSING]
            return _fields([(each.label, each.after) for each in own], said)
        case _:
            return ""


def _moved(label: str, where: Where | None, days: str) -> str:
    to = "" if where is None else place(where.after)
    return f"{label} переноситься, {to}{': ' if days else ''}{days}"


def _planned(label: str, state: str, dates: Dates, facts: list[Json], year: str) -> str:
    told = [fact for fact in facts if isinstance(fact, str) and len(fact) <= PLACE]
    told = [fact for fact in told if fact not in label and fact not in dates][:1]
    if days := _days(dates, year):
        told.append(days)
    beside = f" ({', '.join(told)})" if told else ""
    return f"{label}: {state}{beside}"


def _days(dates: Dates, year: str) -> str:
    return when(dates).removesuffix(f" {year}")


def _position(said: PositionMove, beside: Beside) -> str:
    """Of a stance its word with its number, where both moved."""
    subject = said.label
    other = also_moved(said, beside)
    if said.issue is not MISSING and other is not None:
        number, word = sorted((said.after, other.after), key=lambda side: isinstance(side, str))
        return f"{subject}: тепер «{words(word)}» {words(number)}"
    if said.issue is MISSING:
        subject = f"{in_parent(said.label, said.parent)}, {small(said.field)}"
    old, new = from_to(said.before, said.after)
    was = f", раніше {old}" if isinstance(said.before, dict) else ""
    return f"{subject}: тепер {new}{was}"


def _fields(told: list[tuple[str, Json | Missing]], said: FieldChanged | FieldsChanged) -> str:
    """The new values; what went is told as such. Nothing where they are long."""
    parts = [
        f"{small(name)} — більше не вказано"
        if value is None or value is MISSING
        else f"{small(name)} — тепер {words(value)}"
        for name, value in told
        if not isinstance(value, list)
    ]
    if not parts or len(parts) < len(told):
        return ""
    subject = in_parent(said.label, said.parent)
    return f"{subject}: {'; '.join(parts)}" if subject else "; ".join(parts)
