"""What a message is called, who sends it, and which addresses we write to."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence

from monitor.addresses import (
    ADDRESS_OCTETS,
    LOCAL_OCTETS,
    is_local,
    is_plain_host,
    read_address,
)
from monitor.errors import MessageUnsendable

_KEY = re.compile(r"[A-Za-z0-9-]{1,40}")


def canonical_address(text: str) -> str:
    """The one form of a reader's address.

    Raises MessageUnsendable as `read_address` does, and for a local part that would need SMTPUTF8:
    a reader's own server may not offer it, and a digest must not depend on that.
    """
    address = read_address(text)
    if address.utf8:
        raise MessageUnsendable(
            f"{text!r} needs SMTPUTF8, which is not supported; "
            "use an address whose part before the @ is ASCII"
        )
    return str(address)


def is_plain(address: str) -> bool:
    """Whether it stands in its one form, and can be written to."""
    local, at, domain = address.rpartition("@")
    if not at or len(local) > LOCAL_OCTETS or len(address) > ADDRESS_OCTETS:
        return False
    return local.isascii() and is_local(local) and is_plain_host(domain)


def message_id(body_key: str, message_key: str, domain: str) -> str:
    """The same for the same message on each retry (RFC 5322, 3.6.4), with its angle brackets."""
    return f"<d.{_key(body_key)}.{_key(message_key)}@{domain}>"


def message_key(message_id: str) -> str:
    """The key that names the message. Raises ValueError for an id that is none of ours."""
    kind, body, key = message_id[1:].partition("@")[0].split(".")
    if kind != "d" or not body:
        raise ValueError(f"{message_id!r} is no Message-ID of ours")
    return _key(key)


BOUNCES = "bounces"
"""Before the + of bounce addresses, where no other is set."""


def envelope_sender(message_key: str, place: str, secret: bytes) -> str:
    """A bounce address that names the message (VERP as a subaddress, RFC 5233) and that nobody else
    can make: `bounces+{key}.{hmac}@{place}`; or, where `place` is an address, a subaddress of that.
    """
    base, _, domain = place.rpartition("@")
    local = f"{base or BOUNCES}+{_key(message_key)}.{_signature(message_key, secret)}"
    assert len(local) <= LOCAL_OCTETS, "RFC 5321, 4.5.3.1.1"
    return f"{local}@{domain}"


def signed_key(text: str, secrets: Sequence[bytes]) -> str | None:
    """The message key in `KEY.HMAC`, as a bounce address has it; None where nobody of us has signed
    it. Servers may change the case of letters."""
    key, _, given = text.lower().rpartition(".")
    if not _KEY.fullmatch(key) or not given.isascii():
        return None
    # All are tried, so that the time tells nothing.
    right = [hmac.compare_digest(given, _signature(key, secret)) for secret in secrets]
    return key if any(right) else None


def _signature(message_key: str, secret: bytes) -> str:
    return hmac.new(secret, message_key.encode("ascii"), hashlib.sha256).hexdigest()[:12]


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no message key: letters, digits and hyphens, at most 40")
    return key
