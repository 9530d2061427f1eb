"""Opening a database: creating, upgrading, refusing."""

from __future__ import annotations

from monitor.store import Store


def test_it_creates_what_it_needs(store: Store) -> None:
    assert store.situations.all() == ()
