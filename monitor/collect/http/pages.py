"""An answer in several pages, followed by a rule and put together as one list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin

import orjson

from monitor.errors import SourceUnavailable
from monitor.model.record import Record

MOST: Final = 1000
_LINK: Final = re.compile(r"<([^<>]*)>([^<]*)")


class Paging(Record):
    """`next` is `link` for the header (RFC 8288), or the path of the next address in the JSON
    document, `links.next`; `items` the path of the list in each page, `""` for the page itself."""

    next: str
    items: str = ""


def next_page(
    paging: Paging, headers: Mapping[str, str], document: Any, address: str
) -> str | None:
    """The address of the next page; None on the last one. Raises SourceUnavailable."""
    if paging.next == "link":
        found: Any = linked(headers.get("link", ""))
    else:
        found = dig(document, paging.next)
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise SourceUnavailable(f"{paging.next} of the page is no address")
    return urljoin(address, found)


def linked(header: str) -> str | None:
    """What a Link header calls next."""
    for place, rest in _LINK.findall(header):
        for parameter in rest.split(";")[1:]:
            # A comma ends the link, but not within quotes, where relations are set apart by space.
            name, _, value = parameter.partition("=")
            words = value.strip().rstrip(", ").strip('"').lower().split()
            if name.strip().lower() == "rel" and "next" in words:
                return str(place)
    return None


def items_of(paging: Paging, document: Any, address: str) -> list[Any]:
    found = dig(document, paging.items) if paging.items else document
    if not isinstance(found, list):
        what = paging.items or "the page"
        raise SourceUnavailable(f"{address}: {what} is no list of entries")
    return found


def dig(document: Any, path: str) -> Any:
    """What stands at a path of names in a document; None where there is nothing."""
    for step in path.split("."):
        document = document.get(step) if isinstance(document, dict) else None
    return document


def parsed(data: bytes, address: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise SourceUnavailable(f"{address}: a page is not JSON: {error}") from None


def joined(pages: Iterator[list[Any]]) -> bytes:
    """One list of all entries, in their order."""
    return orjson.dumps([entry for page in pages for entry in page])
