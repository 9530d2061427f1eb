"""What a source has given -> versions, one transaction an item, by one node at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item, Look
from monitor.errors import LateWrite, SnapshotRefused
from monitor.model.as_of import order
from monitor.model.record import replace
from monitor.pipeline.intake.absences import find_vanished
from monitor.pipeline.intake.documents import read_document
from monitor.pipeline.intake.holding import LOOK
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.intake.moving import TAKE, Moving, read_moving
from monitor.pipeline.intake.portions import portions
from monitor.pipeline.intake.taking import Origin, log_written, read, take_in_snapshot
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.sharing import Share, sharing
from monitor.pipeline.trouble.blame import Noted
from monitor.store import Families

T = TypeVar("T")


class Moment(NamedTuple):
    """What a snapshot that was accepted speaks of, and whether more of it may be to come."""

    situation: str
    as_of: str
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """This node's turn to take in what a source has."""

    program: Program
    looks: Looks
    share: Share
    source: str
    now: datetime

    def hold(self, tx: Families) -> None:
        """First in each transaction that writes. Raises LateWrite."""
        self.share.hold(tx, self.source)

    @property
    def moving(self) -> Moving:
        """What the others are told of it."""
        goes_on = self.source in self.looks.rest
        is_history = goes_on and self.source in self.looks.histories
        return Moving(since=self.looks.moving.get(self.source, {}), is_history=is_history)


class _Seen(NamedTuple):
    """What is written of the source itself at the end of a look."""

    at: datetime
    trouble: str | None
    newest: str | None = None


def take(
    program: Program, looks: Looks, source: str, look: Look, now: datetime
) -> Iterator[Passed]:
    """What is new; an item that fails is left to the next look, and so are all while another node
    takes in what the source has."""
    if not look.items:
        _note_moving(looks, source, (), now)
        seen = _Seen(now, _trouble(program, source, look, has_news=False))
        _record(program.store, looks, source, look, seen)
        return
    with sharing(program, TAKE, (source,)) as share:
        turn = Turn(program=program, looks=looks, share=share, source=source, now=now)
        try:
            if source in share:
                yield from _take_all(turn, look)
                return
        except LateWrite:
            pass
        program.blame.skip(LOOK, source)


def _take_all(turn: Turn, look: Look) -> Iterator[Passed]:
    """Raises LateWrite."""
    program, looks, source = turn.program, turn.looks, turn.source
    _continue(turn)
    fresh = _untaken(turn, look)
    accepted: list[Moment] = []
    waiting = len(fresh)
    for items in portions(fresh):
        waiting -= len(items)
        turn.share.renew(source)
        some = look._replace(items=items, left=look.left + waiting)
        accepted += yield from _take_some(turn, some)
    if accepted:
        # What could not be taken in may have wanted just that.
        program.patience.wake(f"{source}/")
    _note_moving(looks, source, [one.situation for one in accepted if one.goes_on], turn.now)
    has_news = bool(accepted) or len(fresh) < len(look.items)
    newest = max((moment.as_of for moment in accepted), key=order, default=None)
    seen = _Seen(turn.now, _trouble(program, source, look, has_news=has_news), newest)
    note = None if program.store.is_sqlite else turn.moving.written()
    with turn.share.finishing(source, note=note) as tx:
        _record(tx, looks, source, look, seen)


def _continue(turn: Turn) -> None:
    """Where another node has stopped."""
    looks, source = turn.looks, turn.source
    before = read_moving(turn.program.store.work.note(TAKE, source))
    if before.is_history:
        looks.histories.add(source)
    if before.since:
        looks.moving[source] = {**before.since, **looks.moving.get(source, {})}


def _untaken(turn: Turn, look: Look) -> tuple[Item, ...]:
    """What another node has taken in since the look, just before this one's turn, is done."""
    digests = {item.name: item.digest for item in look.items}
    taken = turn.program.store.sources.taken(turn.source, digests)
    turn.looks.owed[turn.source] -= taken
    return tuple(item for item in look.items if item.name not in taken)


def _trouble(program: Program, source: str, look: Look, *, has_news: bool) -> str | None:
    """For readers it is the source's, for the operator this machine's: another may see it well."""
    if look.remark:
        program.blame.note(LOOK, source, f"source {source}: {look.remark}")
    trouble = look.trouble or find_vanished(program, source, look, has_news=has_news)
    if trouble:
        program.blame.note(LOOK, source, f"source {source}: {trouble}")
    return trouble


