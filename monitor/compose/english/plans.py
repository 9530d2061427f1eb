"""Sentences on planned things."""

from __future__ import annotations

from monitor.compose.english.grammar import Arguments, hyphenless, when
from monitor.compose.words import date_range, words
from monitor.model.comparison import Json


def cancelled(a: Arguments) -> str:
    return f"{a['label']} is {hyphenless(a['state'])}"


def took_place(a: Arguments) -> str:
    days = when(a)
    return f"{a['label']} took place{', ' if days else ''}{days}"


def slipped(a: Arguments) -> str:
    return f"{a['label']} slips from {date_range(*a['before'])} to {date_range(*a['after'])}"


def brought_forward(a: Arguments) -> str:
    before, after = date_range(*a["before"]), date_range(*a["after"])
    return f"{a['label']} is brought forward from {before} to {after}"


def planned(a: Arguments, state: str) -> str:
    """`The third round is announced: Geneva, 17–18 February 2026`; the label is not repeated."""
    label = str(a["label"])
    facts = [fact for fact in map(words, _facts(a)) if fact not in label]
    if days := when(a):
        facts.append(days)
    return f"{label} is {hyphenless(state)}{': ' if facts else ''}{', '.join(facts)}"


def _facts(a: Arguments) -> list[Json]:
    """What is short and now stated: of a new entity its facts, else what changed beside a state."""
    if "facts" in a:
        found = [fact["value"] for fact in a["facts"]]
    else:
        details = a.get("details", ())
        found = [d.get("after") for d in details if "fact" in d and "of" not in d]
    short = [value for value in found if isinstance(value, str) and len(value) <= 40]
    return [value for value in short if value not in a["dates"]][:3]
