"""Who published a source, by name or by the host of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from monitor.model.patterns import regex

if TYPE_CHECKING:
    from monitor.model.comparison import Publication

_NAMELESS: Final = regex(
    r"(?i)^(?:an? )?(?:(?:publisher|source|author)s? )?"
    r"(?:not (?:named|known|stated)|unnamed|unknown|anonymous|none|n/?a|[?–—-]+)"
    r"(?: (?:publisher|source|author)s?)?$"
    r"|^(?:видавець |джерело )?(?:не названо|не вказано|невідом\w+)(?: видавець| джерело)?$"
)


def publisher_of(source: Publication | None) -> str | None:
    """None where nobody is named: a publisher "not named" is no name."""
    if source is None:
        return None
    name = (source.publisher or "").strip()
    return name if name and not _NAMELESS.search(name) else _host(source.url)


def _host(url: str | None) -> str | None:
    """`example.org` of `https://www.example.org/news`."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None
