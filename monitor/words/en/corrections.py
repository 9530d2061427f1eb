"""What was a mistake and is put right."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import FieldChanged, PositionMove, Rescheduled, Reworded, Said
from monitor.words.en.grammar import in_parent, small
from monitor.words.en.values import date_range, from_to, words


def corrected(text: str) -> str:
    return f"Correction: {text}"


def put_right(said: Said) -> str:
    """`Correction: size of the convoy is 90 lorries, not 9`; nothing for what has no two values."""
    match said:
        case FieldChanged() if _is_value(said):
            of = _within(in_parent(said.label, said.parent))
            told = f"{small(said.field)}{f' of {of}' if of else ''}"
            return corrected(f"{told} is {words(said.after)}, not {_shared(said)}")
        case Reworded():
            return ""
        case PositionMove():
            told = f"{small(said.field)} of {_within(in_parent(said.label, said.parent))}"
            return corrected(f"{told} is {words(said.after)}, not {_shared(said)}")
        case Rescheduled():
            after, before = date_range(*said.after), date_range(*said.before)
            return corrected(f"{_within(said.label)} is on {after}, not {before}")
        case _:
            return ""


def _within(label: str) -> str:
    """A label behind other words, where an article is small."""
    article, space, name = label.partition(" ")
    return f"{article.lower()}{space}{name}" if article in {"The", "A", "An"} else label


def _is_value(said: FieldChanged) -> bool:
    """Whether both sides fit into a sentence as they are."""
    if said.prose is not MISSING or said.stated.position is not MISSING:
        return False
    return not any(side is None or isinstance(side, list) for side in (said.before, said.after))


def _shared(said: FieldChanged | PositionMove) -> str:
    """What was said before, without the unit that both have."""
    return from_to(said.before, said.after)[0]
