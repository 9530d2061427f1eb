"""What the sweep tells a worker process to do, and where to die."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.model.rate import Limit, Rate, Rates

SPEED = 600.0
"""A minute of the program is a tenth of a second of ours: backoffs are real, waits are short."""


@dataclass(frozen=True, kw_only=True)
class Orders:
    """Plain values, so that they travel on a command line.

    `crash` names a step (see `wrappers`) and `nth` its occurrence; `lost_reply` a call of the
    outbox that is carried out, and answered with an error, once. `breakage` is a mistake made on
    purpose, to prove that the sweep sees it.
    """

    url: str
    port: int = 0
    epoch: float = 0.0
    lease: float = 60.0
    silence: float = 0.0
    """Seconds without a word after which a node is gone for the others; 0: as in the service."""
    connections: int = 1
    crash: str = ""
    nth: int = 1
    lost_reply: str = ""
    breakage: str = ""
    tls: str = "none"
    ca_file: str | None = None
    password: str | None = None
    patience: float = 30.0
    """Seconds for each phase of SMTP but the dot."""
    dot_patience: float = 30.0
    rates: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    """Messages, and the real seconds in which no more are begun, by domain; "" for all mail."""
    hook: str = ""
    """Set: hand over to this webhook instead of a mail server."""
    hook_patience: float = 1.0
    """Seconds for its answer."""
    slot: str = ""
    """Set: tell one subscription's digest of this slot instead of delivering."""

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Orders:
        return cls(**json.loads(text))

    @property
    def kept(self) -> Rates:
        limits = (
            Limit(
                name=host, hosts=(host,) if host else (), rates=(Rate(messages=many, seconds=of),)
            )
            for host, (many, of) in self.rates.items()
        )
        return Rates(limits=tuple(limits))

    def clock(self, real: float) -> datetime:
        """The program's time at this real time: it runs on over kills and restarts."""
        start = datetime.fromtimestamp(self.epoch, UTC)
        return start + timedelta(seconds=(real - self.epoch) * SPEED)
