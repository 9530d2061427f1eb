"""Sentences on what stands beside the findings."""

from __future__ import annotations

from monitor.compose.english.grammar import Arguments, hyphenless, possessive, when
from monitor.compose.words import date_words, listed, words


def closer(a: Arguments) -> str:
    return f"{_distance(a)} narrows: {_sizes(a)}{_record(a)}"


def further(a: Arguments) -> str:
    return f"{_distance(a)} widens: {_sizes(a)}{_record(a)}"


def overlap(a: Arguments) -> str:
    return f"{listed(a['parties'])} now meet on {a['issue']}: {_sizes(a)}"


def _distance(a: Arguments) -> str:
    mover, others = a["moved"], [party for party in a["parties"] if party not in a["moved"]]
    if not others:
        return f"The distance between {listed(a['parties'])} on {a['issue']}"
    return f"{possessive(mover[0])} distance to {others[0]} on {a['issue']}"


def _sizes(a: Arguments) -> str:
    unit = a["unit"] or ("step" if a["after"] == 1 else "steps")
    return f"{words(a['before'])} → {words(a['after'])} {'days' if unit == 'date' else unit}"


def _record(a: Arguments) -> str:
    return f", the {a['record']} so far" if "record" in a else ""


def reversed(a: Arguments) -> str:
    return f"{a['label']} is back where it stood on {date_words(a['as_of'])}"


def returned(a: Arguments) -> str:
    undone = date_words(a["undone"])
    return f"This is the state of {date_words(a['as_of'])} again; what {undone} changed is undone"


def corrected(a: Arguments) -> str:
    return f"The state of {date_words(a['as_of'])} was corrected"


def lapsed(a: Arguments) -> str:
    return f"{a['label']} was {hyphenless(a['state'])}, {when(a)}; nothing is known of it since"


def kind_changed(a: Arguments) -> str:
    return f"The form of these snapshots has changed since {date_words(a['as_of'])}"
