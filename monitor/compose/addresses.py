"""Mail addresses: one canonical form, refused before anything connects when there is none."""

from __future__ import annotations

import hashlib
import hmac
import re

import idna

from monitor.errors import MessageUnsendable

# RFC 5322, 3.2.3: a dot-atom. Quoted local parts are legal and a classic way to smuggle an address.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_KEY = re.compile(r"[A-Za-z0-9-]{1,40}")


def canonical_address(text: str) -> str:
    """`local@domain`: the domain as lower-case A-labels (IDNA 2008, RFC 5891), the rest as it is.

    Raises MessageUnsendable for anything that is not exactly one address, and for a local part that
    would need SMTPUTF8 (RFC 6531), which we do not speak.
    """
    local, at, domain = text.rpartition("@")
    if not at or "@" in local or any(c.isspace() or not c.isprintable() for c in text):
        raise MessageUnsendable(f"{text!r} is not one mail address")
    if not local.isascii():
        raise MessageUnsendable(
            f"{text!r} needs SMTPUTF8, which is not supported; "
            "use an address whose part before the @ is ASCII"
        )
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise MessageUnsendable(f"{text!r} is not one mail address")
    host = _domain(domain, text)
    # RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them angle brackets.
    if len(local) + 1 + len(host) > 254:
        raise MessageUnsendable(f"{text!r} is longer than 254 characters")
    return f"{local}@{host}"


def _domain(domain: str, text: str) -> str:
    try:
        host = idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise MessageUnsendable(f"{text!r} has no valid domain: {error}") from error
    if not _DOMAIN.fullmatch(host):
        raise MessageUnsendable(f"{text!r} has no valid domain")
    return host


def message_id(body_key: str, message_key: str, domain: str) -> str:
    """The same for the same message on each retry (RFC 5322, 3.6.4), with its angle brackets."""
    return f"<d.{_key(body_key)}.{_key(message_key)}@{domain}>"


def envelope_sender(message_key: str, domain: str, secret: bytes) -> str:
    """A bounce address that names the message (VERP as a subaddress, RFC 5233) and that nobody else
    can make: `bounces+{key}.{hmac}@{domain}`."""
    digest = hmac.new(secret, message_key.encode("ascii"), hashlib.sha256).hexdigest()[:12]
    local = f"bounces+{_key(message_key)}.{digest}"
    assert len(local) <= 64, "RFC 5321, 4.5.3.1.1"
    return f"{local}@{domain}"


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no message key: letters, digits and hyphens, at most 40")
    return key
