"""Sentences on ids that name something else, and on values of another type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import MISSING
from monitor.model.said import Reassigned, Retyped, Reused, Swapped, TypeName
from monitor.words.en.grammar import entries_of, in_parent, section, small
from monitor.words.en.values import listed, number

_TYPES: Final[dict[TypeName, str]] = {
    "text": "text",
    "number": "a number",
    "truth": "true or false",
    "list": "a list",
    "object": "an object",
}

# One more stands for all others.
EXAMPLES: Final = 3


def retyped(said: Retyped) -> str:
    where, examples = section(said.section, said.parent), _examples(said)
    now = f"is now {_TYPES[said.type_after]}, before {_TYPES[said.type_before]}"
    if said.type_before == said.type_after:
        now = "is written otherwise"
    if said.field is None:
        place = f"{where}: " if where else ""
        if said.number == 1:
            return f"{place}{examples} {now}"
        return f"{place}{number(said.number)} values: each {now} ({examples})"
    field = small(said.field)
    if said.number > 1:
        return f"{entries_of(said.section, number(said.number))}: {field} {now} ({examples})"
    subject = f"{in_parent(said.label, said.parent)}: " if said.label else ""
    return f"{subject}{field} {now}{f' ({examples})' if examples else ''}"


def _examples(said: Retyped) -> str:
    if len(said.examples) > EXAMPLES:
        return f"{', '.join(said.examples[:EXAMPLES])} and others"
    return listed(said.examples)


def reused(said: Reused) -> str:
    return f"{said.id} now names {_other(said)}: {said.before} before, {said.after} now"


def beside(said: Reused | Reassigned) -> str:
    return after_reused(said) if isinstance(said, Reused) else after_reassigned(said)


def after_reused(said: Reused) -> str:
    if said.below is MISSING:
        return ""
    many = "1 entry" if said.below == 1 else f"{number(said.below)} entries"
    return f"What belongs to it changed, too: {many}."


def swapped(said: Swapped) -> str:
    (one, other), (first, second) = said.ids, said.before
    return f"{one} and {other} have changed places: {one} now names {second}, {other} names {first}"


def reassigned(said: Reassigned) -> str:
    moved = "what stood under another id" if 2 * said.known >= said.number else "something else"
    if all(_other(each) == "somebody else" for each in said.examples):
        moved = "somebody else"
    told = [f"{each.id} ({each.before} before, {each.after} now)" for each in said.examples]
    place = f" of {said.section}" if said.section else ""
    ids = (
        f"One id{place} now names"
        if said.number == 1
        else f"{number(said.number)} ids{place} now name"
    )
    return f"{ids} {moved}: {_and_others(said, told)}"


def after_reassigned(said: Reassigned) -> str:
    parts = []
    if said.new:
        parts.append(f"New among them: {listed(said.new, limit=6)}.")
    if said.gone:
        parts.append(f"No longer among them: {listed(said.gone, limit=6)}.")
    return " ".join(parts)


def _and_others(said: Reassigned, told: Sequence[str]) -> str:
    if len(told) == said.number:
        return listed(told)
    return f"{', '.join(told)} and {said.number - len(told)} more"


def _other(said: Reused) -> str:
    """People are told by names of several words that each begin with a capital."""
    people = all(_is_person(name) for name in (said.before, said.after))
    return "somebody else" if people else "something else"


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and words[0][:1].isupper() and words[-1][:1].isupper()
