"""Small parts of Ukrainian sentences that several rules share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Dates, Followed, Follower
from monitor.words.uk.plurals import Forms, counted
from monitor.words.uk.values import date_range, listed, words

_OTHERS = Forms("запис", "записи", "записів")

TYPES: Final[Mapping[type, str]] = {str: "текст", int: "число", float: "число", bool: "так або ні"}


def gained_and_lost(before: list[Json], after: list[Json]) -> str:
    """What a list gained and lost; a mere reordering is said as such."""
    gained = [words([member]) for member in after if not _is_in(member, before)]
    lost = [words([member]) for member in before if not _is_in(member, after)]
    # What reads the same on both sides is told by its type.
    types = [
        f"{words(member)} — тепер {TYPES[type(member)]}"
        for member in after
        if type(member) in TYPES and not _is_in(member, before) and words(member) in lost
    ]
    both = {*gained} & {*lost} if types else set()
    gained, lost = ([text for text in texts if text not in both] for texts in (gained, lost))
    parts = [f"додано — {listed(gained)}"] if gained else []
    parts += [f"вилучено — {listed(lost)}"] if lost else []
    return "; ".join([*parts, *types]) or "тепер в іншому порядку"


def _is_in(member: Json, members: list[Json]) -> bool:
    """By value and type: 1 is not true."""
    truth = isinstance(member, bool)
    return any(other == member and isinstance(other, bool) is truth for other in members)


def small(title: str) -> str:
    """A field's title within a sentence; a path or a name with capitals inside stays."""
    first = title.partition(" ")[0]
    is_word = first[1:].islower() or (first != title and not first[1:].isupper())
    return title[:1].lower() + title[1:] if is_word else title


def when(dates: Dates) -> str:
    """The days of a planned thing; nothing where none is stated."""
    return date_range(*dates) if any(dates) else ""


def section(title: str, parent: str | None) -> str:
    """`розділ «Сесії» (Третій раунд)`, behind the word for a section; a list of no name is known
    by what it belongs to."""
    if not title:
        return f"«{parent}»" if parent else ""
    return f"«{title}» ({parent})" if parent else f"«{title}»"


def in_parent(label: str, parent: str | None) -> str:
    """An entity by its label, behind what it belongs to."""
    return f"{parent}, {label}" if parent else label


def some(names: Sequence[str], *, limit: int = 6) -> str:
    """`a, b та c`; of many the first, `та ще 12`."""
    return listed(names) if len(names) <= limit + 1 else listed(names, limit=limit)


def exactly(size: Json | Missing) -> Json | Missing:
    """The number that an interval is; anything else as it is."""
    if isinstance(size, dict) and size.keys() == {"low", "high", "unit"}:
        return size["low"] if size["low"] == size["high"] else size
    return size


def as_role(role: Json) -> str:
    return "" if role is None else f" (роль: {role})"


def followed(shifted: Followed) -> str:
    """What only follows, such as ranks that shift because one above is gone."""
    if shifted.entries:
        return " ".join(_followers(shifted, smaller) for smaller in _ways(shifted.entries))
    up, down = shifted.smaller, shifted.number - shifted.smaller
    parts = [
        f"ще {counted(count, _OTHERS)} — на одну позицію {way}"
        for count, way in ((up, "вище"), (down, "нижче"))
        if count
    ]
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]} ({small(shifted.field)})."


def _ways(entries: Sequence[Follower]) -> list[bool]:
    return list(dict.fromkeys(each.smaller for each in entries))


def _followers(shifted: Followed, smaller: bool) -> str:
    """`Ана Руїс, Бен Коул: на одну позицію вище (старшинство 2 та 3).`"""
    told = [each for each in shifted.entries if each.smaller is smaller]
    places = listed([str(each.after) for each in told])
    way = "вище" if smaller else "нижче"
    names = ", ".join(each.label for each in told)
    names = names if shifted.parent is MISSING else f"{shifted.parent}, {names}"
    names = f"{names[:1].upper()}{names[1:]}"
    return f"{names}: на одну позицію {way} ({small(shifted.field)} {places})."
