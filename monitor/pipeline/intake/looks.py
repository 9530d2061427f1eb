"""Source -> snapshot -> version: everything that is new in the sources, one transaction an item."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, TypeVar

from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item, Look, Source, SourceMemory, in_words
from monitor.errors import SnapshotRefused, SourceUnavailable
from monitor.model.as_of import order
from monitor.pipeline.intake.absences import find_vanished, forget_gone
from monitor.pipeline.intake.documents import read_document, wanted_again
from monitor.pipeline.intake.errands import Errands
from monitor.pipeline.intake.holding import LOOK, let_in
from monitor.pipeline.intake.portions import portions
from monitor.pipeline.intake.refused import end_refused, refused_here
from monitor.pipeline.intake.shapes import Shapes
from monitor.pipeline.intake.taking import Origin, bounds, log_written, read, take_in_snapshot
from monitor.pipeline.intake.turns import GRACE, is_ours
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.trouble.blame import Noted
from monitor.settings.sources import SourceSettings

T = TypeVar("T")


class Moment(NamedTuple):
    """What a snapshot that was accepted speaks of."""

    situation: str
    as_of: str


PER_PASS: Final = 100
"""Items that one look takes from a source; the next pass takes more. Alerts and digests are told in
between, so thousands of files keep nobody waiting for more than some seconds."""

PATIENCE: Final = timedelta(minutes=1)
"""How long a situation whose files are still being taken in is not spoken of: its readers are to
hear once of where it stands, but not to wait for ever."""


@dataclass(slots=True)
class Looks:
    """The sources that this process has opened, and what became of the last look at each."""

    opened: dict[str, Source] = field(default_factory=dict)
    opened_as: dict[str, SourceSettings] = field(default_factory=dict)
    """What each was opened with: a source that is told something else is opened anew."""
    owed: dict[str, set[str]] = field(default_factory=dict)
    """Items by source that were given and are not handled yet, by a fault or an end of the pass."""
    checked: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Sources with files that had not stood still in the last look."""
    ignored: dict[str, str] = field(default_factory=dict)
    """What each source passes over, as it was last noted."""
    again: dict[str, datetime] = field(default_factory=dict)
    """When a source that asks for it is looked at next, whatever its interval."""
    rest: dict[str, int] = field(default_factory=dict)
    """How many files the last look has left to the next one, by source."""
    moving: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """By source with a rest: the situations it has spoken of, and since when that goes on."""

    busy_since: datetime | None = None
    """Since when every look has left files to the next one, or the operator heard of them."""
    refused_here: dict[str, frozenset[str]] = field(default_factory=dict)
    """Items by source that this machine refuses or is about to judge, as it was last noted."""
    histories: set[str] = field(default_factory=set)
    """Sources whose history is taken in for the first time. Nobody has heard of it, and what came
    after a version shows whether it was an accident: only the newest may be held for one."""
    gone: dict[str, frozenset[int]] = field(default_factory=dict)
    """Snapshots by source whose files are not there any more."""
    shapes: Shapes = field(default_factory=Shapes)
    errands: Errands | None = None
    """Takes looks that wait for somebody else beside the passes; without it they are waited for."""

    def is_waited_for(self, source: str) -> bool:
        return self.errands is not None and self.errands.is_waited_for(source)

    def ask(self, source: str, look: Callable[[], Look]) -> Look | None:
        """What a look has found; None while it goes on."""
        return look() if self.errands is None else self.errands.ask(source, look)

    @property
    def left(self) -> int:
        """Files that the next pass can take at once."""
        waited = {source for source in self.rest if self.is_waited_for(source)}
        return sum(count for source, count in self.rest.items() if source not in waited)

    def is_settled(self, situation: str, now: datetime) -> bool:
        """Whether it may be spoken of, because no more of it is to be expected at once."""
        since = [of[situation] for of in self.moving.values() if situation in of]
        return not since or not timedelta() <= now - min(since) < PATIENCE

    def is_told(self, now: datetime) -> bool:
        """Whether it is time for the operator's mail: not for each hundred of many bad files."""
        if self.busy_since is not None and timedelta() <= now - self.busy_since < PATIENCE:
            return False
        self.busy_since = now if self.rest else None
        return True

    def keep(self, sources: Collection[str]) -> None:
        """Forget what is left of sources that are not asked any more."""
        for name in self.opened_as.keys() - sources:
            self.waiting.discard(name)
            self.histories.discard(name)
            for of in (self.opened, self.opened_as, self.owed, self.again, self.rest, self.moving):
                of.pop(name, None)

    def spoken(self, situation: str, now: datetime) -> None:
        """Readers have heard of it: what is still to come has its own minute."""
        for of in self.moving.values():
            if situation in of:
                of[situation] = now


