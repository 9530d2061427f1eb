"""What entries of a list say."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING
from monitor.model.said import NOTHING_BESIDE, Added, Beside, Fact, Part, Removed
from monitor.model.text import cut
from monitor.words import aspects
from monitor.words.sharing import together
from monitor.words.uk.grammar import small
from monitor.words.uk.values import listed, words

# Beyond so many entries that came or went, so many are named.
MANY = 25
MOST = 60
# What an entry says is told by so many of its fields.
HELD = 3
# Characters of one value in a sentence; details show the rest.
SHOWN = 240


def alone(said: Added | Removed) -> bool:
    """Whether the text of an entry below another speaks for itself."""
    below = bool(said.section and said.parent) or said.aspect is True
    return (
        below and said.issue is MISSING and aspects.speaks(str(said.label), said.text, said.aspect)
    )


def no_longer(parts: Sequence[Part]) -> str:
    """How entries that went are told: texts are said."""
    return "більше немає" if not parts or aspects.told(parts).named else "більше не сказано"


def _limit(number: int) -> int:
    """How many are named: a few of a few; where there are many, they are what there is to read."""
    return MOST if number > MANY else 6


def each(entries: Sequence[str], beside: Beside, *, alone: bool = True) -> str:
    """Entries with what they say, where it is known; `alone`: without names that say nothing."""
    if alone and aspects.told(beside.parts).sentences:
        return _texts(beside.parts)
    told = [_part(part) for part in beside.parts] or list(entries)
    limit = _limit(len(told))
    shared = together(told, listed, limit=len(told) if beside.parts else limit)
    if shared is not None:
        return shared
    return listed(told) if beside.parts else listed(told, limit=limit)


def _texts(parts: Sequence[Part]) -> str:
    """Entries that are told by name, then the texts of those that need none."""
    found = aspects.told(parts)
    named = each([], NOTHING_BESIDE._replace(parts=tuple(found.named)), alone=False)
    return " ".join([*([f"{named}."] if named else []), *found.sentences])


def _part(part: Part) -> str:
    return f"{part.label}{holding(part.label, part.text, part.facts)}"


def holding(label: str, text: str | None, facts: Sequence[Fact]) -> str:
    """What an entry says, in brackets: its text, or few facts that its label does not name."""
    if not text:
        text = _facts(label, facts)
    return f" ({cut(text.rstrip('.'), SHOWN)})" if text else ""


def _facts(label: str, facts: Sequence[Fact]) -> str:
    if any(fact.named is True for fact in facts):
        told = [_fact(fact) for fact in facts if words(fact.value) != label]
        between = "; " if any(isinstance(fact.value, list) for fact in facts) else ", "
        return between.join(told)
    told = [_fact(fact) for fact in facts if str(fact.value) not in label]
    return ", ".join(told[:HELD])


def _fact(fact: Fact) -> str:
    """A name or a number says little without its field; other words speak for themselves."""
    said, value = words(fact.value), fact.value
    speaks = isinstance(value, dict | list) or (isinstance(value, str) and not value[:1].isupper())
    return said if speaks and fact.named is MISSING else f"{small(fact.label)} {said}".strip()


def members(beside: Beside) -> str:
    """Who and what came or went with an entity."""
    told = [f"Склад: {listed(beside.members, limit=6)}."] if beside.members else []
    for title in dict.fromkeys(part.section for part in beside.parts):
        parts = tuple(part for part in beside.parts if part.section == title)
        where = f"{title[:1].upper()}{title[1:]}: " if title else ""
        if aspects.all_said(parts):
            where = ""
        told.append(f"{where}{each([], NOTHING_BESIDE._replace(parts=parts)).rstrip('.')}.")
    return " ".join(told)
