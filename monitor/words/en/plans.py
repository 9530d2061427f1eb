"""Sentences on planned things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.edtf import is_fuzzy
from monitor.model.said import (
    Added,
    Beside,
    BroughtForward,
    Cancelled,
    DateLoosened,
    Dates,
    DateSet,
    Detail,
    Extended,
    Rescheduled,
    Shortened,
    Slipped,
    TookPlace,
    Where,
)
from monitor.words import aspects
from monitor.words.en.anew import and_is, placed, saying
from monitor.words.en.fields import field
from monitor.words.en.grammar import hyphenless, small, when
from monitor.words.en.values import date_range, date_words, words

SHORT = 40
"""Characters of a fact that is told with its plan."""

FACTS = 3


def cancelled(said: Cancelled) -> str:
    since = "" if said.since is MISSING else f", since {date_words(said.since)}"
    return f"{said.label} is {hyphenless(said.state)}{since}"


def took_place(said: TookPlace, beside: Beside) -> str:
    if said.over is True:
        return saying(f"{said.label} ended{ended(said.dates[1])}", beside)
    days = when(said.dates)
    held = placed(said.label, beside.where) if beside.where else f"{said.label} took place"
    told = with_facts(f"{held}{', ' if days else ''}{days}", beside, fresh=False)
    return saying(told, beside)


def ended(day: Json) -> str:
    """` on 12 August 2031`; what is not known to the day stands in brackets."""
    return f" ({date_words(str(day))})" if is_fuzzy(day) else f" on {date_words(str(day))}"


def slipped(said: Slipped, beside: Beside) -> str:
    return _rescheduled("slips from {} to {}", said, beside)


def brought_forward(said: BroughtForward, beside: Beside) -> str:
    return _rescheduled("is brought forward from {} to {}", said, beside)


def date_set(said: DateSet, beside: Beside) -> str:
    return _rescheduled("is now set for {1} (so far: {0})", said, beside)


def date_loosened(said: DateLoosened, beside: Beside) -> str:
    return _rescheduled("is now only set for {1} (so far: {0})", said, beside)


def _rescheduled(told: str, said: Rescheduled, beside: Beside) -> str:
    days = told.format(date_range(*said.before), date_range(*said.after))
    told = with_facts(and_is(said.label, days, beside.where), beside, fresh=True)
    return saying(told, beside)


def extended(said: Extended) -> str:
    return f"{said.label} is extended from {_from_to(said.before, said.after)}"


def shortened(said: Shortened) -> str:
    return f"{said.label} is cut short, from {_from_to(said.before, said.after)}"


def _from_to(before: str, after: str) -> str:
    """`12 December to 15 December 2033`: a year that both have is said once."""
    exact = not is_fuzzy(before) and not is_fuzzy(after)
    same = exact and before[:4] == after[:4]
    return f"{date_words(before[:10] if same else before, year=not same)} to {date_words(after)}"


def planned(
    label: str, state: str, dates: Dates, facts: Iterable[Json], where: Where | None = None
) -> str:
    """`The third round is announced: Geneva, 17–18 February 2026`; the label is not repeated.

    One that moves to another place says so first.
    """
    told = [fact for fact in map(words, _short(facts, dates)) if fact not in label]
    if where is not None and where.after and not where.before:
        told = [*where.after, *told]
    if days := when(dates):
        told.append(days)
    state = f"is {hyphenless(state)}{': ' if told else ''}{', '.join(told)}"
    return and_is(label, state, where) if where is not None and where.before else f"{label} {state}"


def facts_of(said: Added) -> list[Json]:
    """What a new entity says of itself."""
    return [fact.value for fact in said.facts]


def amounts(said: Added) -> str:
    """`, cost at least 300 million crowns`: the quantities of a new plan."""
    told = [fact for fact in said.facts if isinstance(fact.value, dict)]
    return "".join(f", {small(fact.label)} {words(fact.value)}" for fact in told[:FACTS])


def in_few(said: Added, beside: Beside) -> str:
    """`; time: within ten days`: what a plan without days says in their place."""
    part = aspects.instead_of_days(said, beside.parts)
    if part is None or part.text is None:
        return ""
    text = part.text.rstrip(".")
    return f"; {small(part.label)}: {text[:1].lower()}{text[1:]}"


def changed_facts(beside: Beside) -> list[Json]:
    """What is now stated beside a changed state."""
    return [None if each.after is MISSING else each.after for each in _facts(beside)]


def new_facts(beside: Beside) -> list[Json]:
    """The same without what was another before."""
    told = [each for each in _facts(beside) if each.before in (None, MISSING)]
    return [None if each.after is MISSING else each.after for each in told]


def with_facts(told: str, beside: Beside, *, fresh: bool) -> str:
    """A sentence with the short facts that are others now; `fresh`: also those that are new."""
    short = [each for each in _facts(beside) if _is_short(each.after)]
    parts = [
        _fact(each, told)
        for each in short
        if _is_short(each.before) or (fresh and each.before in (None, MISSING))
    ]
    return "; ".join([told, *parts[:FACTS]])


def _fact(fact: Detail, told: str) -> str:
    """`town so far Riva` where the plan's name has the new one."""
    before = None if fact.before is MISSING else fact.before
    if before is not None and str(fact.after) in told:
        return f"{small(fact.label)} so far {before}"
    return field(fact.label, before, None if fact.after is MISSING else fact.after)


def _facts(beside: Beside) -> list[Detail]:
    return [each for each in beside.details if each.fact and each.of is MISSING]


def _is_short(value: Json | Missing) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= SHORT


def _short(facts: Iterable[Json], dates: Sequence[Json]) -> list[str]:
    short = [fact for fact in facts if isinstance(fact, str) and len(fact) <= SHORT]
    return [fact for fact in short if fact not in dates][:FACTS]
