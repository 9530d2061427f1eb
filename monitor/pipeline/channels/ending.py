"""Suspending what a channel tells, and taking it up again."""

from __future__ import annotations

from datetime import datetime

from monitor.model.channels import address_of
from monitor.model.subscription import SubscriptionState as State
from monitor.store import Store


def suspend(store: Store, name: str, why: str, now: datetime) -> tuple[str, ...]:
    """Whose subscriptions were. What was owed to them goes back, and is told when they go on."""
    return _turn(store, name, _ENDED, why, now)


def resume(store: Store, name: str, host: str, now: datetime) -> tuple[str, ...]:
    """Whose subscriptions go on, from where each was told. What failed before is forgotten."""
    wake(store, name, host, now)
    return _turn(store, name, _BEGUN, "taken up again", now)


def wake(store: Store, name: str, host: str, now: datetime) -> None:
    """What waits for it goes now: it has taken something, or is to be tried as if it had."""
    store.breakers.well((f"host {host}", f"channel {name}"))
    store.outbox.wake(address_of(name), now=now)


_ENDED: tuple[State, State] = ("active", "suspended")
_BEGUN: tuple[State, State] = ("suspended", "active")


def _turn(
    store: Store, name: str, states: tuple[State, State], why: str, now: datetime
) -> tuple[str, ...]:
    before, after = states
    turned = []
    for reader in store.subscriptions.all(address=address_of(name)):
        if reader.state != before:
            continue
        with store.transaction() as tx:
            if tx.subscriptions.hold(reader.id).state != before:
                continue
            tx.subscriptions.set_state(reader.id, after, why, now=now)
        turned.append(reader.spec.who)
    return tuple(turned)
