"""Addresses of pages, and when two of them are of one."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.model.patterns import regex

_TRACE: Final = regex(r"(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid|cmpid|ocid|smid)")
"""Parameters that say by which way a reader came, and never what is read."""
_PORTS: Final = {"http": 80, "https": 443}


def is_page(text: str) -> bool:
    """Whether a person means an address on the web and no file."""
    return text.lower().startswith(("http://", "https://"))


def same_page(first: str, second: str) -> bool:
    return first == second or page_of(first) == page_of(second)


def page_of(address: str) -> str:
    """What all addresses of a page have alike: without scheme, `www.`, a closing slash, the place
    on the page, and what follows a reader about. What is no address stays as it is."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return address
    if parts.scheme.lower() not in _PORTS or not host:
        return address
    at = f":{port}" if port not in (None, _PORTS[parts.scheme.lower()]) else ""
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACE.fullmatch(name.lower())
    ]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host.removeprefix('www.')}{at}{parts.path.rstrip('/')}{query}"
