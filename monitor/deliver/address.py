"""Addresses as they go onto the wire. One check for every address that reaches SMTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import idna

from monitor.errors import MessageUnsendable

LOCAL_OCTETS = 64
ADDRESS_OCTETS = 254
"""RFC 5321 4.5.3.1: the limits of a local part and, through the path's 256, of an address."""

# A dot-atom of RFC 5322 3.2.3, with the letters that RFC 6531 adds. Quoted local parts are legal
# and not written by anybody; each is a way to smuggle an @ or a space.
_LOCAL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
    r"(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+)*"
)


@dataclass(frozen=True, slots=True)
class WireAddress:
    """`octets` go between < and >; `utf8` says that the server must offer SMTPUTF8 for them."""

    octets: bytes
    utf8: bool


def wire_address(address: str) -> WireAddress:
    """The address with its domain as an A-label (RFC 5891).

    Raises MessageUnsendable for anything that is not exactly one plain address: a line end or a
    space in it, two addresses, an empty or overlong part, a domain that no name server could know.
    """
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not local.isprintable():
        raise MessageUnsendable(f"{address!r} is not one mail address")
    try:
        octets = local.encode() + b"@" + _a_label(domain)
    except (idna.IDNAError, UnicodeError) as error:
        raise MessageUnsendable(f"{address!r} has an impossible domain: {error}") from error
    if len(local.encode()) > LOCAL_OCTETS or len(octets) > ADDRESS_OCTETS:
        raise MessageUnsendable(f"{address[:80]!r}... is longer than a mail address may be")
    return WireAddress(octets, utf8=not local.isascii())


@lru_cache(maxsize=1024)
def _a_label(domain: str) -> bytes:
    # Readers share few domains, and checking one costs as much as the rest of an address.
    return idna.encode(domain, uts46=True)
