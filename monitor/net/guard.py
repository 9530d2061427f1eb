"""Which machines may be asked. One check, of the very address that is connected to.

An address on the web is somebody else's to change: by its name's record, by a redirect, by a link
to the next page. None of these may lead to this machine, its network or what a cloud tells its own
machines; only a person may, by naming the place in the configuration.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Sequence
from typing import Final, TypeAlias

from monitor.errors import SourceUnavailable
from monitor.model.record import Record

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_SHARED: Final = ipaddress.IPv4Network("100.64.0.0/10")  # RFC 6598, carrier-grade NAT


class Named(Record):
    """What a person has named beyond the public network: hosts, and networks such as 10.0.0.0/8."""

    hosts: Collection[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def has(self, host: str, address: IP) -> bool:
        if host.lower().rstrip(".") in self.hosts:
            return True
        return any(
            address.version == network.version and address in network for network in self.networks
        )


def named_places(written: Sequence[str]) -> Named:
    """`localhost`, `10.1.2.3`, `10.0.0.0/8`, `intranet.example.org`. Raises ValueError."""
    hosts, networks = set(), []
    for text in written:
        try:
            networks.append(ipaddress.ip_network(text.strip("[]"), strict=True))
        except ValueError:
            if "/" in text or ":" in text or not text:
                raise ValueError(f"want a host or a network such as 10.0.0.0/8: {text}") from None
            hosts.add(text.lower().rstrip("."))
    return Named(hosts=frozenset(hosts), networks=tuple(networks))


def is_public(address: IP) -> bool:
    """Whether an address belongs to the public network, whatever form it is written in."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, ipaddress.IPv4Address) and address in _SHARED:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: IP) -> IP | None:
    """The IPv4 address that an IPv6 address carries and that is reached through it."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
        # RFC 6052, and the deprecated "compatible" form of RFC 4291, 2.5.5.1.
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo is not None else None
    return address.ipv4_mapped or address.sixtofour or teredo


def addresses_of(host: str, port: int, named: Named) -> list[str]:
    """The addresses of a host that may be connected to, in the resolver's order.

    Raises SourceUnavailable when there is none, or when any of them is not public: a name that
    leads inside and outside is somebody's trick.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise SourceUnavailable(f"{host} cannot be found: {reason}") from None
    texts = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for text in texts:
        address = ipaddress.ip_address(text.partition("%")[0])
        if not is_public(address) and not named.has(host, address):
            where = "" if text == host else f" is {text}, which"
            raise SourceUnavailable(
                f"{host}{where} does not belong to the public network; name it under `private` "
                "if it is meant"
            )
    return texts
