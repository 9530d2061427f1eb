"""What most of the store's tests begin with."""

from __future__ import annotations

import pytest

from monitor.store import Store
from tests.integration.store.world import NOW


@pytest.fixture
def service(store: Store) -> Store:
    """A store whose process serves, and so may claim."""
    store.nodes.start(now=NOW)
    return store
