"""The line of a situation as pages read it: some of its versions, with their documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from monitor.errors import NotFound
from monitor.kinds.kind import Kind
from monitor.kinds.translating import translated
from monitor.model.as_of import order
from monitor.model.comparison import State
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.view import LinkView
from monitor.store.records import Situation, Version
from monitor.web.reading import Asking

SHOWN: Final = 30
"""Versions whose documents one page reads; the line itself is listed whole."""


MANY: Final = 60
"""Versions that one chooses from a list."""


class Line(Record):
    """`versions` up to and with `latest`, the one looked at; `kind` in the reader's words."""

    situation: Situation
    versions: tuple[Version, ...]
    latest: Version
    baseline: Version | None
    kind: Kind

    @property
    def recent(self) -> tuple[Version, ...]:
        """The last ones, and the baseline before them."""
        found = self.versions[-SHOWN:]
        base = self.baseline
        if base is not None and base.id not in {one.id for one in found}:
            found = (base, *found)
        return found


def line_of(
    program: Program, asking: Asking, name: str, *, as_of: str = "", known: str = ""
) -> Line:
    """`as_of`: as it stood on that day; `known`: as it was known by the end of that day.

    Raises NotFound where there was nothing yet.
    """
    situation = program.store.situations.get(name)
    learned_by = _end_of(known, asking) if known else None
    every = program.store.versions.history(name, learned_by)
    last = order(as_of) if as_of else None
    versions = [one for one in every if last is None or order(one.ref.as_of)[:1] <= last[:1]]
    if not versions:
        raise NotFound(f"{name} had no version{f' as of {as_of}' if as_of else ''}")
    latest = versions[-1]
    baseline = program.store.versions.baseline(name)
    if baseline is not None and order(baseline.ref.as_of) > order(latest.ref.as_of):
        baseline = None
    return Line(
        situation=situation,
        versions=tuple(versions),
        latest=latest,
        baseline=baseline,
        kind=translated(program.kinds.by_hash(latest.kind_hash), asking.person.language),
    )


def states(program: Program, line: Line) -> tuple[State, ...]:
    """Of the recent ones, ascending; of the latest alone where nobody has a position."""
    held = any(one.position for one in line.kind.collections.values())
    return tuple(program.comparing.state(one) for one in (line.recent if held else (line.latest,)))


def choices(asking: Asking, line: Sequence[Version]) -> tuple[LinkView, ...]:
    """Versions to choose from, the newest first, their names in `url`; none where they are so many
    that a day is easier to write."""
    if len(line) > MANY:
        return ()
    return tuple(
        LinkView(text=asking.day(one.ref.as_of), url=links.version(one.ref))
        for one in reversed(line)
    )


def checked_day(text: str) -> str:
    """A date as people write it in the address; empty for none. Raises NotFound."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotFound(f"{text[:40]!r} is no date such as 2026-02-05") from None


def _end_of(day: str, asking: Asking) -> datetime:
    after = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(after, time(), asking.zone).astimezone(UTC)