def take_in(program: Program, looks: Looks, now: datetime) -> Iterator[Passed]:
    """Look at every source whose interval is over, file by file.

    What was held until its day counts first: it stood in the order before what is new.
    """
    looks.keep(program.settings.sources)
    yield from let_in(program, now)
    for name, source in program.settings.sources.items():
        if looks.is_waited_for(name) or not _is_due(looks, name, source, now):
            program.blame.skip(LOOK, name)
            continue
        if not is_ours(program, name, source, now):
            looks.checked[name], looks.again[name] = now, now + min(source.interval, GRACE)
            if any(row.name == name and row.trouble for row in program.store.sources.all()):
                # Who asks says when it is over.
                program.blame.skip(LOOK, name)
            continue
        found = program.blame.attempt(
            LOOK,
            name,
            f"source {name} cannot be looked at",
            partial(_look, program, looks, name, source, now),
            otherwise=None,
        )
        yield Passed()
        if found is not None:
            yield from _take(program, looks, name, found, now)
    looks.busy_since = (looks.busy_since or now) if looks.rest else None


def _is_due(looks: Looks, name: str, source: SourceSettings, now: datetime) -> bool:
    """A clock that was put back must not keep a source from being asked."""
    checked = looks.checked.get(name)
    return (
        checked is None
        or name in looks.waiting
        or name in looks.rest
        or now < checked
        or now >= looks.again.get(name, now + source.interval)
        or now - checked >= source.interval
    )


def _look(
    program: Program, looks: Looks, name: str, source: SourceSettings, now: datetime
) -> Look | None:
    """One question. A source that cannot be asked is trouble, and what it gave before stays."""
    store = program.store
    before = looks.checked.pop(name, None)
    seen = store.sources.files(name)
    again = wanted_again(program, looks.shapes, name, seen)
    owed = looks.owed.get(name, set()) | again
    resting = {item for item in owed if program.patience.sleeps(f"{name}/{item}", now)}
    known = SourceMemory(
        items={path: file.digest for path, file in seen.items() if path not in again},
        memory=(memory := store.sources.memory(name)),
        owed=owed - resting,
    )
    asked = partial(_opened(program, looks, name, source).look, known, now=now, most=PER_PASS)
    try:
        look = looks.ask(name, asked) if source.is_remote else asked()
    except SourceUnavailable as error:
        looks.checked[name] = now
        looks.rest.pop(name, None)
        _note_trouble(program, name, str(error), now)
        return None
    if memory is None and not seen:
        looks.histories.add(name)
    if look is None:
        if before is not None:
            looks.checked[name] = before
        program.blame.skip(LOOK, name)
        return None
    looks.checked[name] = now
    looks.waiting.discard(name)
    looks.rest.pop(name, None)
    looks.again.pop(name, None)
    if look.again is not None:
        looks.again[name] = now + look.again
    if look.waiting:
        looks.waiting.add(name)
    if look.left:
        looks.rest[name] = look.left
    # What is given is owed until it has been handled.
    given = {item.name for item in look.items}
    resting = {item for item in resting - given if look.has(item)}
    looks.owed[name] = given | resting
    for item in resting:
        program.patience.stands(f"{name}/{item}")
    _note_unread(program, name, looks.opened[name], look)
    _note_refused_here(program, looks, name, refused_here(look, seen))
    end_refused(program, name, look, seen, now)
    _note_ignored(program, looks, name, look)
    looks.gone[name] = forget_gone(program, look, seen, looks.gone.get(name, frozenset()), now)
    return look


def _opened(program: Program, looks: Looks, name: str, source: SourceSettings) -> Source:
    if looks.opened_as.get(name) != source:
        settings = program.settings
        if looks.errands is not None:
            looks.errands.drop(name)
        looks.opened_as[name] = source
        looks.opened[name] = source.open(settings.base, bounds(settings.limits))
    return looks.opened[name]


def _note_ignored(program: Program, looks: Looks, source: str, look: Look) -> None:
    """What holds data by its name and is not read: no trouble, but never passed over in silence."""
    line = in_words(look.ignored)
    if looks.ignored.get(source) == line:
        return
    looks.ignored[source] = line
    program.store.sources.note_ignored(source, line)
    if line:
        warn("files-not-read", f"source {source}: {line}", source=source)


def _note_trouble(program: Program, source: str, text: str, now: datetime) -> None:
    """For readers it is the source's, for the operator this machine's: another may see it well."""
    program.store.sources.checked(source, now=now, trouble=text)
    program.blame.note(LOOK, source, f"source {source}: {text}")


def _note_unread(program: Program, source: str, opened: Source, look: Look) -> None:
    """Items that this machine cannot read. What they gave before stays known: the same bytes, once
    they can be read again, are no event."""
    for item in look.unread:
        reason = f"{opened.shown(item.name)}: {item.reason}"
        program.blame.note(LOOK, f"{source}/{item.name}", reason)


def _note_refused_here(program: Program, looks: Looks, source: str, names: frozenset[str]) -> None:
    """Where one node serves alone, nobody else's items have to be told from its own."""
    if not program.store.is_sqlite and looks.refused_here.get(source) != names:
        program.store.sources.note_refused_at(source, socket.gethostname(), names)
        looks.refused_here[source] = names