def _record(store: Families, looks: Looks, source: str, look: Look, seen: _Seen) -> None:
    if look.memory is not None and not looks.owed[source]:
        store.sources.note_memory(source, look.memory)
    if not look.left:
        looks.histories.discard(source)
    newest = None if seen.trouble else seen.newest
    store.sources.checked(source, now=seen.at, trouble=seen.trouble, newest=newest)


def _take_some(turn: Turn, look: Look) -> Generator[Passed, None, list[Moment]]:
    """What is given, the oldest taken in first; returns what was accepted."""
    source = turn.source
    readable: list[tuple[Snapshot, Item]] = []
    for item in look.items:
        snapshot = _attempt(turn, item, partial(_read, turn, item))
        if snapshot is not None:
            readable.append((snapshot, item))
        else:
            _handled(turn, item)
        yield Passed()
    accepted: list[Moment] = []
    readable.sort(key=lambda pair: order(pair[0].as_of))
    _announce(turn, [(snapshot.situation, item.name) for snapshot, item in readable])
    for number, (snapshot, item) in enumerate(readable, 1):
        origin = Origin(
            source=source,
            path=item.name,
            bytes_hash=item.digest,
            present=look.present or (),
            authorship=item.authorship,
        )
        is_past = source in turn.looks.histories and _has_successor(look, len(readable) - number)
        taken = partial(_take_in, turn, snapshot, item, origin, is_past=is_past)
        is_accepted = _attempt(turn, item, taken)
        _handled(turn, item)
        if is_accepted:
            goes_on = turn.looks.goes_on(source, item.name)
            accepted.append(Moment(snapshot.situation, snapshot.as_of, goes_on))
        yield Passed(snapshots=1 if is_accepted else 0)
    return accepted


def _announce(turn: Turn, given: Sequence[tuple[str, str]]) -> None:
    """Before the first of several of a situation is written (with its item's name): others are not
    to tell of what is in between."""
    known, count = turn.moving, Counter(situation for situation, _ in given)
    several = {
        situation
        for situation, item in given
        if count[situation] > 1 or turn.looks.goes_on(turn.source, item)
    }
    since = {**dict.fromkeys(several, turn.now), **known.since}
    if since:
        turn.share.remark(turn.source, replace(known, since=since).written())


def _attempt(turn: Turn, item: Item, call: Callable[[], T | None]) -> T | None:
    said = f"{item.name} of source {turn.source} cannot be taken in"
    what = f"{turn.source}/{item.name}"
    return turn.program.blame.attempt(LOOK, what, said, call, otherwise=None)


def _handled(turn: Turn, item: Item) -> None:
    """An item that a fault of ours keeps out is asked for again; no other is."""
    program, what = turn.program, f"{turn.source}/{item.name}"
    why = program.blame.text(LOOK, what)
    if why is not None:
        program.patience.failed(what, item.digest, turn.now, [Noted(LOOK, what, why)])
        return
    program.patience.well(what)
    turn.looks.owed[turn.source].discard(item.name)


def _read(turn: Turn, item: Item) -> Snapshot | None:
    program, looks, source = turn.program, turn.looks, turn.source
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
        _refuse(turn, item, error)
        return None


def _has_successor(look: Look, after: int) -> bool:
    """Whether something takes the place of an item after which so many more can be read."""
    return look.newest is not None and look.left + after > 0


def _take_in(turn: Turn, snapshot: Snapshot, item: Item, origin: Origin, *, is_past: bool) -> bool:
    learned_at = min(turn.now, item.learned_at or turn.now)
    try:
        written = take_in_snapshot(
            turn.program,
            snapshot,
            item.data,
            learned_at,
            origin=origin,
            is_past=is_past,
            guard=turn.hold,
        )
    except SnapshotRefused as error:
        _refuse(turn, item, error)
        return False
    log_written(snapshot, written)
    return True


def _note_moving(looks: Looks, source: str, situations: Sequence[str], now: datetime) -> None:
    if source not in looks.rest:
        looks.moving.pop(source, None)
        return
    before = looks.moving.get(source, {})
    looks.moving[source] = {**dict.fromkeys(situations, now), **before}


def _refuse(turn: Turn, item: Item, error: SnapshotRefused) -> None:
    more = f" (and {len(error.others)} more)" if error.others else ""
    reason = f"{error}{more}"
    with turn.program.store.transaction() as tx:
        turn.hold(tx)
        tx.sources.saw(turn.source, item.name, item.digest, refused=reason)
    warn("snapshot-refused", f"refused {reason}", source=turn.source, path=item.name)
