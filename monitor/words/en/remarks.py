"""Sentences on what stands beside the findings."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import (
    Approach,
    Corrected,
    KindChanged,
    Lapsed,
    Overlap,
    Returned,
    Reversed,
)
from monitor.words.en.grammar import hyphenless, possessive, when
from monitor.words.en.plans import ended
from monitor.words.en.units import unit_words
from monitor.words.en.values import date_words, listed, words


def closer(said: Approach) -> str:
    return f"{_distance(said)} narrows: {_sizes(said)}{_record(said)}"


def further(said: Approach) -> str:
    return f"{_distance(said)} widens: {_sizes(said)}{_record(said)}"


def overlap(said: Overlap) -> str:
    """`Red and Blue now meet on the toll, at 8 percent; they were 4 percent apart`."""
    if said.at is MISSING or said.at is None:
        return f"{listed(said.parties)} now meet on {said.issue}: {_sizes(said)}"
    place = words(said.at) if isinstance(said.at, dict) else f"“{words(said.at)}”"
    was = f"{words(said.before)} {unit_words(said.before, said.unit or 'steps')}"
    return f"{listed(said.parties)} now meet on {said.issue}, at {place}; they were {was} apart"


def _distance(said: Approach) -> str:
    mover, others = said.moved, [party for party in said.parties if party not in said.moved]
    if not others:
        return f"The distance between {listed(said.parties)} on {said.issue}"
    return f"{possessive(mover[0])} distance to {others[0]} on {said.issue}"


def _sizes(said: Approach) -> str:
    unit = "days" if said.unit == "date" else said.unit or "steps"
    return f"{words(said.before)} → {words(said.after)} {unit_words(said.after, unit)}"


def _record(said: Approach) -> str:
    return "" if said.record is MISSING else f", the {said.record} so far"


def reversed(said: Reversed) -> str:
    return f"{said.label} is back where it stood on {date_words(said.as_of)}"


def returned(said: Returned) -> str:
    undone = date_words(said.undone)
    return f"This is the state of {date_words(said.as_of)} again; what {undone} changed is undone"


def corrected(said: Corrected) -> str:
    return f"The state of {date_words(said.as_of)} was corrected"


def lapsed(said: Lapsed) -> str:
    if said.over is True:
        return f"{said.label} ended{ended(said.dates[1])}"
    state, days = hyphenless(said.state), when(said.dates)
    return f"{said.label} was {state}, {days}; nothing is known of it since"


def kind_changed(said: KindChanged) -> str:
    return f"The form of these snapshots has changed since {date_words(said.as_of)}"
