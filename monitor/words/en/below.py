"""Sentences below the name of what their entity belongs to."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import Added, Beside, ManyAdded, ManyRemoved, Removed
from monitor.words.en.entries import each, holding


def below(said: Added | ManyAdded | Removed | ManyRemoved, beside: Beside) -> str:
    """`Agenda, new: the toll and the well`; nothing where another form tells more."""
    if not said.section:
        return ""
    come = isinstance(said, Added | ManyAdded)
    if isinstance(said, Added | Removed):
        if said.issue is not MISSING or isinstance(said.state, str):
            return ""
        text = None if come else said.text
        label = str(said.label)
        told = label if come and said.text else f"{label}{holding(label, text, said.facts)}"
    else:
        told = each(said.entries, beside)
    return f"{said.section}, {'new' if come else 'no longer listed'}: {told}"
