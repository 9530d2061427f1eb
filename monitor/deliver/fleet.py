"""Mail and every channel, handed over side by side: none of them waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from monitor.deliver.breaker import Trouble
from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.summary import Summary

MAIL: Final = "mail"


class Fleet:
    """Used as one dispatcher. `channels`: by their names."""

    def __init__(self, mail: Dispatcher, channels: Mapping[str, Dispatcher]) -> None:
        self._mail = mail
        self._channels = dict(channels)
        self._all = (mail, *self._channels.values())

    @property
    def trouble(self) -> Trouble | None:
        """The relay's; what keeps a channel is kept in the store."""
        return self._mail.trouble

    @property
    def total(self) -> Summary:
        return sum((one.total for one in self._all), Summary())

    @property
    def totals(self) -> dict[str, Summary]:
        """Of mail and of each channel, over all passes so far."""
        return {MAIL: self._mail.total} | {name: one.total for name, one in self._channels.items()}

    def wake(self) -> None:
        for one in self._all:
            one.wake()

    async def run_once(self, stop: asyncio.Event | None = None) -> Summary:
        """Everything that is due now, by all ways."""
        done = await asyncio.gather(*(one.run_once(stop) for one in self._all))
        return sum(done, Summary())

    async def run(self, stop: asyncio.Event) -> Summary:
        async with asyncio.TaskGroup() as group:
            for one in self._all:
                group.create_task(one.run(stop))
        return self.total

    async def close(self) -> None:
        await asyncio.gather(*(one.close() for one in self._all))
