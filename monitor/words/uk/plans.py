"""Sentences on planned things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.model.comparison import MISSING, Json
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
from monitor.words.uk.grammar import when
from monitor.words.uk.values import date_range, date_words, words

SHORT = 40
"""Characters of a fact that is told with its plan."""

FACTS = 3


def cancelled(said: Cancelled) -> str:
    since = "" if said.since is MISSING else f", з {date_words(said.since)}"
    return f"{said.label}: {said.state}{since}"


def took_place(said: TookPlace) -> str:
    if said.over is True:
        return f"{said.label}: завершення {date_words(str(said.dates[1]))}"
    days = when(said.dates)
    return f"{said.label}: подія відбулася{', ' if days else ''}{days}"


def slipped(said: Slipped) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label}: перенесено на пізніше, {before} → {after}"


def brought_forward(said: BroughtForward) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label}: перенесено на раніше, {before} → {after}"


def date_set(said: DateSet) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label}: дату уточнено, {after} (досі: {before})"


def date_loosened(said: DateLoosened) -> str:
    before, after = date_range(*said.before), date_range(*said.after)
    return f"{said.label}: точної дати вже немає, {after} (досі: {before})"


def planned(label: str, state: str, dates: Dates, facts: Iterable[Json]) -> str:
    """`Третій раунд: оголошено (Женева, 17–18 лютого 2026)`; the label is not repeated."""
    told = [fact for fact in map(words, _short(facts, dates)) if fact not in label]
    if days := when(dates):
        told.append(days)
    beside = f" ({', '.join(told)})" if told else ""
    return f"{label}: {state}{beside}"


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
