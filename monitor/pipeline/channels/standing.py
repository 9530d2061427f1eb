"""How each channel of the configuration does, for screens and pages."""

from __future__ import annotations

from datetime import datetime

from monitor.errors import SettingsError
from monitor.model.channels import address_of
from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.pipeline.channels.opening import way_of
from monitor.pipeline.program import Program


class Channel(Record):
    """`since` and `text`: from when on it has taken nothing, and why; None while all is well.

    `host` is in brackets where only the service has the channel's secrets.
    """

    name: str
    kind: str
    host: str
    since: datetime | None
    text: str
    readers: tuple[Subscription, ...]


def channels(program: Program) -> tuple[Channel, ...]:
    named = program.settings.named_channels
    failing = {one.name: one for one in program.store.breakers.all()} if named else {}
    found = []
    for name, settings in named.items():
        own = failing.get(f"channel {name}")
        found.append(
            Channel(
                name=name,
                kind=settings.kind,
                host=_host(program, name),
                since=own.since if own else None,
                text=own.text if own else "",
                readers=program.store.subscriptions.all(address=address_of(name)),
            )
        )
    return tuple(found)


def _host(program: Program, name: str) -> str:
    settings = program.settings
    try:
        return way_of(settings, name, settings.named_channels[name]).host
    except SettingsError as error:
        return f"({error.message})"
