"""Channels that take nothing, and those that were given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.model.channels import address_of
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.mail import RELAY_PATIENCE

SORTS = ("channel",)


def find_channel_trouble(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    """A line for each channel, and for each of its subscriptions that is suspended."""
    names = program.settings.named_channels
    if not names:
        return
    failing = {one.name: one for one in program.store.breakers.all()}
    for name in names:
        own = failing.get(f"channel {name}")
        readers = program.store.subscriptions.all(address=address_of(name))
        waits = any(reader.state == "active" for reader in readers)
        if own is not None and waits and now - own.since >= RELAY_PATIENCE:
            since = f"{own.since:%Y-%m-%d %H:%M} UTC"
            yield f"channel:{name}", f"channel {name} takes nothing since {since}: {own.text}"
        for reader in readers:
            if reader.state == "suspended":
                why = reader.state_reason or "no reason given"
                again = f"monitor channel resume {name}"
                text = f"{reader.spec.who} is suspended: {why}; when it is mended: {again}"
                yield f"channel:{name}:{reader.id}", text
