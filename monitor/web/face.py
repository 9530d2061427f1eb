"""What pages work with: a program to read with, beside the one that writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.deliver.ports import Runner
from monitor.pipeline.program import Program

SESSION: Final = "session"


@dataclass(slots=True, kw_only=True)
class Face:
    """`read` runs calls on `reader`, which has connections and caches of its own, so that no page
    waits for a pass; `write` runs calls on `writer()` where the service's store calls run."""

    opened: Program
    """To read with, as it was opened."""
    read: Runner
    writer: Callable[[], Program]
    """A service takes up changed settings, so it is asked anew each time."""
    write: Runner
    clock: Callable[[], datetime]
    figures: Callable[[], bytes] | None = None
    """What the service that runs beside has to say to Prometheus, made where it writes."""

    @property
    def reader(self) -> Program:
        """With the settings of whoever writes."""
        settings = self.writer().settings
        if settings is not self.opened.settings:
            self.opened = self.opened.with_settings(settings)
        return self.opened

    @property
    def public_url(self) -> str:
        """Where readers reach us, without a slash at the end; empty when nobody said so."""
        return (self.reader.settings.mail.public_url or "").rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether cookies go over TLS only."""
        return self.public_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """The prefix binds it to this host and path (RFC 6265bis 4.1.3.2)."""
        return f"__Host-{SESSION}" if self.is_secure else SESSION
