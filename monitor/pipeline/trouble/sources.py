"""Every source on one screen: where it is, how it does, and when it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.health import is_stale
from monitor.settings.sources import SORTS, SourceSettings
from monitor.store.records import NoticeRow, SourceRow
from monitor.words.en.values import counted

OK: Final = "ok"


class SourceStanding(Record):
    """One source. `state` is ok, or what needs a person; `reasons` are lines about that.

    `looked` and `next` are None before the first look; `newest` is the as_of of its newest version.
    """

    name: str
    sort: str
    where: str
    state: str
    reasons: tuple[str, ...]
    versions: int
    newest: str | None
    looked: datetime | None
    next: datetime | None


def standing_sources(program: Program, now: datetime) -> tuple[SourceStanding, ...]:
    """All that are configured, in the order of the configuration."""
    known = _Known(program, now)
    return tuple(known.standing(name, source) for name, source in program.settings.sources.items())


class _Known:
    def __init__(self, program: Program, now: datetime) -> None:
        self._program = program
        self._now = now
        self._rows = {row.name: row for row in program.store.sources.all()}
        self._notices = program.store.notices.standing()
        self._given = program.store.sources.given()

    def standing(self, name: str, source: SourceSettings) -> SourceStanding:
        row = self._rows.get(name)
        given = self._given.get(name)
        looked = row.checked_at if row else None
        found = dict(self._troubles(name, source, row)) if row else {"not looked at yet": None}
        return SourceStanding(
            name=name,
            sort=next(sort for sort, settings in SORTS.items() if isinstance(source, settings)),
            where=source.where,
            state=", ".join(found) or OK,
            reasons=(*(line for line in found.values() if line), *self._passed_over(name)),
            versions=given.versions if given else 0,
            newest=given.newest if given else None,
            looked=looked,
            next=looked + source.interval if looked else None,
        )

    def _troubles(
        self, name: str, source: SourceSettings, row: SourceRow
    ) -> Iterator[tuple[str, str | None]]:
        if row.trouble:
            notice = self._notice(f"source {name}: ")
            since = f"since {notice.opened_at:%Y-%m-%d %H:%M}: " if notice else ""
            yield "failing", f"{since}{row.trouble}"
        if is_stale(row.newest, source, self._now):
            yield "stale", f"its newest is of {row.newest}; stale_after is {source.stale_after}"
        refused = [
            file.refused
            for file in self._program.store.sources.files(name).values()
            if file.refused
        ]
        if refused:
            more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
            yield f"{len(refused)} refused", f"{refused[-1]}{more}"
        given = self._given.get(name)
        if given is not None and given.held:
            yield f"{given.held} held", f"{counted(given.held, 'version')} held; see `monitor held`"

    def _notice(self, start: str) -> NoticeRow | None:
        return next((one for one in self._notices if one.text.startswith(start)), None)

    def _passed_over(self, name: str) -> Iterator[str]:
        if line := self._program.store.sources.ignored(name):
            yield line
