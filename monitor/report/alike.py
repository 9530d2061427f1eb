"""Many troubles of one kind in one line: what they are, how many, and how to see them all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

FEW: Final = 3
"""Troubles of one kind that are still told one by one."""

_PLACE: Final = re.compile(r"^.*?(:\d+(:\d+)?|\.(ya?ml|json|csv|tsv)): ", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_NAME: Final = re.compile(r"[\d/@]")
_LOOKED_AT: Final = 300
"""Characters of a line that say of what kind it is: a longer one has values of a snapshot in it."""
_SITUATION: Final = re.compile(r"^\S+(?= of …)")


def in_kinds(lines: Iterable[str]) -> tuple[str, ...]:
    """One line per kind, in the order of their first ones; a few of a kind stay as they are.

    Lines are of one kind when they differ only in what they name: places, addresses, dates,
    numbers, quoted words.
    """
    kinds: dict[str, list[str]] = {}
    for line in lines:
        kinds.setdefault(_kind(line), []).append(line)
    told: list[str] = []
    for alike in kinds.values():
        told += alike if len(alike) <= FEW else [_many(alike)]
    return tuple(told)


def _many(alike: list[str]) -> str:
    return f"{len(alike):,} of one kind (monitor status --all lists them), such as {alike[0]}"


def _kind(line: str) -> str:
    text = _QUOTED.sub("…", _PLACE.sub("…: ", line[:_LOOKED_AT], count=1))
    words = ("…" if _NAME.search(word) else word for word in text.split())
    return _SITUATION.sub("…", " ".join(words))