def _take(
    program: Program, looks: Looks, source: str, look: Look, now: datetime
) -> Iterator[Passed]:
    """What is new; an item that fails is left to the next look."""
    accepted: list[Moment] = []
    waiting = len(look.items)
    for items in portions(look.items):
        waiting -= len(items)
        some = look._replace(items=items, left=look.left + waiting)
        accepted += yield from _take_some(program, looks, source, some, now)
    if accepted:
        # What could not be taken in may have wanted just that.
        program.patience.wake(f"{source}/")
    _note_moving(looks, source, [moment.situation for moment in accepted], now)
    newest = max((moment.as_of for moment in accepted), key=order, default=None)
    if look.remark:
        program.blame.note(LOOK, source, f"source {source}: {look.remark}")
    trouble = look.trouble or find_vanished(program, source, look, has_news=bool(accepted))
    if look.memory is not None and not looks.owed[source]:
        program.store.sources.note_memory(source, look.memory)
    if not look.left:
        looks.histories.discard(source)
    if trouble:
        _note_trouble(program, source, trouble, now)
    else:
        program.store.sources.checked(source, now=now, newest=newest)


def _take_some(
    program: Program, looks: Looks, source: str, look: Look, now: datetime
) -> Generator[Passed, None, list[Moment]]:
    """What is given, the oldest taken in first; returns what was accepted."""
    readable: list[tuple[Snapshot, Item]] = []
    for item in look.items:
        reading = partial(_read, program, looks, source, item)
        snapshot = _attempt(program, source, item, reading)
        if snapshot is not None:
            readable.append((snapshot, item))
        else:
            _handled(program, looks, source, item, now)
        yield Passed()
    accepted: list[Moment] = []
    readable.sort(key=lambda pair: order(pair[0].as_of))
    for number, (snapshot, item) in enumerate(readable, 1):
        origin = Origin(
            source=source,
            path=item.name,
            bytes_hash=item.digest,
            present=look.present or (),
            authorship=item.authorship,
        )
        learned_at = min(now, item.learned_at or now)
        is_past = source in looks.histories and _has_successor(look, len(readable) - number)
        taken = partial(_take_in, program, snapshot, item, origin, learned_at, is_past=is_past)
        is_accepted = _attempt(program, source, item, taken)
        _handled(program, looks, source, item, now)
        if is_accepted:
            accepted.append(Moment(snapshot.situation, snapshot.as_of))
        yield Passed(snapshots=1 if is_accepted else 0)
    return accepted


def _attempt(program: Program, source: str, item: Item, call: Callable[[], T | None]) -> T | None:
    said = f"{item.name} of source {source} cannot be taken in"
    return program.blame.attempt(LOOK, f"{source}/{item.name}", said, call, otherwise=None)


def _handled(program: Program, looks: Looks, source: str, item: Item, now: datetime) -> None:
    """An item that a fault of ours keeps out is asked for again; no other is."""
    what = f"{source}/{item.name}"
    why = program.blame.text(LOOK, what)
    if why is not None:
        program.patience.failed(what, item.digest, now, [Noted(LOOK, what, why)])
        return
    program.patience.well(what)
    looks.owed[source].discard(item.name)


def _read(program: Program, looks: Looks, source: str, item: Item) -> Snapshot | None:
    opened, settings = looks.opened[source], program.settings.sources[source]
    try:
        if settings.situation is not None:
            return read_document(program, looks.shapes, source, opened, item)
        return read(
            item.data,
            name=opened.shown(item.name),
            folder=item.folder,
            settings=program.settings,
            as_of=item.as_of,
        )
    except SnapshotRefused as error:
        _refuse_error(program, source, item, error)
        return None


def _has_successor(look: Look, after: int) -> bool:
    """Whether something takes the place of an item after which so many more can be read."""
    return look.newest is not None and look.left + after > 0


def _take_in(
    program: Program,
    snapshot: Snapshot,
    item: Item,
    origin: Origin,
    now: datetime,
    *,
    is_past: bool,
) -> bool:
    try:
        written = take_in_snapshot(
            program, snapshot, item.data, now, origin=origin, is_past=is_past
        )
    except SnapshotRefused as error:
        _refuse_error(program, origin.source, item, error)
        return False
    log_written(snapshot, written)
    return True


def _note_moving(looks: Looks, source: str, situations: Sequence[str], now: datetime) -> None:
    if source not in looks.rest:
        looks.moving.pop(source, None)
        return
    before = looks.moving.get(source, {})
    looks.moving[source] = {**dict.fromkeys(situations, now), **before}


def _refuse_error(program: Program, source: str, item: Item, error: SnapshotRefused) -> None:
    more = f" (and {len(error.others)} more)" if error.others else ""
    _refuse(program, source, item.name, f"{error}{more}", digest=item.digest)


def _refuse(program: Program, source: str, path: str, reason: str, *, digest: str) -> None:
    program.store.sources.saw(source, path, digest, refused=reason)
    warn("snapshot-refused", f"refused {reason}", source=source, path=path)
