"""How much is taken in hand: so little that an alert which comes now is begun soon."""

from __future__ import annotations

import asyncio
from typing import Final

AHEAD: Final = 1.0
"""Seconds of sending that are claimed at once; twice that is in hand at most."""

NEWS: Final = 0.2
"""The part that the last message has in what one is expected to take."""


class Pace:
    """Learns how long a message takes. Used by one dispatcher, in one event loop."""

    def __init__(self, *, senders: int, batch: int) -> None:
        self._senders = senders
        self._batch = batch
        self._seconds: float | None = None
        self._in_hand = 0
        self._moved = asyncio.Event()

    @property
    def most(self) -> int:
        """How many to claim: a batch where the relay is quick, and no more than what is sent in a
        second where it is slow; a few while nobody knows."""
        if self._seconds is None:
            return min(self._batch, 2 * self._senders)
        soon = self._senders * AHEAD / max(self._seconds, 0.001)
        return min(self._batch, max(self._senders, int(soon)))

    def took(self, seconds: float) -> None:
        """One message was handed over, or refused, in this time."""
        before = seconds if self._seconds is None else self._seconds
        self._seconds = before + NEWS * (seconds - before)

    def begin(self, messages: int) -> None:
        self._in_hand += messages

    def end(self) -> None:
        self._in_hand -= 1
        self._moved.set()

    async def room(self) -> None:
        """Wait until no more is in hand than is claimed at once."""
        while self._in_hand > self.most:
            self._moved.clear()
            await self._moved.wait()
