"""What a plain scalar means: the core schema of YAML 1.2.2, section 10.3.2, made stricter.

Our deviations: digits with a leading zero stay text (`010`, `007.5`), because they are codes and
not numbers; infinity and not-a-number are refused, because JSON has neither.
"""

from __future__ import annotations

from typing import Final

from monitor.collect.exact import read_integer
from monitor.model.comparison import Json
from monitor.model.patterns import regex

_NULL: Final = frozenset(["", "~", "null", "Null", "NULL"])
_TRUE: Final = frozenset(["true", "True", "TRUE"])
_FALSE: Final = frozenset(["false", "False", "FALSE"])
_INTEGER: Final = regex(r"[-+]?(?:0|[1-9][0-9]*)")
_OCTAL: Final = regex(r"0o[0-7]+")
_HEXADECIMAL: Final = regex(r"0x[0-9a-fA-F]+")
_FLOAT: Final = regex(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = regex(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotFinite(ValueError):
    """`.inf` or `.nan`."""


def resolve_plain(text: str) -> Json:
    """The value of a plain scalar. Raises NotFinite."""
    if text in _NULL:
        return None
    if text[0] not in "-+.0123456789tTfF":
        return text
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    return _number(text)


def _number(text: str) -> Json:
    if _INTEGER.fullmatch(text):
        return read_integer(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        raise NotFinite(text)
    return text
