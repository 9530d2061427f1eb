"""One node of the sweep: the real dispatcher on the real store, in a process that can be killed.

python -m tests.faults.worker ORDERS
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from monitor.deliver.breaker import LOGIN_PAUSES, PAUSES
from monitor.deliver.channel import Channel
from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.ports import Outbox
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp import SmtpChannel
from monitor.deliver.smtp_settings import SmtpSettings, Timeouts
from monitor.deliver.webhook.channel import WebhookChannel
from monitor.deliver.webhook.endpoint import endpoint_of
from monitor.errors import Conflict
from monitor.model.message import Claimed
from monitor.pipeline.channels.outbox import OfChannel, Way
from monitor.store import engine, identity, outbox
from monitor.store.opening import open_store
from monitor.store.store import Store
from tests.faults.orders import SPEED, Orders
from tests.faults.telling import due_telling
from tests.faults.wrappers import Steps, guarded, wrapped
from tests.receiver import SECRET

T = TypeVar("T")

IDLE_TIMEOUT = timedelta(seconds=3)
"""Shorter than the service's: a node of these cases may be stopped inside a transaction."""

REFUSED = 3
"""Exit code of a second service on one SQLite file."""


def main(orders: Orders) -> int:
    engine.IDLE_TIMEOUT = IDLE_TIMEOUT
    if orders.silence:
        identity.NODE_LEASE = timedelta(seconds=orders.silence)
        identity.NODE_MARGIN = timedelta(seconds=orders.silence / 4)
        outbox.SAYS_EVERY = 0.0
    store = open_store(orders.url, lease=timedelta(seconds=orders.lease))
    if orders.slot:
        telling = due_telling(store, orders)
        now = _clock(orders)()
        Steps(orders).around("tell", lambda: store.outbox.tell([telling], now=now))
        return 0
    try:
        store.nodes.start(now=_clock(orders)())
    except Conflict:
        return REFUSED
    asyncio.run(_serve(store, orders))
    store.nodes.stop(now=_clock(orders)())
    store.close()
    return 0


async def _serve(store: Store, orders: Orders) -> None:
    """Deliver until nothing is owed or SIGTERM comes."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    clock = _clock(orders)
    way = _way(store, orders)
    with ThreadPoolExecutor(max_workers=1) as thread:

        async def run(call: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(thread, call)

        dispatcher = Dispatcher(
            outbox=way.outbox,
            channel=way.channel,
            body=lambda message: store.digests.body(message.body_id),
            run=run,
            clock=clock,
            log=_log,
            settings=_dispatch(orders),
            holds=_holds(store, orders),
        )
        while not stop.is_set():
            await dispatcher.run_once(stop)
            if await run(lambda: way.outbox.next_due(now=clock())) is None:
                break
            await asyncio.wait([asyncio.create_task(stop.wait())], timeout=0.03)
        await way.channel.close()


def _holds(store: Store, orders: Orders) -> Callable[[Claimed], bool]:
    """Whoever makes the mistake of not holding what was claimed does not ask either."""
    return (lambda _: True) if orders.breakage == "drop-lease" else store.outbox.holds


class _Way(NamedTuple):
    outbox: Outbox
    channel: Channel


def _way(store: Store, orders: Orders) -> _Way:
    if not orders.hook:
        return _Way(wrapped(store, orders), SmtpChannel(_smtp(orders)))
    endpoint = endpoint_of(
        orders.hook,
        [SECRET],
        seconds=orders.hook_patience,
        private=["127.0.0.1"],
        ca_file=None,
        contact="",
    )
    way = Way(name="desk", host=endpoint.host)
    return _Way(guarded(OfChannel(store, way), orders), WebhookChannel(endpoint))


def _clock(orders: Orders) -> Callable[[], datetime]:
    return lambda: orders.clock(time.time())


def _smtp(orders: Orders) -> SmtpSettings:
    wait = orders.patience
    return SmtpSettings(
        host="localhost" if orders.tls != "none" else "127.0.0.1",
        port=orders.port,
        tls=orders.tls,  # type: ignore[arg-type]
        ca_file=orders.ca_file,
        username="monitor" if orders.password else None,
        password=orders.password,
        connections=orders.connections,
        timeouts=Timeouts(
            connect=wait, command=wait, data=wait, body=wait, dot=orders.dot_patience, probe=wait
        ),
    )


def _dispatch(orders: Orders) -> DispatchSettings:
    return DispatchSettings(
        batch=20,
        senders=orders.connections,
        lease=orders.lease,
        margin=0.2,
        drain=10.0,
        grant=orders.kept.grant,
        pauses=(0.0,) if orders.hook else PAUSES,
        login_pauses=tuple(pause / SPEED for pause in LOGIN_PAUSES),
    )


def _log(event: str, /, **facts: object) -> None:
    print(event, facts, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(Orders.read(sys.argv[1])))
