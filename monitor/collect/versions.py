"""From what snapshots say to the states of a situation, derived again when one comes late.

States of partial snapshots are derived, so a late or corrected one gives new revisions of those
that follow it, up to the next full one, which owes nothing to what came before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from monitor.collect.merging import merge
from monitor.collect.reader import Parsed
from monitor.collect.snapshot import Coverage
from monitor.kinds.canonical import state_hash
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.comparison import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one stored snapshot says: its content as written, and what it speaks for in full."""

    id: int
    as_of: str
    coverage: Coverage
    content: Document
    name: str = ""
    """The file it came from, for messages."""
    parsed: Parsed | None = field(default=None, repr=False, compare=False)
    """The file as it was read, where it is at hand, for lines in messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """The newest revision in the line at an `as_of`."""

    as_of: str
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedVersion:
    """A version to write: a new `as_of`, or a new revision of one. `document` is canonical."""

    as_of: str
    document: Document
    content_hash: str
    said_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAgain:
    """A snapshot that says the same as the version just before it: seen again, no new version."""

    version_as_of: str
    as_of: str
    said_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What has to be written, each in ascending order of `as_of`."""

    versions: tuple[DerivedVersion, ...] = ()
    sightings: tuple[SeenAgain, ...] = ()


def derive(
    said: Sequence[Statement],
    line: Sequence[KnownVersion],
    kind: Kind,
    *,
    since: str | None = None,
    reading: int | None = None,
) -> Derived:
    """What the line of one situation owes to all that was said about it.

    `said` is ascending by (`as_of`, learned), without what is held or rejected; of several with one
    `as_of` the last counts. `line` is the line as it is. With `since`, the earliest `as_of`
    that is new, only what may depend on it is derived. `reading` is the id of what is taken in
    now, which is held to more than what was (see `merge`). Raises SnapshotRefused, naming the file,
    when a state cannot be made or does not fit the kind.
    """
    known = {version.as_of: version.content_hash for version in line}
    versions: list[DerivedVersion] = []
    sightings: list[SeenAgain] = []
    before: tuple[str, str] | None = None  # as_of and hash of the version just before
    for part, state in _states(said, kind, since, known, reading):
        content = state_hash(state)
        is_due = since is None or order(part.as_of) >= order(since)
        if part.as_of not in known and before is not None and before[1] == content:
            if is_due:
                sightings.append(
                    SeenAgain(version_as_of=before[0], as_of=part.as_of, said_id=part.id)
                )
            continue
        if is_due and known.get(part.as_of) != content:
            versions.append(
                DerivedVersion(
                    as_of=part.as_of, document=state, content_hash=content, said_id=part.id
                )
            )
        before = (part.as_of, content)
    return Derived(versions=tuple(versions), sightings=tuple(sightings))


def state_of(said: Sequence[Statement], kind: Kind, number: int) -> DerivedVersion:
    """The state that one of the counting snapshots makes, though it may say nothing new.

    `number` is its id. Raises SnapshotRefused as `derive` does.
    """
    own = next(part for part in said if part.id == number)
    states = _states(said, kind, own.as_of)
    state = next(state for part, state in states if part.id == number)
    return DerivedVersion(
        as_of=own.as_of, document=state, content_hash=state_hash(state), said_id=number
    )


def _states(
    said: Sequence[Statement],
    kind: Kind,
    since: str | None,
    known: Collection[str] | None = None,
    reading: int | None = None,
) -> Iterator[tuple[Statement, Document]]:
    """Each counting snapshot with its state, where it can depend on what is new.

    That begins at the last full one before `since` (of `known` versions, when they are given). It
    ends with the first full one after it: its content is its own, but whether it says something
    new depends on the version before.
    """
    newest = {part.as_of: part for part in said}
    line = [newest[as_of] for as_of in sorted(newest, key=order)]
    # One that was only seen again cannot be what a later one is seen again of.
    full = [
        place
        for place, part in enumerate(line)
        if part.coverage == "full" and (known is None or part.as_of in known)
    ]
    start = max(
        (place for place in full if since and order(line[place].as_of) < order(since)), default=0
    )
    state: Document | None = None
    for part in line[start:]:
        state = merge(state, part, kind, strict=part.id == reading or part.parsed is not None)
        yield part, state
        if since and order(part.as_of) > order(since) and part.coverage == "full":
            return
