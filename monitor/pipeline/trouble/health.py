"""How each source of snapshots is doing, for readers, the operator and the status screen."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model.digest import SourceHealth
from monitor.pipeline.program import Program
from monitor.settings.sources import SourceSettings
from monitor.store.records import SourceRow


def source_health(program: Program, now: datetime) -> tuple[SourceHealth, ...]:
    """Configured sources that were looked at, by name."""
    configured = program.settings.sources
    return tuple(
        _health(row, configured[row.name], now)
        for row in program.store.sources.all()
        if row.name in configured
    )


def _health(row: SourceRow, source: SourceSettings, now: datetime) -> SourceHealth:
    state = "fresh"
    if is_stale(row.newest, source, now):
        state = "stale"
    if row.trouble:
        state = "failing"
    return SourceHealth(
        name=row.name,
        state=state,
        # To the minute: a digest shared by many must not differ by the second of the last look.
        checked_at=row.checked_at.strftime("%Y-%m-%dT%H:%M:00Z") if row.checked_at else None,
        newest=row.newest,
        trouble=row.trouble,
    )


def is_stale(newest: str | None, source: SourceSettings, now: datetime) -> bool:
    """Whether the newest version is older than the source is allowed to be; never without one."""
    if source.stale_after is None or newest is None:
        return False
    moment = datetime.fromisoformat(newest)
    return now - moment.replace(tzinfo=moment.tzinfo or UTC) > source.stale_after
