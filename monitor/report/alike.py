"""Many troubles of one kind in one line: what they are, how many, and how to see them all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

FEW: Final = 3
"""Troubles of one kind that are still told one by one."""

_PLACE: Final = re.compile(r"^.*?(:\d+(:\d+)?|\.(ya?ml|json|csv|tsv)): ", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_NAME: Final = re.compile(r"\S*[\d/@]\S*")
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
    text = _PLACE.sub("…: ", line, count=1)
    for named in (_QUOTED, _NAME):
        text = named.sub("…", text)
    return _SITUATION.sub("…", text)
