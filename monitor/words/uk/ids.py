"""Sentences on ids that name something else, and on values of another type."""

from __future__ import annotations

from typing import Final

from monitor.model.comparison import MISSING
from monitor.model.said import Reassigned, Retyped, Reused, Swapped, TypeName
from monitor.words.uk.grammar import in_parent, section, small
from monitor.words.uk.plurals import ENTRIES, Forms, counted
from monitor.words.uk.values import listed

_TYPES: Final[dict[TypeName, str]] = {
    "text": "текст",
    "number": "число",
    "truth": "так або ні",
    "list": "перелік",
    "object": "об’єкт",
}
_IDS = Forms("ідентифікатор", "ідентифікатори", "ідентифікаторів", "ідентифікатора")
_VALUES = Forms("значення", "значення", "значень", "значення")

# One more stands for all others.
EXAMPLES: Final = 3


def retyped(said: Retyped) -> str:
    where, examples = section(said.section, said.parent), _examples(said)
    now = f"тепер {_TYPES[said.type_after]}, раніше {_TYPES[said.type_before]}"
    if said.type_before == said.type_after:
        now = "інше написання"
    if said.field is None:
        place = f"Розділ {where}: " if where else ""
        if said.number == 1:
            return f"{place}{examples} — {now}"
        return f"{place}{counted(said.number, _VALUES)} — {now} ({examples})"
    field = small(said.field)
    if said.number > 1:
        entries = counted(said.number, ENTRIES)
        place = f"Розділ «{said.section}», " if said.section else ""
        return f"{place}{entries}: {field} — {now} ({examples})"
    subject = f"{in_parent(said.label, said.parent)}: " if said.label else ""
    return f"{subject}{field} — {now}{f' ({examples})' if examples else ''}"


def _examples(said: Retyped) -> str:
    if len(said.examples) > EXAMPLES:
        return f"{', '.join(said.examples[:EXAMPLES])} та інші"
    return listed(said.examples)


def reused(said: Reused) -> str:
    return f"{said.id} тепер позначає інше: раніше — {said.before}, тепер — {said.after}"


def beside(said: Reused | Reassigned) -> str:
    return after_reused(said) if isinstance(said, Reused) else after_reassigned(said)


def after_reused(said: Reused) -> str:
    if said.below is MISSING:
        return ""
    return f"Змінилося й те, що до нього належить: {counted(said.below, ENTRIES)}."


def swapped(said: Swapped) -> str:
    (one, other), (first, second) = said.ids, said.before
    return f"{one} і {other} помінялися місцями: {one} тепер — {second}, {other} — {first}"


def reassigned(said: Reassigned) -> str:
    told = [f"{each.id} (раніше — {each.before}, тепер — {each.after})" for each in said.examples]
    rest = said.number - len(told)
    more = f" та ще {rest}" if rest else ""
    ids = counted(said.number, _IDS)
    verb = "позначає" if ids.endswith("ідентифікатор") else "позначають"
    place = f"Розділ «{said.section}»: " if said.section else ""
    return f"{place}{ids} тепер {verb} інше — {', '.join(told)}{more}"


def after_reassigned(said: Reassigned) -> str:
    parts = []
    if said.new:
        parts.append(f"Нове серед них: {listed(said.new, limit=6)}.")
    if said.gone:
        parts.append(f"Більше немає: {listed(said.gone, limit=6)}.")
    return " ".join(parts)
