"""Long lists, a page at a time."""

from __future__ import annotations

from monitor.model.record import Record


class Paging(Record):
    """Items from `first` up to but without `end`. Addresses are empty where there is no page."""

    number: int
    pages: int
    first: int
    end: int
    before: str
    after: str


def paged(total: int, asked: str, size: int, address: str) -> Paging:
    """`asked` comes from anybody; `address` ends where `page=N` may follow."""
    pages = max(1, -(-total // size))
    number = min(
        pages, max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1)
    )
    return Paging(
        number=number,
        pages=pages,
        first=(number - 1) * size,
        end=min(total, number * size),
        before=f"{address}page={number - 1}" if number > 1 else "",
        after=f"{address}page={number + 1}" if number < pages else "",
    )
