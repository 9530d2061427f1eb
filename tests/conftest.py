"""Fixtures for all floors."""

from hypothesis import HealthCheck, settings

from tests.databases import (
    database_url,
    postgresql_server,
    postgresql_shared,
    postgresql_url,
    sqlite_template,
    sqlite_url,
    store,
)
from tests.engines import hurry

# How fast a machine is proves nothing.
settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
hurry()

__all__ = [
    "database_url",
    "postgresql_server",
    "postgresql_shared",
    "postgresql_url",
    "sqlite_template",
    "sqlite_url",
    "store",
]
