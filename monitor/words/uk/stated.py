"""How a stance is put on a scale for the first time."""

from __future__ import annotations

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Stated


def first_stated(label: str, stated: Stated) -> str:
    """A stance that is put on a scale for the first time; else nothing."""
    position, text = _known(stated.position), _known(stated.text)
    if not position or not text:
        return ""
    told = "" if position in text.lower() else f" «{position}»."
    return f"{label}, тепер:{told} {text}"


def _known(value: Json | Missing) -> Json:
    return None if value is MISSING else value
