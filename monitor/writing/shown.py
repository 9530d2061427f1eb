"""What was found in an article, as lines of comment for the person who writes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.model.patterns import regex
from monitor.writing.holding import Difference, Held
from monitor.writing.marks import Sentence

_WIDTH: Final = 98
_MOST: Final = 4
"""Entries that are named of those a sentence is about."""
_SPACE: Final = regex(r"\s+")


def lines_of(sentence: Sentence, held: Held) -> Iterator[str]:
    """The sentence with its sort; then what is known of it, what differs, and what was found."""
    yield from _wrapped(f"[{held.sort}] “{_SPACE.sub(' ', sentence.text)}”", indent="  ")
    for one in held.differences:
        yield from _wrapped(_differs(one), indent="      ", first="    ")
    if held.facts:
        paths = [one.path for one in held.facts[:_MOST]]
        more = len(held.facts) - len(paths)
        also = f" and {more} more" if more else ""
        yield from _wrapped(f"about {', '.join(paths)}{also}", indent="      ", first="    ")
    if held.new:
        yield from _wrapped(f"not known: {', '.join(held.new)}", indent="      ", first="    ")
    if found := _found(sentence):
        yield from _wrapped(found, indent="      ", first="    ")


def _differs(one: Difference) -> str:
    return f"{one.fact}.{one.field}: we have {_plain(one.ours)}, here {one.theirs}"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return str(value)


def _found(sentence: Sentence) -> str:
    """Dates as they are written in a snapshot, who is quoted, and the words of status."""
    days = [f"{one.text} = {one.edtf}" for one in sentence.dates if one.edtf]
    said = [
        f"said by {one.speaker.entities[0].key if one.speaker.entities else one.speaker.text}"
        for one in sentence.quotes
        if one.speaker is not None
    ]
    firm = [f"{one.text} = {one.rung}" for one in sentence.statuses]
    return "; ".join(dict.fromkeys([*days, *said, *firm]))


def _wrapped(text: str, *, indent: str, first: str = "") -> Sequence[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
