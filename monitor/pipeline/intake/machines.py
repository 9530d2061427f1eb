"""Which other machines serve the same database: each sees folders and disks of its own."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from monitor.pipeline.program import Program
from monitor.store.nodes import Node

SILENCE: Final = timedelta(minutes=2)
"""After which a node that has not said that it lives is taken for gone; it says so every 10 s."""

LONGEST: Final = timedelta(days=2)
"""A machine that has not served for longer is gone for good, however seldom it came before."""


class Machines:
    """What is known of the others at one time."""

    def __init__(self, program: Program, now: datetime) -> None:
        self._program = program
        self._now = now
        self.host = socket.gethostname()

    @cached_property
    def others(self) -> dict[str, str]:
        """Hosts of the nodes that live, by id, without this node."""
        seen = self._program.store.nodes.all(seen_since=self._now - SILENCE)
        alive = (one for one in seen if one.ended_at is None and one.id != self._program.node)
        return {one.id: one.host for one in alive}

    def is_elsewhere(self, host: str) -> bool:
        """Whether another machine than this one serves, or is expected back."""
        return host != self.host and host in self._expected

    @cached_property
    def _expected(self) -> frozenset[str]:
        if self._program.store.is_sqlite:
            return frozenset()  # one node alone serves such a file
        lately = self._program.store.nodes.lately(since=self._now - LONGEST)
        return frozenset(host for host, last in lately.items() if self._is_expected(last))

    def _is_expected(self, last: Sequence[Node]) -> bool:
        """Whoever serves for a moment now and then, as from cron, is away most of the time."""
        newest = last[0]
        away = newest.started_at - last[1].seen_at if len(last) > 1 else timedelta()
        return self._now - newest.seen_at <= max(SILENCE, 2 * away)
