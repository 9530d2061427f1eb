"""When a file was written, which it says of itself and which is no news of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from monitor.compare.namesakes import words_of
from monitor.compare.paths import join_field
from monitor.compare.titles import title_of_field
from monitor.kinds.kind import Field
from monitor.model.comparison import Document, Significance
from monitor.model.patterns import regex

_WRITTEN: Final = frozenset(
    (
        "updated", "update", "modified", "generated", "fetched", "retrieved", "crawled", "scraped",
        "checked", "synced", "refreshed", "exported", "downloaded", "build", "built", "timestamp",
    )
)  # fmt: skip
_MOMENT: Final = regex(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?"
    r"|(\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}(:\d{2})? \S+"
)
# Seconds since 1970, as of 2001.
_SECONDS: Final = 1_000_000_000
_DEPTH: Final = 3


def bookkeeping(old: Document, new: Document) -> dict[str, Field]:
    """The fields of the document itself, and of objects in it, that only say when it was made."""
    return {
        path: Field(
            name=path,
            title=title_of_field(path),
            significance={"changed": Significance.NOISE},
        )
        for path in dict.fromkeys((*_found(old), *_found(new)))
    }


def _found(value: Any, above: str = "", depth: int = 0) -> Iterator[str]:
    for name, part in value.items():
        path = f"{above}{join_field((name,))}"
        if isinstance(part, dict) and depth < _DEPTH:
            yield from _found(part, f"{path}.", depth + 1)
        elif not _WRITTEN.isdisjoint(words_of(name)) and _is_moment(part):
            yield path


def _is_moment(value: Any) -> bool:
    if isinstance(value, str):
        return _MOMENT.fullmatch(value) is not None
    return isinstance(value, int | float) and value > _SECONDS
