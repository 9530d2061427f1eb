"""Words of `history` and `positions`: what a fact or a position was, version by version."""

from __future__ import annotations

from monitor.words.uk.plurals import STEPS, form
from monitor.words.uk.values import unit_words

NOT_LISTED = "не значиться"
LISTED = "значиться"
STATED = "викладено"
MOVES = "Зміни позицій"
DISTANCES = "Відстані"


def otherwise(field: str, value: str, source: str) -> str:
    return f"інакше, {field.lower()}: {value} ({source})"


def quoted(quote: str, source: str) -> str:
    return f"«{quote}» ({source})"


def learned(moment: str) -> str:
    return f"стало відомо: {moment}"


def stance(party: str, issue: str) -> str:
    return f"{party} ({issue})"


def restated(subject: str, text: str) -> str:
    return f"{subject}, тепер: {text}" if text else f"{subject}: сказано інакше"


def first_put(subject: str, position: str) -> str:
    return f"{subject}: уперше визначено як «{position}»"


def back_to(day: str) -> str:
    return f", знову як на {day}"


def both_ends(size: str, *, down: bool) -> str:
    return f"{'нижче' if down else 'вище'} на {size}"


def lower_end(moved: str) -> str:
    return f"нижня межа {moved}"


def upper_end(moved: str) -> str:
    return f"верхня межа {moved}"


def distance(number: float, sizes: str, unit: str | None) -> str:
    return f"{sizes} {unit_words(number, unit) if unit else form(number, STEPS)}"


def met(day: str) -> str:
    return f"; уперше збіглися {day}"


def closest(day: str) -> str:
    return f"; найближче {day}"
