"""Units beside a number: what is counted is written in the plural, and one of it is not."""

from __future__ import annotations

from typing import Final

from monitor.model.unit import Unit

_SPECIAL: Final = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "feet": "foot",
    "lives": "life",
    "halves": "half",
    "wolves": "wolf",
    "knives": "knife",
    "data": "data",
    "series": "series",
    "species": "species",
    "crises": "crisis",
    "analyses": "analysis",
    "diagnoses": "diagnosis",
}
_AMOUNTS: Final = frozenset(
    ("hundred", "thousand", "million", "billion", "trillion", "bn", "m", "k", "tn", "mln", "mio")
)
"""A unit that begins so counts something else: one million US dollars."""

_JOINTS: Final = (" of ", " per ", " in ", " on ", " at ", " for ", " from ", " to ", "/")
"""What stands before them is counted: one seat in parliament, one tonne of grain."""


def unit_words(number: float, unit: str) -> str:
    """A unit beside this number: in the form that the kind gives for it, else in good English."""
    if isinstance(unit, Unit):
        return unit.forms.get("one", str(unit)) if number == 1 else str(unit)
    return singular(unit) if number == 1 else unit


def singular(unit: str) -> str:
    """One of what a unit counts; a word that is no plural stays."""
    words = unit.split()
    if not words or words[0].lower() in _AMOUNTS:
        return unit
    ends = [at for joint in _JOINTS if (at := unit.find(joint)) > 0]
    head, tail = unit[: min(ends, default=len(unit))], unit[min(ends, default=len(unit)) :]
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_one(noun)}{tail}"


def _one(noun: str) -> str:
    low = noun.lower()
    if low in _SPECIAL:
        return _SPECIAL[low] if noun == low else _SPECIAL[low].capitalize()
    if len(noun) < 3 or not low.endswith("s") or low.endswith(("ss", "us", "is")) or noun.isupper():
        return noun
    if low.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if low.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return noun[:-2]
    return noun[:-1]
