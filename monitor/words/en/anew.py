"""Where a planned thing is to be, and what a text says now, within a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import Json, Missing
from monitor.model.said import (
    Anew,
    Beside,
    Detail,
    FieldChanged,
    FieldsChanged,
    PositionMove,
    Where,
)
from monitor.words.en.grammar import hyphenless, in_parent, small
from monitor.words.en.values import listed, named, words

TEXT = 240
"""Characters of a text that is told in a sentence; a longer one stands in the details."""


def place(names: Sequence[str]) -> str:
    """`Geneva, Switzerland`; a country alone has its article."""
    return named(names[0]) if len(names) == 1 else ", ".join(names)


def moves(where: Where) -> str:
    """`moves from Miami, United States, to Geneva, Switzerland`."""
    pause = "," if len(where.before) > 1 else ""
    return f"moves from {place(where.before)}{pause} to {place(where.after)}"


def moved(where: Where | None) -> bool:
    return where is not None and bool(where.before) and bool(where.after)


def and_is(label: str, told: str, where: Where | None) -> str:
    """What else happens to a planned thing, with where it is to be if that is new."""
    if where is None:
        return f"{label} {told}"
    if not where.after:
        return f"{label} {told}; place no longer stated; before: {place(where.before)}"
    if not where.before:
        return f"{label} {told}, in {place(where.after)}"
    pause = "," if len(where.after) > 1 else ""
    return f"{label} {moves(where)}{pause} and {told}"


def placed(label: str, where: Where) -> str:
    """`The third round is expected in Miami, United States`: nothing else is new of it."""
    if not where.after:
        return f"{label}: place no longer stated; before: {place(where.before)}"
    held = f"in {place(where.after)}"
    if where.over:
        instead = f", not {place(where.before)}" if where.before else ""
        return f"{label} took place {held}{instead}"
    if where.before:
        return f"{label} {moves(where)}"
    return f"{label} is {hyphenless(where.state) if where.state else 'to be'} {held}"


def says(beside: Beside) -> Anew | None:
    """The text that is told in the sentence."""
    text = beside.anew
    return text if text is not None and len(text.after) <= TEXT else None


def saying(sentence: str, beside: Beside) -> str:
    """A sentence with what the entity's text says now."""
    text = says(beside)
    if text is None:
        return sentence
    return f"{sentence}: {text.after}" if text.first else f"{sentence}; {said_anew(text)}"


def weightiest(said: PositionMove | FieldChanged | FieldsChanged, beside: Beside) -> str:
    """A text that weighs more than all else, alone; else nothing."""
    text = says(beside)
    if text is None or not text.heavier:
        return ""
    return text_first(in_parent(said.label, said.parent), text, ())


def _flat(text: Anew) -> str:
    return text.after.rstrip(".")


def said_anew(text: Anew) -> str:
    return f"{small(text.label)}: {text.after}"


def text_first(subject: str, text: Anew, others: Sequence[str]) -> str:
    """`Hosts: They host the rounds; now also with the second round; seats change from 4 to 5`."""
    label = subject if text.first else f"{subject}, {small(text.label)}"
    if not others:
        return f"{label}: {text.after}"
    return f"{label}: {'; '.join([_flat(text), *others])}"


def besides(details: Sequence[Detail], text: Anew | None) -> tuple[list[str], list[Detail]]:
    """`now also with the second round` for lists that only grew, and the other fields."""
    told, others = [], []
    for detail in details:
        gained = _gained(detail.before, detail.after)
        if text is not None and gained:
            told += [words(member) for member in gained]
        elif text is None or not (detail.text and detail.label == text.label):
            others.append(detail)
    return [f"now also with {listed(told)}"] if told else [], others


def is_text(said: FieldChanged, text: Anew) -> bool:
    """Whether what leads is the text itself."""
    return (said.field, said.after) == (text.label, text.after)


def _gained(before: Json | Missing, after: Json | Missing) -> list[Json]:
    """What a list has beyond all that it had."""
    if not isinstance(before, list) or not isinstance(after, list):
        return []
    if any(member not in after for member in before):
        return []
    return [member for member in after if member not in before]
