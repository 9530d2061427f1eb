"""Numbers as people write them, and differences of numbers as they are written."""

from __future__ import annotations

import math
from typing import Final

_LONGEST: Final = 21
"""Characters; a longer number is easier to read with a power of ten."""

_EXACT: Final = 2**53
"""From here on a float no longer tells one integer from the next."""


def written(value: float) -> str:
    """The shortest digits that say this number: `0.0000001` and not `1e-07`; 90.0 is `90`.

    What would be very long, or is infinite, keeps the form that Python gives it.
    """
    if isinstance(value, int) or not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    _, power = _digits(text)
    plain = f"{value:.{max(0, -power)}f}"
    return plain if power < 0 and len(plain) <= _LONGEST else text


def minus(one: float, other: float) -> float:
    """The difference in decimals: 3.2 - 1.02 is 2.18, which it is not in binary.

    What is whole is an int.
    """
    if isinstance(one, int) and isinstance(other, int):
        return one - other
    if not (math.isfinite(one) and math.isfinite(other)):
        return one - other
    (left, power), (right, other_power) = _digits(repr(one)), _digits(repr(other))
    least = min(power, other_power)
    difference = left * _power(power - least) - right * _power(other_power - least)
    if least >= 0:
        return difference * _power(least)
    unit = _power(-least)
    # Integers are divided exactly before the one rounding to the nearest float.
    return difference / unit if difference % unit else difference // unit


def _power(exponent: int) -> int:
    """10 to a power that is not negative."""
    return int(10**exponent)


def _digits(text: str) -> tuple[int, int]:
    """A number's digits as an integer, and the power of ten that they are to be multiplied by."""
    mantissa, _, exponent = text.partition("e")
    whole, _, parts = mantissa.partition(".")
    return int(whole + parts), int(exponent or 0) - len(parts)
