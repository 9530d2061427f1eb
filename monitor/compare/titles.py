"""What fields are called in words, when no kind says so: `registered_office.line1`, `lastSeen`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from monitor.compare.namesakes import is_id_like, words_of
from monitor.compare.paths import split_field
from monitor.model.patterns import regex

# Objects that only hold what an entry says; their name adds nothing to what stands in them.
_WRAPPERS: Final = frozenset(("properties", "attributes", "relationships"))
_PLAIN: Final = regex(r"[^\W_][\w-]*")
# Names with hyphens are names of things as often as compounds: `date-fns`.
_PARTS: Final = regex(r"_+|(?<=[a-z\d])(?=[A-Z][a-z])")
_ID: Final = regex(r"(?: id| ref| key| code| uid| uuid)$")


@lru_cache(maxsize=4096)
def title_of_field(path: str) -> str:
    """The names on the way to a value as words: `registered office line1`, `last seen`."""
    steps = split_field(path)
    kept = [step for step in steps[:-1] if step not in _WRAPPERS]
    return " ".join(map(words_in, (*kept, steps[-1])))


def words_in(name: str) -> str:
    """One name as words; what is no compound of words stays as it is written."""
    if not _PLAIN.fullmatch(name):
        return name
    parts = [part for part in _PARTS.split(name) if part]
    if len(parts) < 2:
        return name
    return " ".join(part.lower() if part[1:].islower() else part for part in parts)


def title_of_reference(path: str) -> str:
    """A field that holds the id of an entry, called as what it names: `party_id` is a party."""
    words = title_of_field(path)
    short = _ID.sub("", words)
    return short if is_id_like(path) and len(words_of(path)) > 1 else words
