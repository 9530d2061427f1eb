"""From what snapshots say to the states of a situation, derived again when one comes late or goes.

States of partial snapshots are derived, so a late or corrected one gives new revisions of those
that follow it, up to the next full one, which owes nothing to what came before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from monitor.collect.states import Day, DayState, Statement, Stranded, days_of, states
from monitor.kinds.canonical import state_hash
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.comparison import Document
from monitor.model.record import Record

__all__ = ["Statement", "Stranded", "derive", "state_of"]


class KnownVersion(Record):
    """A revision in the line, or one that is out of it as long as its snapshot is stranded."""

    as_of: str
    content_hash: str
    said_id: int | None = None
    kind_hash: str | None = None
    """Of the kind that its canonical form is that of, where `read` gives it."""
    read: Callable[[], Document] | None = None


class DerivedVersion(Record):
    """A version to write: a new `as_of`, or a new revision of one. `document` is canonical."""

    as_of: str
    document: Document
    content_hash: str
    said_id: int
    kind: Kind
    """What its last statement was read with."""


class SeenAgain(Record):
    """A snapshot that says the same as the version just before it: seen again, no new version."""

    version_as_of: str
    as_of: str
    said_id: int


class Derived(Record):
    """What has to be written, each in ascending order of `as_of`."""

    versions: tuple[DerivedVersion, ...] = ()
    sightings: tuple[SeenAgain, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    """Partials that count no more until they can be laid over something, known ones too."""
    afloat: frozenset[int] = frozenset()
    """Ids of stranded ones that are so no more."""


def derive(
    said: Sequence[Statement],
    line: Sequence[KnownVersion],
    kind: Kind,
    *,
    since: str | None = None,
    reading: int | None = None,
    strands: bool = False,
) -> Derived:
    """What the line of one situation owes to all that was said about it.

    `said` is ascending by (`as_of`, learned), without what is held, rejected or withdrawn. `line`
    is the line as it is, of each `as_of` the newest revision last. With `since`, the earliest
    `as_of` that has changed, only what may depend on it is derived. `reading` is the id of what is
    taken in now, which is held to more than what was (see `merge`). Raises SnapshotRefused, naming
    the file, when a state cannot be made or does not fit the kind; with `strands`, where something
    was taken out or put back, a partial that cannot be laid over anything is left out instead.
    """
    known: dict[str, list[KnownVersion]] = {}
    for version in line:
        known.setdefault(version.as_of, []).append(version)
    found = _Found()
    days = list(_window(days_of(said), since, known))
    start = _standing(days, since, known, kind)
    if start is not None:
        found.follows(start)
        days = days[1:]
    base = start.read if start is not None else None
    for made in states(days, kind, base=base, reading=reading, strands=strands):
        is_due = since is None or order(made.day.as_of) >= order(since)
        found.add(made, known.get(made.day.as_of, ()), kind, is_due=is_due)
    return found.derived()


def state_of(said: Sequence[Statement], kind: Kind, number: int) -> DerivedVersion:
    """The state of the day that one of the counting snapshots speaks for, though it may say nothing
    new, or have been corrected since.

    `number` is its id. Raises SnapshotRefused as `derive` does.
    """
    own = next(part for part in said if part.id == number)
    days = _window(days_of(said), own.as_of, None)
    made = next(made for made in states(days, kind, reading=number) if made.day.as_of == own.as_of)
    assert made.state is not None
    return DerivedVersion(
        as_of=own.as_of,
        document=made.state,
        content_hash=state_hash(made.state),
        said_id=number,
        kind=own.kind or kind,
    )


class _Found:
    """What a walk over the days has found so far."""

    def __init__(self) -> None:
        self._versions: list[DerivedVersion] = []
        self._sightings: list[SeenAgain] = []
        self._stranded: list[Stranded] = []
        self._afloat: set[int] = set()
        self._before: tuple[str, str] | None = None  # as_of and hash of the version just before

    def follows(self, start: KnownVersion) -> None:
        """A version that stands, whatever is found after it."""
        self._before = (start.as_of, start.content_hash)

    def add(
        self, made: DayState, known: Sequence[KnownVersion], kind: Kind, *, is_due: bool
    ) -> None:
        self._stranded += made.stranded
        self._afloat |= {part.id for part in made.day.parts if part.stranded} & made.laid
        if made.top is None or made.state is None:
            return
        aground = {one.said_id for one in made.stranded}
        counting = [version for version in known if version.said_id not in aground]
        content, as_of, number = state_hash(made.state), made.day.as_of, made.top.id
        if not counting and self._before is not None and self._before[1] == content:
            if is_due:
                self._sightings.append(
                    SeenAgain(version_as_of=self._before[0], as_of=as_of, said_id=number)
                )
            return
        if is_due and (not counting or counting[-1].content_hash != content):
            self._versions.append(
                DerivedVersion(
                    as_of=as_of,
                    document=made.state,
                    content_hash=content,
                    said_id=number,
                    kind=made.top.kind or kind,
                )
            )
        self._before = (as_of, content)

    def derived(self) -> Derived:
        return Derived(
            versions=tuple(self._versions),
            sightings=tuple(self._sightings),
            stranded=tuple(self._stranded),
            afloat=frozenset(self._afloat),
        )


def _standing(
    days: Sequence[Day], since: str | None, known: Mapping[str, Sequence[KnownVersion]], kind: Kind
) -> KnownVersion | None:
    """The version of the day that all begins with, where that is not due itself and comes of one
    statement alone, read with the same kind as now: then it is what it was."""
    if not days or since is None or order(days[0].as_of) >= order(since) or not days[0].is_full:
        return None
    (own, *more), versions = days[0].heap, known.get(days[0].as_of)
    if more or not versions or any(part.stranded for part in days[0].parts):
        return None
    version = versions[-1]
    is_same = version.said_id == own.id and version.kind_hash == (own.kind or kind).hash
    return version if is_same and version.read is not None else None


def _window(
    days: Sequence[Day],
    since: str | None,
    known: Mapping[str, Collection[KnownVersion]] | None,
) -> Iterator[Day]:
    """The days that can depend on what has changed.

    That begins at the last full one before `since` (of `known` versions, when they are given). It
    ends with the first full one after it: its content is its own, but whether it says something
    new depends on the version before.
    """
    # One that was only seen again cannot be what a later one is seen again of.
    full = [
        place
        for place, day in enumerate(days)
        if day.is_full and (known is None or day.as_of in known)
    ]
    start = max(
        (place for place in full if since and order(days[place].as_of) < order(since)), default=0
    )
    for day in days[start:]:
        yield day
        if since and order(day.as_of) > order(since) and day.is_full:
            return
