"""Outbox -> delivery: mail by the way that the configuration names, and each channel beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from monitor.deliver.apart import SENDERS
from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.fleet import Fleet
from monitor.deliver.ports import Log, Runner
from monitor.deliver.sending import DispatchSettings
from monitor.errors import RowDamaged
from monitor.mail.message import own_values
from monitor.model.channels import channel_of
from monitor.model.message import Claimed
from monitor.model.record import replace
from monitor.pipeline.channels.opening import ways
from monitor.pipeline.channels.outbox import OfChannel, Way
from monitor.pipeline.program import Program
from monitor.pipeline.recent import Recent
from monitor.pipeline.say import LOGGER
from monitor.pipeline.seldom import Seldom
from monitor.pipeline.telling.tokens import make_page_token, make_permit_token, make_token
from monitor.report import links
from monitor.store import Store
from monitor.store.records import MessageRow

_OF_THE_STORE = ("claim-failed", "mark-waits", "release-failed")
"""Events that come again and again while a database is away."""

CONFIRM: Final = "confirm"
"""What a mail that asks whether an address is right keeps beside its origin."""

KEPT_BODIES = 16
"""Renderings kept in memory; messages of one digest follow one another."""


def make_dispatcher(program: Program, *, run: Runner, clock: Callable[[], datetime]) -> Fleet:
    """Raises SettingsError for a channel that cannot be opened."""
    mail = _of_mail(program, run, clock)
    channels = {way.name: _of_channel(program, way, run, clock) for way in ways(program.settings)}
    return Fleet(mail, channels)


def _of_channel(
    program: Program, way: Way, run: Runner, clock: Callable[[], datetime]
) -> Dispatcher:
    settings = program.settings
    return Dispatcher(
        outbox=OfChannel(program.store, way),
        channel=settings.named_channels[way.name].open(settings),
        body=Bodies(program.store),
        run=run,
        clock=clock,
        log=make_log(f"with {way.host}"),
        holds=program.store.outbox.holds,
        settings=DispatchSettings(
            senders=SENDERS,
            # The outbox knows how long a host is left alone, for all nodes.
            pauses=(0.0,),
            drain=settings.service.drain.total_seconds(),
            poll=settings.service.deliver.total_seconds(),
        ),
    )


def _of_mail(program: Program, run: Runner, clock: Callable[[], datetime]) -> Dispatcher:
    settings = program.settings
    return Dispatcher(
        outbox=Addressed(program),
        channel=settings.channel.open(settings),
        body=Bodies(program.store),
        run=run,
        clock=clock,
        log=make_log(settings.channel.taken(settings)),
        holds=program.store.outbox.holds,
        settings=DispatchSettings(
            batch=settings.mail.batch,
            senders=settings.mail.connections,
            drain=settings.service.drain.total_seconds(),
            poll=settings.service.deliver.total_seconds(),
            grant=settings.mail.rates.grant,
        ),
    )


class Addressed:
    """The outbox: what it hands out comes with all that belongs to one recipient, made just then.

    A message whose own values cannot be made has none, and its body is refused for that.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        outbox = program.store.outbox
        self.mark, self.release = outbox.mark, outbox.release
        self._rates = program.settings.mail.rates

    def next_due(self, *, now: datetime) -> datetime | None:
        return self._program.store.outbox.next_due(now=now, rates=self._rates)

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        outbox = self._program.store.outbox
        claimed = outbox.claim(limit=limit, now=now, rates=self._rates)
        ended = ended_links(self._program, claimed)
        return [replace(one, splice=self._splice(one, ended)) for one in claimed]

    def _splice(self, message: Claimed, ended: Mapping[int, int]) -> Mapping[str, str]:
        try:
            return splice_of(self._program, message, ended)
        except (LookupError, ValueError, TypeError, AttributeError):
            return {}


def ended_links(program: Program, messages: Iterable[Claimed | MessageRow]) -> Mapping[int, int]:
    """How often each reader's links were ended, by subscription, where they ever were."""
    readers = {one.subscription for one in messages if "public_url" in one.splice} - {None}
    return program.store.readers.links([one for one in readers if one]) if readers else {}


def splice_of(
    program: Program, message: Claimed | MessageRow, ended: Mapping[int, int] | None = None
) -> Mapping[str, str]:
    """All that belongs to its recipient; `ended` as above, when it was asked for several. Raises
    LookupError, ValueError, TypeError or AttributeError for a row that nobody has written so."""
    reader = message.subscription
    if ended is None:
        ended = ended_links(program, [message])
    return own_values(
        message.splice,
        message.recipient,
        message_id=message.message_id,
        made_at=message.created_at,
        secret=program.secret,
        token=None if reader is None else make_token(program.secret, reader),
        paths=own_paths(program, reader, ended, str(message.splice.get(CONFIRM, ""))),
    )


def own_paths(
    program: Program, reader: int | None, ended: Mapping[int, int], permit: str = ""
) -> Mapping[str, str]:
    """Pages that are a recipient's alone, by what links to them: her own page, and what confirms
    her address, which is kept as `permit` and nothing else of it."""
    paths = {}
    if reader is not None:
        token = make_page_token(program.secret, reader, ended.get(reader, 0))
        paths["page"] = links.own_page(token)
    if permit:
        paths[CONFIRM] = links.confirmation(make_permit_token(program.secret, permit))
    return paths


class Bodies:
    """A claimed message -> its stored rendering."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._bodies: Recent[int, bytes] = Recent(KEPT_BODIES)

    def __call__(self, message: Claimed, /) -> bytes:
        if not message.splice:
            raise RowDamaged(f"what is addressed to {message.recipient} cannot be read")
        return self.of(message.body_id)

    def of(self, number: int) -> bytes:
        return self._bodies.get(number, lambda: self._store.digests.body(number))


def make_log(taken: str) -> Log:
    """The dispatcher's events as lines; `taken` says where a message is that was handed over."""
    seldom = Seldom()

    def log(event: str, /, **facts: object) -> None:
        if event == "message-sent":
            to = str(facts["to"])
            what = "mail" if channel_of(to) is None else "message"
            level, sentence = logging.INFO, f"{what} for {to} is {taken}"
        else:
            level, sentence = logging.WARNING, _sentence(event, facts)
            if event in _OF_THE_STORE and not (sentence := seldom.words(event, sentence)):
                return
        LOGGER.log(level, sentence, extra={"event": event, "facts": facts})

    return log


def _sentence(event: str, facts: Mapping[str, object]) -> str:
    words = (f"{name} {_shown(value)}" for name, value in facts.items() if value is not None)
    return f"{event.replace('-', ' ')}: {', '.join(words)}"


def _shown(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M:%S} UTC" if isinstance(value, datetime) else value
