"""What was a mistake and is put right."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import EndMoved, FieldChanged, PositionMove, Rescheduled, Reworded, Said
from monitor.words.uk.grammar import in_parent, small
from monitor.words.uk.values import date_range, interval, words


def corrected(text: str, before: str = "") -> str:
    text = f"{text.rstrip('.')}, а не {before}" if before else text
    return f"Виправлення: {text}"


def put_right(said: Said) -> str:
    """`Виправлення: колона, розмір — 90 вантажівок, а не 9`; nothing without two values."""
    match said:
        case FieldChanged() if _is_value(said):
            of = in_parent(said.label, said.parent)
            told = f"{of}, {small(said.field)}" if of else said.field
            return corrected(f"{told} — {words(said.after)}, а не {_shared(said)}")
        case Reworded():
            return ""
        case PositionMove():
            told = f"{in_parent(said.label, said.parent)}, {small(said.field)}"
            return corrected(f"{told} — {words(said.after)}, а не {_shared(said)}")
        case Rescheduled():
            after, before = date_range(*said.after), date_range(*said.before)
            return corrected(f"{said.label} — {after}, а не {before}")
        case EndMoved():
            return corrected(f"{said.label}: до {words(said.after)}, а не до {words(said.before)}")
        case _:
            return ""


def _is_value(said: FieldChanged) -> bool:
    """Whether both sides fit into a sentence as they are."""
    if said.prose is not MISSING or said.stated.position is not MISSING:
        return False
    return not any(side is None or isinstance(side, list) for side in (said.before, said.after))


def _shared(said: FieldChanged | PositionMove) -> str:
    """What was said before, without the unit that both have."""
    before, after = said.before, said.after
    both = isinstance(before, dict) and isinstance(after, dict) and "unit" in before
    if both and before["unit"] == after.get("unit") and isinstance(before["low"], int | float):
        return interval(before["low"], before["high"], None)
    return words(before)
