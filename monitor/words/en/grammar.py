"""Small parts of English sentences that several rules share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.patterns import regex
from monitor.model.said import Dates, Followed, Follower
from monitor.words.en.values import date_range, listed, named, words

TYPES: Final[Mapping[type, str]] = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
}
_BEHIND: Final = regex(r" (?:at|by|for|from|in|of|on|per|since|to|with)\b")
_SINGULAR: Final = ("as", "is", "ss", "us", "news", "series", "means")


def gained_and_lost(before: list[Json], after: list[Json]) -> str:
    """What a list gained and lost; a mere reordering is said as such."""
    gained = [words([member]) for member in after if not is_in(member, before)]
    lost = [words([member]) for member in before if not is_in(member, after)]
    # What reads the same on both sides is told by its type.
    types = [
        f"{words(member)} is now {TYPES[type(member)]}"
        for member in after
        if type(member) in TYPES and not is_in(member, before) and words(member) in lost
    ]
    both = {*gained} & {*lost} if types else set()
    gained, lost = ([text for text in texts if text not in both] for texts in (gained, lost))
    parts = [f"{listed(gained)} added"] if gained else []
    parts += [f"{listed(lost)} removed"] if lost else []
    return "; ".join([*parts, *types]) or "now in another order"


def is_in(member: Json, members: list[Json]) -> bool:
    """By value and type: 1 is not true."""
    truth = isinstance(member, bool)
    return any(other == member and isinstance(other, bool) is truth for other in members)


def small(title: str) -> str:
    """A field's title within a sentence; a path or a name with capitals inside stays."""
    first = title.partition(" ")[0]
    is_word = first[1:].islower() or (first != title and not first[1:].isupper())
    return title[:1].lower() + title[1:] if is_word else title


def is_plural(title: str) -> bool:
    """Whether a field's title takes a plural verb: `seats`, `hours to the next check`."""
    words = _BEHIND.split(title.lower())[0].split()
    return bool(words) and words[-1].endswith("s") and not words[-1].endswith(_SINGULAR)


def is_(title: str) -> str:
    return f"{title} {'are' if is_plural(title) else 'is'}"


def changes(title: str) -> str:
    return f"{title} {'change' if is_plural(title) else 'changes'}"


def hyphenless(word: Json) -> str:
    """A state as words: `under way` for `under-way`."""
    return str(word).replace("-", " ")


def when(dates: Dates) -> str:
    """The days of a planned thing; nothing where none is stated."""
    return date_range(*dates) if any(dates) else ""


def section(title: str, parent: str | None) -> str:
    """A list by its title, below what it belongs to; a list of no name is known by the latter."""
    if not title:
        return parent or ""
    return f"{title} of {parent}" if parent else title


def entries_of(title: str, number: str) -> str:
    """`11 entries of Members`; of a list of no name just `11 entries`."""
    return f"{number} entries of {title}" if title else f"{number} entries"


def in_parent(label: str, parent: str | None) -> str:
    """An entity by its label, with what it belongs to."""
    return f"{label} in {parent}" if parent else label


def as_role(role: Json, *, single: bool) -> str:
    """` as head`, ` as a member`; a role that only one can hold takes no article."""
    if role is None:
        return ""
    return f" as {role}" if single else f" as {article(role)}"


def article(noun: Json) -> str:
    return f"{'an' if str(noun)[:1].lower() in 'aeiou' else 'a'} {noun}"


def exactly(size: Json | Missing) -> Json | Missing:
    """The number that an interval is; anything else as it is."""
    if isinstance(size, dict) and size.keys() == {"low", "high", "unit"}:
        return size["low"] if size["low"] == size["high"] else size
    return size


LETTERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)


def in_letters(number: int) -> str:
    """Small numbers as people write them: `four`, but `13`."""
    return LETTERS[number] if number < len(LETTERS) else f"{number:,}"


def some(names: Sequence[str], *, limit: int = 6) -> str:
    """`a, b and c`; of many the first, `and 12 others`."""
    if len(names) <= limit + 1:
        return listed(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} others"


def possessive(name: Json) -> str:
    return f"{name}'" if str(name).endswith("s") else f"{name}'s"


def followed(shifted: Followed) -> str:
    """What only follows, such as ranks that shift because one above is gone."""
    if shifted.entries:
        return " ".join(_followers(shifted, smaller) for smaller in _ways(shifted.entries))
    up, down = shifted.smaller, shifted.number - shifted.smaller
    parts = [
        f"{count} {'other moves' if count == 1 else 'others move'} {way}"
        for count, way in ((up, "up"), (down, "down"))
        if count
    ]
    return f"{' and '.join(parts)} by one ({small(shifted.field)})."


def _ways(entries: Sequence[Follower]) -> list[bool]:
    return list(dict.fromkeys(each.smaller for each in entries))


def _followers(shifted: Followed, smaller: bool) -> str:
    """`Ana Ruiz and Ben Cole move up by one, to rank 2 and 3.`"""
    told = [each for each in shifted.entries if each.smaller is smaller]
    verb = "moves" if len(told) == 1 else "move"
    places = listed([str(each.after) for each in told])
    where = "" if shifted.parent is MISSING else f" in {named(shifted.parent)}"
    way = f"{'up' if smaller else 'down'} by one{where}, to {small(shifted.field)} {places}"
    names = listed([named(each.label) for each in told])
    return f"{names[:1].upper()}{names[1:]} {verb} {way}."
