"""One check for every mail address and every host that mail goes to."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

import idna

from monitor.errors import MessageUnsendable

LOCAL_OCTETS = 64
ADDRESS_OCTETS = 254
"""RFC 5321, 4.5.3.1: the limits of a local part and, through a path's 256, of an address."""

# A dot-atom of RFC 5322, 3.2.3, with the letters that RFC 6531 adds. Quoted local parts are legal
# and a classic way to smuggle an @ or a space.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class Address:
    """`local@host`, the host as lower-case A-labels (IDNA 2008, RFC 5891)."""

    local: str
    host: str

    @property
    def utf8(self) -> bool:
        """Whether the server must offer SMTPUTF8 (RFC 6531) for it."""
        return not self.local.isascii()

    @property
    def octets(self) -> bytes:
        """What goes between < and >."""
        return str(self).encode()

    def __str__(self) -> str:
        return f"{self.local}@{self.host}"


def read_address(text: str) -> Address:
    """Raises MessageUnsendable for anything that is not exactly one plain address: a line end or a
    space in it, two addresses, an empty or overlong part, a domain that no name server could know.
    """
    local, at, domain = text.rpartition("@")
    if not at or not is_local(local):
        raise MessageUnsendable(f"{text!r} is not one mail address")
    try:
        address = Address(local, _host(domain))
    except (idna.IDNAError, UnicodeError) as error:
        raise MessageUnsendable(f"{text!r} has no valid domain: {error}") from error
    if not _HOST.fullmatch(address.host):
        raise MessageUnsendable(f"{text!r} has no valid domain")
    if len(local.encode()) > LOCAL_OCTETS or len(address.octets) > ADDRESS_OCTETS:
        raise MessageUnsendable(f"{text[:80]!r}... is longer than a mail address may be")
    return address


def is_local(text: str) -> bool:
    """Whether it can stand before the @, but for its length. An encoded word (RFC 2047) could, but
    a mail program shows another address in its place."""
    plain = text.isprintable() and "=?" not in text
    return plain and _LOCAL.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def is_plain_host(domain: str) -> bool:
    """Whether a domain stands in its one form."""
    try:
        return _host(domain) == domain and _HOST.fullmatch(domain) is not None
    except (idna.IDNAError, UnicodeError):
        return False


@lru_cache(maxsize=1024)
def _host(domain: str) -> str:
    # Readers share few domains, and checking one costs as much as the rest of an address.
    return idna.encode(domain, uts46=True).decode("ascii").lower()


def is_loopback(host: str) -> bool:
    """Whether mail to `host` stays on this machine, so that it may go without TLS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        # A name is not asked for its address: the answer may differ when mail is sent.
        return False
