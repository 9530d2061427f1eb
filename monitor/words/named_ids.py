"""Ids of an entity that has another one, where the names that are told do not show them."""

from __future__ import annotations

from typing import Final

from monitor.model.paths import read_place
from monitor.model.patterns import regex
from monitor.model.said import Rekeyed

_WORD: Final = regex(r"[^\W_]+")


def ids(said: Rekeyed) -> tuple[str, str]:
    """The id before and after; empty texts where both are made of the names, or are the same."""
    before, after = _last(said.key_before), _last(said.key_after)
    named = _is_of(before, said.before) and _is_of(after, said.after)
    return ("", "") if named or before == after else (before, after)


def other_ids(said: Rekeyed) -> tuple[str, str]:
    """The same where the name says nothing of them; the paths where the entry has not moved by its
    own id."""
    before, after = _last(said.key_before), _last(said.key_after)
    return (said.key_before, said.key_after) if before == after else (before, after)


def _is_of(identity: str, name: str) -> bool:
    """`nordvik` says nothing that `Ada Nordvik` does not."""
    return {*_WORD.findall(identity.casefold())} <= {*_WORD.findall(name.casefold())}


def _last(path: str) -> str:
    place = read_place(path)
    return ", ".join(place[-1].key or ()) if place else ""
