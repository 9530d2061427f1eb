"""What was declared for another reading than that of the files: said, and never passed over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from monitor.reading.form import UNDECLARED, Form

_TEXTS: Final = ("csv", "tsv")
_BOOKS: Final = ("xlsx", "ods")
_CALLED: Final = {"yaml": "YAML", "jsonl": "JSON Lines"}
_TAKEN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "sheet": _BOOKS,
    "header": (*_TEXTS, *_BOOKS),
    "separator": _TEXTS,
    "encoding": _TEXTS,
}


def untaken(form: Form, formats: Collection[str]) -> str | None:
    """A line on what none of the files takes, of which these are the formats; None without such."""
    if form == UNDECLARED or not formats:
        return None
    for name, takers in _TAKEN_BY.items():
        if getattr(form, name) is not None and not set(takers) & set(formats):
            return f"{name} is for {_called(takers)}, and this is {_called(sorted(formats))}"
    return None


def _called(formats: Collection[str]) -> str:
    *most, last = (_CALLED.get(each, each.upper()) for each in formats)
    return f"{', '.join(most)} and {last}" if most else last
