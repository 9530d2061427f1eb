"""Sentences below the name of what their entity belongs to."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import Added, Beside, ManyAdded, ManyRemoved, Removed
from monitor.words import aspects
from monitor.words.uk.held import alone, each, holding, no_longer


def below(said: Added | ManyAdded | Removed | ManyRemoved, beside: Beside) -> str:
    """`Порядок денний, нове: мито та колодязь`; nothing where another form tells more. Texts
    that are but aspects of what they stand below need no list either."""
    if not said.section:
        return ""
    if isinstance(said, Added | Removed):
        return _one(said)
    told = each(said.entries, beside)
    if isinstance(said, ManyRemoved):
        return f"{said.section}, {no_longer(beside.parts)}: {told}"
    return told if aspects.all_said(beside.parts) else f"{said.section}, нове: {told}"


def _one(said: Added | Removed) -> str:
    come, label = isinstance(said, Added), str(said.label)
    if said.issue is not MISSING or isinstance(said.state, str):
        return ""
    if alone(said._replace(parent=said.section)):
        told = aspects.sentence(label, said.text)
        if come and said.aspect is True:
            return told
        return f"{said.section}, {'нове' if come else 'більше не сказано'}: {told}"
    text = None if come else said.text
    told = label if come and said.text else f"{label}{holding(label, text, said.facts)}"
    if come and aspects.repeats(said.section, label):
        return f"Нове: {told}"
    return f"{said.section}, {'нове' if come else 'більше немає'}: {told}"
