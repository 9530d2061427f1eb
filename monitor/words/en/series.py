"""Words of `history` and `positions`: what a fact or a position was, version by version."""

from __future__ import annotations

from monitor.words.en.units import unit_words

NOT_LISTED = "not listed"
LISTED = "listed"
STATED = "stated"
MOVES = "Moves"
DISTANCES = "Distances"
STEPS = "steps"


def otherwise(field: str, value: str, source: str) -> str:
    return f"otherwise, {field.lower()}: {value} ({source})"


def quoted(quote: str, source: str) -> str:
    return f"“{quote}” ({source})"


def learned(moment: str) -> str:
    return f"learned {moment}"


def stance(party: str, issue: str) -> str:
    return f"{party} on {issue}"


def restated(subject: str, text: str) -> str:
    return f"{subject} now: {text}" if text else f"{subject}: said anew"


def first_put(subject: str, position: str) -> str:
    return f"{subject}: first put as {position}"


def back_to(day: str) -> str:
    return f", back to {day}"


def both_ends(size: str, *, down: bool) -> str:
    return f"{'down' if down else 'up'} by {size}"


def lower_end(moved: str) -> str:
    return f"lower end {moved}"


def upper_end(moved: str) -> str:
    return f"upper end {moved}"


def distance(number: float, sizes: str, unit: str | None) -> str:
    return f"{sizes} {unit_words(number, unit or STEPS)}"


def met(day: str) -> str:
    return f"; they first met on {day}"


def closest(day: str) -> str:
    return f"; closest on {day}"
