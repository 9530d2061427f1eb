"""What was a mistake and is put right."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import EndMoved, FieldChanged, PositionMove, Rescheduled, Reworded, Said
from monitor.words.en.grammar import in_parent, is_, small
from monitor.words.en.values import date_range, from_to, words


def corrected(text: str, before: str = "") -> str:
    text = f"{text.rstrip('.')}, not {before}" if before else text
    return f"Correction: {text}"


def put_right(said: Said) -> str:
    """`Correction: size of the convoy is 90 lorries, not 9`; nothing for what has no two values."""
    match said:
        case FieldChanged() if _is_value(said):
            return corrected(f"{_whose(said)} {words(said.after)}, not {_shared(said)}")
        case Reworded():
            return ""
        case PositionMove():
            return corrected(f"{_whose(said)} {words(said.after)}, not {_shared(said)}")
        case Rescheduled():
            after, before = date_range(*said.after), date_range(*said.before)
            return corrected(f"{_within(said.label)} is on {after}, not {before}")
        case EndMoved():
            after, before = words(said.after), words(said.before)
            return corrected(f"{_within(said.label)} ends on {after}, not {before}")
        case _:
            return ""


def _whose(said: FieldChanged | PositionMove) -> str:
    """`size of the convoy is`; of a title that would not read so, `Bus in the snow: dead are`."""
    of, field = _within(in_parent(said.label, said.parent)), is_(small(said.field))
    if not of:
        return field
    name = all(word[:1].isupper() or not word.isalpha() for word in of.split())
    if of[:1].islower() or name:
        return f"{small(said.field)} of {of} {field.removeprefix(small(said.field)).strip()}"
    return f"{of}: {field}"


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
