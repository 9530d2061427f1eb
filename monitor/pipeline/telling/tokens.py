"""Signed tokens of the links in mail: to unsubscribe (RFC 8058), one per subscription and valid for
its whole life, to a reader's own page, and to confirm an address.

A token is `ID.SIGNATURE`, both in unpadded base64url (RFC 4648 5); the signature is HMAC-SHA-256
over its purpose and the id, so that it serves nobody else and nothing else. It is cut to 128 bits
(RFC 2104 5 allows half), because it also stands in the local part of a mail address, 64 octets.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

PURPOSE = b"unsubscribe:"
PAGE = b"page:"
PERMIT = b"confirm:"
SIGNATURE_BYTES = 16
LARGEST = 2**63 - 1
"""What a row may be numbered."""
LONGEST = 64
"""Characters; a longer token is none of ours and is not decoded."""


def make_token(secret: bytes, subscription: int) -> str:
    """What ends this subscription."""
    return _make(secret, PURPOSE, str(subscription))


def read_token(secret: bytes, token: str) -> int | None:
    """The subscription that the token speaks of; None for any token that was not made here."""
    number = named_in(token)
    if number is None or not _is(token, make_token(secret, number)):
        return None
    return number


def make_page_token(secret: bytes, subscription: int, ended: int) -> str:
    """What opens its reader's own page, until her links have been ended once more."""
    return _make(secret, PAGE, str(subscription), str(ended))


def is_page_token(secret: bytes, token: str, subscription: int, ended: int) -> bool:
    """Whether it is that of the subscription that it names, and none that was ended."""
    return _is(token, make_page_token(secret, subscription, ended))


def make_permit_token(secret: bytes, name: str) -> str:
    """What confirms an address, of a name that is kept with the mail that asks: who reads that
    cannot make it."""
    return f"{name}.{_encode(_sign(secret, PERMIT, name))}"


def named_in(token: str) -> int | None:
    """The subscription that a token names, whoever made it."""
    name_part, dot, _ = token.partition(".")
    if not dot or len(token) > LONGEST or not token.isascii():
        return None
    name = _decode(name_part)
    number = int(name) if name is not None and name.isdigit() and len(name) < 20 else None
    return number if number is not None and number <= LARGEST else None


def _make(secret: bytes, purpose: bytes, number: str, *more: str) -> str:
    return f"{_encode(number.encode('ascii'))}.{_encode(_sign(secret, purpose, number, *more))}"


def _is(token: str, right: str) -> bool:
    return hmac.compare_digest(token.encode(), right.encode())


def _sign(secret: bytes, purpose: bytes, *parts: str) -> bytes:
    text = purpose + ":".join(parts).encode("ascii")
    return hmac.new(secret, text, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
