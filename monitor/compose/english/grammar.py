"""Small parts of English sentences that several rules share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from monitor.compose.words import date_range, listed, words
from monitor.model.comparison import Json

Arguments: TypeAlias = Mapping[str, Json]
"""A finding's or remark's arguments: plain JSON, names in it are labels."""


def gained_and_lost(before: list[Json], after: list[Json]) -> str:
    """What a list gained and lost; a mere reordering is said as such."""
    gained = [words(member) for member in after if member not in before]
    lost = [words(member) for member in before if member not in after]
    parts = [f"{listed(gained)} added"] if gained else []
    parts += [f"{listed(lost)} removed"] if lost else []
    return "; ".join(parts) or "now in another order"


def small(title: Json) -> str:
    """A field's title within a sentence; a path or a name with capitals inside stays."""
    text = str(title)
    return text[:1].lower() + text[1:] if text[1:].islower() or " " in text else text


def hyphenless(word: Json) -> str:
    """A state as words: `under way` for `under-way`."""
    return str(word).replace("-", " ")


def when(a: Arguments) -> str:
    """The days of a planned thing; nothing where none is stated."""
    return date_range(*a["dates"]) if any(a["dates"]) else ""


def section(a: Arguments) -> str:
    """A list by its title, below what it belongs to."""
    return f"{a['section']} of {a['parent']}" if a.get("parent") else str(a["section"])


def in_parent(a: Arguments) -> str:
    """An entity by its label, with what it belongs to."""
    return f"{a['label']} in {a['parent']}" if a.get("parent") else str(a["label"])


def as_role(a: Arguments) -> str:
    """` as head`, ` as a member`; a role that only one can hold takes no article."""
    if a.get("role") is None:
        return ""
    return f" as {a['role']}" if a.get("single") else f" as {article(a['role'])}"


def article(noun: Json) -> str:
    return f"{'an' if str(noun)[:1].lower() in 'aeiou' else 'a'} {noun}"


def possessive(name: Json) -> str:
    return f"{name}'" if str(name).endswith("s") else f"{name}'s"


def followed(a: Arguments) -> str:
    """What only follows, such as ranks that shift because one above is gone."""
    shifted = a.get("followed")
    if shifted is None:
        return ""
    up, down = shifted["smaller"], shifted["count"] - shifted["smaller"]
    parts = [
        f"{count} {'other moves' if count == 1 else 'others move'} {way}"
        for count, way in ((up, "up"), (down, "down"))
        if count
    ]
    return f"{' and '.join(parts)} by one ({small(shifted['field'])})."
