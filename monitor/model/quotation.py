"""Words of a publication that a value rests on, as somebody took them from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from monitor.model.paths import read_place
from monitor.model.record import Record


class Quotation(Record):
    """`path` is the entry's, `values` what was written with it: nothing where the words were only a
    source more, or took the entry out (`removed`). `source` is the publication's id, `article` the
    number of the kept one, in whose text they stand from `first` up to but without `last`."""

    path: str
    values: Mapping[str, Any]
    removed: bool
    source: str
    quote: str
    article: int
    first: int
    last: int
    by: str
    at: datetime
    how: str


def quotations_of(
    known: Iterable[Quotation], path: str, sources: Iterable[str]
) -> tuple[Quotation, ...]:
    """Those on which a fact rests that cites `sources`: an entry, or a field of one; the same words
    of one publication once."""
    cited = frozenset(sources)
    found = [one for one in known if one.source in cited and _speaks_of(one, path)]
    return tuple({(one.source, one.quote): one for one in found}.values())


def _speaks_of(one: Quotation, path: str) -> bool:
    place, entry = read_place(path), read_place(one.path)
    if place is None or entry is None or place[: len(entry)] != entry:
        return False
    field = ".".join(step.name for step in place[len(entry) :])
    return not (field and one.values) or any(
        f"{field}.".startswith(f"{name}.") or f"{name}.".startswith(f"{field}.")
        for name in one.values
    )
