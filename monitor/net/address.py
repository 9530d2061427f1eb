"""Addresses as they are asked: read by one parser, which the connection believes, too."""

from __future__ import annotations

import re
from typing import Final

import httpx2

from monitor.errors import SourceUnavailable

SCHEMES: Final = ("https", "http")
_STRANGE: Final = re.compile(r"[\x00-\x20\x7f\\]")
_SHOWN: Final = 200


def is_address(text: str) -> bool:
    """Whether a person means an address on the web and no file."""
    return text.lower().startswith(("http://", "https://"))


def read_address(text: str) -> httpx2.URL:
    """Raises SourceUnavailable for what is no address of the web, or could be read in two ways."""
    shown = text[:_SHOWN]
    if _STRANGE.search(text):
        raise SourceUnavailable(f"{shown!r} is no address: a space, a backslash or a control mark")
    try:
        address = httpx2.URL(text)
        port = address.port
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise SourceUnavailable(f"{shown} is no address: {error}") from None
    if address.scheme not in SCHEMES:
        raise SourceUnavailable(f"{shown}: only http and https are asked")
    if not address.host or (port is not None and not 0 < port < 65536):
        raise SourceUnavailable(f"{shown} names no host")
    if address.userinfo:
        raise SourceUnavailable(
            f"{without_secret(shown)}: a name or password in an address gets into logs; "
            "put it into a header from the environment"
        )
    return address.copy_with(fragment=None)


def without_secret(text: str) -> str:
    """The address without name, password and query, either of which may be secret."""
    text = re.sub(r"(://)[^/?#\s]*@", r"\1", text)
    return text.partition("?")[0]


def port_of(address: httpx2.URL) -> int:
    return address.port or (443 if address.scheme == "https" else 80)


def same_origin(one: httpx2.URL, other: httpx2.URL) -> bool:
    """Scheme, host and port are the same (RFC 6454): a secret for the one may go to the other."""
    return (one.scheme, one.host, port_of(one)) == (other.scheme, other.host, port_of(other))
