"""Where a webhook goes and what signs it: both are secrets."""

from __future__ import annotations

import base64
import binascii
import ssl
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final

from monitor.errors import SettingsError, SourceUnavailable
from monitor.model.record import Record
from monitor.net.address import port_of, read_address
from monitor.net.agent import agent
from monitor.net.guard import Named, named_places
from monitor.net.trust import trusting

SECRET: Final = "whsec_"  # noqa: S105 - what every secret begins with
SHORTEST: Final = 24
LONGEST: Final = 64
"""Bytes of a secret, from the standard."""

_PART: Final = 6
"""Characters from which on a part of an address may be what makes it secret."""


class Endpoint(Record):
    """`secrets` sign, each by itself: while one is being replaced there are two."""

    address: str
    secrets: tuple[str, ...]
    seconds: float
    agent: str
    named: Named
    context: ssl.SSLContext

    def __repr__(self) -> str:
        return f"Endpoint({self.host})"

    @property
    def host(self) -> str:
        """`NAME:PORT`: what of the address may be said."""
        found = read_address(self.address)
        return f"{found.host}:{port_of(found)}"

    def without_secrets(self, text: str) -> str:
        """What somebody else has said, without what of our address they have repeated."""
        found = read_address(self.address)
        parts = [self.address, found.raw_path.decode(), found.path, found.query.decode()]
        parts += [one for one in found.path.split("/") if len(one) >= _PART]
        parts += [one for pair in found.query.decode().split("&") for one in pair.split("=")]
        for part in sorted({one for one in parts if len(one) >= _PART}, key=len, reverse=True):
            text = text.replace(part, "...")
        return text


def endpoint_of(
    address: str,
    secrets: Sequence[str],
    *,
    seconds: float,
    private: Sequence[str],
    ca_file: str | None,
    contact: str,
) -> Endpoint:
    """Raises SettingsError, with nothing of address and secrets."""
    named = named_places(private)
    check_address(address, named)
    for secret in secrets:
        check_secret(secret)
    try:
        context = trusting(ca_file)
    except SourceUnavailable as error:
        raise SettingsError(str(error)) from None
    return Endpoint(
        address=address,
        secrets=tuple(secrets),
        seconds=seconds,
        agent=agent(contact),
        named=named,
        context=context,
    )


def check_address(address: str, named: Named) -> None:
    """Raises SettingsError, without the address, for one that nothing may be sent to."""
    try:
        found = read_address(address)
    except SourceUnavailable:
        raise SettingsError("its url is no address of the web") from None
    if found.scheme != "https" and not _is_named(found.host, named):
        raise SettingsError(
            f"{found.host}: want https; without TLS only a host that stands under private"
        )


def _is_named(host: str, named: Named) -> bool:
    if host.lower() in named.hosts:
        return True
    try:
        return named.has(host, ip_address(host))
    except ValueError:
        return False


def check_secret(secret: str) -> None:
    """Raises SettingsError, without the secret, for one that is none."""
    try:
        size = len(base64.b64decode(secret.removeprefix(SECRET), validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if not secret.startswith(SECRET) or not SHORTEST <= size <= LONGEST:
        raise SettingsError(
            f"its secret is none: want {SECRET} and {SHORTEST} to {LONGEST} bytes in base64; "
            "monitor channel secret makes one"
        )
