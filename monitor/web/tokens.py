"""Random tokens of cookies, links and programs. Only their hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

SCOPES: Final = ("metrics", "read", "push")
"""What a program may do: ask for figures, read all that is watched, hand snapshots in."""

LONGEST: Final = 128
"""Characters; a longer one is none of ours and is not hashed."""


def make_token() -> str:
    """256 random bits in base64url."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored. The token has random bits enough, so one pass of SHA-256 will do."""
    return hashlib.sha256(token[:LONGEST].encode()).hexdigest()


def form_key(secret: bytes, session: str) -> str:
    """What a form of this session carries, so that no other site can make her browser send it."""
    return hmac.new(secret, b"form:" + session.encode(), hashlib.sha256).hexdigest()[:32]


def is_form_key(secret: bytes, session: str, given: str) -> bool:
    return hmac.compare_digest(form_key(secret, session).encode(), given[:LONGEST].encode())
