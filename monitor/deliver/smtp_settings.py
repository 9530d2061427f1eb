"""What the SMTP transport needs to know, and the combinations that it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from monitor.addresses import is_loopback
from monitor.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds. From RFC 5321 4.5.3.2 but for the greeting: a relay of our own that needs more than
    a minute for it is down, and saying so early lets the circuit breaker work."""

    connect: float = 60
    command: float = 300
    data: float = 120
    body: float = 180
    dot: float = 600
    probe: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """One relay. Raises SettingsError for mail or a password that would travel in the clear."""

    host: str
    port: int
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    connections: int = 4
    local_hostname: str = "localhost"
    """Our name in EHLO; a relay on another machine may want a real one (RFC 5321 4.1.1.1)."""
    envelope_sender: str | None = None
    """In MAIL FROM, whatever a message says that was written before this was set."""
    ca_file: str | None = None
    """Certificates of a private authority, instead of the system's."""
    timeouts: Timeouts = Timeouts()
    probe_after: float = 1.0
    """Seconds after which a kept connection is asked whether it still stands."""

    def __post_init__(self) -> None:
        if self.tls == "none" and not is_loopback(self.host):
            raise SettingsError(f"mail to {self.host} needs TLS: want starttls or implicit")
        if self.tls == "none" and self.username is not None:
            raise SettingsError("a mail password needs TLS: want starttls or implicit")
