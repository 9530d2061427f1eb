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
from monitor.words.en import claims, many, membership
from monitor.words.en.anew import moved, place, placed, weightiest
from monitor.words.en.entries import added, named
from monitor.words.en.grammar import hyphenless, in_parent, is_, small, when
from monitor.words.en.plans import changed_facts, facts_of, in_few
from monitor.words.en.values import from_to, listed, words

FACTS = 2
"""What is told of an entry of which no kind says what matters."""

PLACE = 30
"""Characters of the one fact that is told of a plan: where it is."""


def short(said: Said, beside: Beside, year: str) -> str:  # noqa: C901, PLR0911, PLR0912
    match said:
        case Replaced():
            return f"{said.label} replaces {said.former} as {said.role}"
        case Joined():
            return membership.joined(said._replace(size=MISSING, formerly=MISSING))
        case Left():
            return membership.left(said._replace(size=MISSING))
        case Recomposed():
            return membership.resized(said)
        case RoleChanged() if said.before is not None and said.after is not None:
            return f"{said.label} is now {words(said.after)} in {said.parent}"
        case TookPlace() | FieldChanged() | FieldsChanged() if beside.where is not None:
            return placed(said.label, beside.where)
        case TookPlace():
            return f"{said.label} {'ended' if said.over is True else 'took place'}"
        case Rescheduled() if moved(beside.where):
            return _moved(said.label, beside.where, _days(said.after, year))
        case Firmed() if said.dates is not MISSING and moved(beside.where):
            return _moved(said.label, beside.where, _days(said.dates, year))
        case DateSet() | DateLoosened():
            only = "only " if isinstance(said, DateLoosened) else ""
            return f"{said.label} is now {only}set for {_days(said.after, year)}"
        case Rescheduled():
            way = "is brought forward" if isinstance(said, BroughtForward) else "slips"
            return f"{said.label} {way} to {_days(said.after, year)}"
        case EndMoved():
            how = "extended" if isinstance(said, Extended) else "cut short"
            return f"{said.label} is {how} to {_days((said.after, None), year)}"
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
    return f"{label} moves to {to}{': ' if days else ''}{days}"


def _planned(label: str, state: str, dates: Dates, facts: list[Json], year: str) -> str:
    told = [fact for fact in facts if isinstance(fact, str) and len(fact) <= PLACE]
    told = [fact for fact in told if fact not in label and fact not in dates][:1]
    if days := _days(dates, year):
        told.append(days)
    return f"{label} is {hyphenless(state)}{': ' if told else ''}{', '.join(told)}"


def _days(dates: Dates, year: str) -> str:
    return when(dates).removesuffix(f" {year}")


def _position(said: PositionMove, beside: Beside) -> str:
    """Of a stance its word with its number, where both moved."""
    subject = said.label
    other = also_moved(said, beside)
    if said.issue is not MISSING and other is not None:
        number, word = sorted((said.after, other.after), key=lambda side: isinstance(side, str))
        return f"{subject}: now {words(number)}, “{words(word)}”"
    if said.issue is MISSING:
        subject = f"{in_parent(said.label, said.parent)}: {small(said.field)}"
    old, new = from_to(said.before, said.after)
    was = f", before {old}" if isinstance(said.before, dict) else ""
    return f"{subject}: now {new}{was}"


def _fields(told: list[tuple[str, Json | Missing]], said: FieldChanged | FieldsChanged) -> str:
    """The new values; what went is told as such. Nothing where they are long."""
    parts = [
        f"{is_(small(name))} no longer stated"
        if value is None or value is MISSING
        else f"{is_(small(name))} now {words(value)}"
        for name, value in told
        if not isinstance(value, list)
    ]
    if not parts or len(parts) < len(told):
        return ""
    subject = in_parent(said.label, said.parent)
    return f"{subject}: {listed(parts)}" if subject else listed(parts)
