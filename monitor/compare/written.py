"""One value in two ways of writing: 1 and "1", 007 and 7, ab-1 and AB-1."""

from __future__ import annotations

from typing import Final

from monitor.kinds.values import fold_text
from monitor.model.comparison import Json, Missing

# Longer numbers in a text are no numbers that somebody reckons with.
_DIGITS: Final = 300


def form(value: Json | Missing) -> str | None:
    """The same for two scalars that are one value written otherwise; None for all others."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(str(value))
    if not isinstance(value, str):
        return None
    text = fold_text(value).casefold()
    return _number(text) if len(text) <= _DIGITS else text


def reads_alike(before: Json | Missing, after: Json | Missing) -> bool:
    """Whether two scalars are one value that is written otherwise."""
    if isinstance(before, str) and isinstance(after, str) and _end_otherwise(before, after):
        return False
    one = form(before)
    return one not in (None, "") and one == form(after)


def _end_otherwise(before: str, after: str) -> bool:
    """Whether the last characters alone tell two texts apart, as they do nearly always."""
    one, other = before[-1:], after[-1:]
    if one.lower() == other.lower() or not (one.isascii() and other.isascii()):
        return False
    return not (one.isspace() or other.isspace() or one.isdecimal() or other.isdecimal())


def _number(text: str) -> str:
    """Decimal digits without zeros in front and behind; any other text as it is."""
    sign = "-" if text[:1] == "-" else ""
    whole, point, rest = text[len(sign) :].partition(".")
    if not (whole.isascii() and whole.isdecimal()) or (point and not rest.isdecimal()):
        return text
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
