"""Signed tokens for unsubscribe links (RFC 8058): one per subscription, valid for its whole life.

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
SIGNATURE_BYTES = 16
LONGEST = 64
"""Characters; a longer token is none of ours and is not decoded."""


def make_token(secret: bytes, subscription: int) -> str:
    name = str(subscription).encode("ascii")
    return f"{_encode(name)}.{_encode(_sign(secret, name))}"


def read_token(secret: bytes, token: str) -> int | None:
    """The subscription that the token speaks of; None for any token that was not made here."""
    name_part, dot, signature_part = token.partition(".")
    if not dot or len(token) > LONGEST or not token.isascii():
        return None
    name, signature = _decode(name_part), _decode(signature_part)
    if name is None or signature is None or not name.isdigit():
        return None
    return int(name) if hmac.compare_digest(signature, _sign(secret, name)) else None


def _sign(secret: bytes, name: bytes) -> bytes:
    return hmac.new(secret, PURPOSE + name, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
