"""Sentences below the name of what their entity belongs to."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import Added, Beside, ManyAdded, ManyRemoved, Removed
from monitor.words import aspects
from monitor.words.uk.held import alone, each, holding, no_longer


def below(said: Added | ManyAdded | Removed | ManyRemoved, beside: Beside) -> str:
    """`Порядок денний, нове: мито та колодязь`; nothing where another form tells more."""
    if not said.section:
        return ""
    come = isinstance(said, Added | ManyAdded)
    if isinstance(said, Added | Removed):
        if said.issue is not MISSING or isinstance(said.state, str):
            return ""
        if alone(said._replace(parent=said.section)):
            how = "нове" if come else "більше не сказано"
            return f"{said.section}, {how}: {aspects.sentence(str(said.label), said.text)}"
        text = None if come else said.text
        label = str(said.label)
        told = label if come and said.text else f"{label}{holding(label, text, said.facts)}"
    else:
        told = each(said.entries, beside)
        if not come:
            return f"{said.section}, {no_longer(beside.parts)}: {told}"
    return f"{said.section}, {'нове' if come else 'більше немає'}: {told}"
