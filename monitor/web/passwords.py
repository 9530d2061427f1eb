"""Passwords, kept as argon2id hashes (RFC 9106, second recommended option)."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from monitor.errors import MonitorError

SHORTEST: Final = 10
LONGEST: Final = 200
"""Characters. NIST SP 800-63B asks for 8 at least, and for room for 64."""

_hasher: Final = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

NOBODYS: Final = _hasher.hash("nobody logs in with this")
"""Compared with where nobody has the name, so that it takes as long."""


def hashed(password: str) -> str:
    """Raises MonitorError for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise MonitorError(
            f"a password of {len(password)} characters; expected {SHORTEST} to {LONGEST}"
        )
    return _hasher.hash(password)


def is_right(stored: str, given: str) -> bool:
    """Takes some 30 ms of a core, on purpose."""
    if len(given) > LONGEST:
        return False
    try:
        return _hasher.verify(stored, given)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
