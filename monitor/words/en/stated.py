"""How a stance is put on a scale for the first time."""

from __future__ import annotations

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Stated
from monitor.words.en import articles
from monitor.words.wanting import wants


def first_stated(label: str, stated: Stated) -> str:
    """A stance that is put on a scale for the first time; else nothing."""
    position, text = _known(stated.position), _known(stated.text)
    if isinstance(stated.party, str) and isinstance(stated.issue, str):
        label = f"{articles.named(stated.party)} on {stated.issue}"
    if not position or not text:
        return ""
    if position in text.lower():
        return f"{label} now: {text}"
    placed = f" (now {position}):" if wants(position) else f": now {position}."
    return f"{label}{placed} {text}"


def _known(value: Json | Missing) -> Json:
    return None if value is MISSING else value
