"""Entries of a list that say the same in brackets, told together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from monitor.model.patterns import regex

_TOLD: Final = regex(r"(.+) \(([^()]+)\)")


def together(entries: Sequence[str], listed: Callable[..., str], *, limit: int) -> str | None:
    """`Ash and Birch (announced); Cole (seen)`, groups in the order of their first entries; None
    where no two share what stands in brackets, or where an entry has none.

    `listed` joins names, of which `limit` are named in all; one more is named, not counted.
    """
    groups: dict[str, list[str]] = {}
    for entry in entries:
        told = _TOLD.fullmatch(entry)
        if told is None:
            return None
        groups.setdefault(told[2], []).append(told[1])
    if len(groups) == len(entries):
        return None
    each = max(2, limit // len(groups))
    long = [text for text, names in groups.items() if len(names) > each + 1]
    said = []
    for text, names in groups.items():
        # Of several long groups the first has names: those of the others are mostly the same.
        some = listed(names, limit=max(each, len(names)) if text not in long else each)
        said.append(f"{len(names) if text in long[1:] else some} ({text})")
    return "; ".join(said)
