"""Sentences on planned things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.model.comparison import MISSING, Json
from monitor.model.edtf import is_fuzzy
from monitor.model.said import (
    Added,
    Beside,
    BroughtForward,
    Cancelled,
    DateLoosened,
    Dates,
    DateSet,
    Slipped,
    TookPlace,
)
from monitor.words.en.grammar import hyphenless, when
from monitor.words.en.values import date_range, date_words, words

SHORT = 40
"""Characters of a fact that is told with its plan."""

FACTS = 3


def cancelled(said: Cancelled) -> str:
    since = "" if said.since is MISSING else f", since {date_words(said.since)}"
    return f"{said.label} is {hyphenless(said.state)}{since}"


def took_place(said: TookPlace) -> str:
    if said.over is True:
        return f"{said.label} ended{ended(said.dates[1])}"
    days = when(said.dates)
    return f"{said.label} took place{', ' if days else ''}{days}"


def ended(day: Json) -> str:
    """` on 12 August 2031`; what is not known to the day stands in brackets."""
    return f" ({date_words(str(day))})" if is_fuzzy(day) else f" on {date_words(str(day))}"


def slipped(said: Slipped) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label} slips from {before} to {after}"


def brought_forward(said: BroughtForward) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label} is brought forward from {before} to {after}"


def date_set(said: DateSet) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label} is now set for {after} (so far: {before})"


def date_loosened(said: DateLoosened) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label} is now only set for {after} (so far: {before})"


def planned(label: str, state: str, dates: Dates, facts: Iterable[Json]) -> str:
    """`The third round is announced: Geneva, 17–18 February 2026`; the label is not repeated."""
    told = [fact for fact in map(words, _short(facts, dates)) if fact not in label]
    if days := when(dates):
        told.append(days)
    return f"{label} is {hyphenless(state)}{': ' if told else ''}{', '.join(told)}"


def facts_of(said: Added) -> list[Json]:
    """What a new entity says of itself."""
    return [fact.value for fact in said.facts]


def changed_facts(beside: Beside) -> list[Json]:
    """What is now stated beside a changed state."""
    told = [each for each in beside.details if each.fact and each.of is MISSING]
    return [None if each.after is MISSING else each.after for each in told]


def _short(facts: Iterable[Json], dates: Sequence[Json]) -> list[str]:
    short = [fact for fact in facts if isinstance(fact, str) and len(fact) <= SHORT]
    return [fact for fact in short if fact not in dates][:FACTS]
