"""What a person must know of, found by asking the tables and the disks."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from monitor.errors import RowDamaged
from monitor.model.tuples import NamedTuple
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.intake.withdrawals import said_of
from monitor.pipeline.news import NAMES, STATES
from monitor.pipeline.program import KEPT_SECRET, Program, store_file
from monitor.pipeline.readers.naming import concerns, config_trouble
from monitor.pipeline.trouble.channels import SORTS, find_channel_trouble
from monitor.pipeline.trouble.health import is_stale
from monitor.pipeline.trouble.mail import MAIL_SORTS_ALL, find_mail_trouble
from monitor.pipeline.trouble.out_of_order import find_old
from monitor.pipeline.trouble.seen import Line, Seen
from monitor.store.records import SnapshotRow

WATCH: Final = "watch"

LEAST_SPACE = 50_000_000
"""Bytes below which the disk counts as full, while there is still room to say so."""
LOOK_BACK = 100
"""Dead messages that are looked at; the operator needs the reason, not every one."""


def find_trouble(program: Program, now: datetime, seen: Seen | None = None) -> dict[str, str]:
    """Conditions that stand now, by a name that stays the same while they do: a line for each."""
    found: dict[str, str] = {}
    seen = seen or Seen()
    seen.news.ask(program)
    for check in CHECKS:
        found |= program.blame.attempt(
            WATCH,
            check.name,
            f"whether {check.name} need a person cannot be found out",
            lambda check=check: dict(check.find(program, now, seen)),  # type: ignore[misc]
            otherwise={},
        )
    return found


def unknown_sorts(program: Program) -> frozenset[str]:
    """Sorts of conditions that could not be asked for: nothing is known of their end either."""
    failed = (check for check in CHECKS if program.blame.fails(WATCH, check.name))
    return frozenset(sort for check in failed for sort in check.sorts)


def _sources(program: Program, now: datetime, _: Seen) -> Iterator[Line]:
    for row in program.store.sources.all():
        source = program.settings.sources.get(row.name)
        if source is None:
            continue
        if is_stale(row.newest, source, now):
            yield f"stale:{row.name}", f"source {row.name} is stale: newest is of {row.newest}"
    for file in program.store.sources.refused():
        if file.refused and file.source in program.settings.sources:
            yield f"refused:{file.source}/{file.path}", file.refused


def _held(program: Program, _now: datetime, _: Seen) -> Iterator[Line]:
    for version in program.store.versions.held():
        ref = version.ref
        yield (
            f"held:{version.id}",
            f"{ref.situation} of {ref.as_of} is held ({version.held}); "
            f"release or reject it: monitor held release {ref.situation}@{ref.content_hash[:12]}",
        )


def _stateless(program: Program, _now: datetime, seen: Seen) -> Iterator[Line]:
    """What a withdrawal has taken the ground from. A situation that nobody follows and nothing is
    left of was a slip, and needs nobody."""
    if names := seen.news.of(STATES):
        _look_for_states(program, names, seen)
        seen.news.seen(STATES, *names)
    for name in sorted(seen.stranded):
        yield from seen.stranded[name]
    for name in sorted(seen.stateless):
        yield from _has_no_state(program, name)


def _look_for_states(program: Program, names: frozenset[str], seen: Seen) -> None:
    few = seen.news.few(names)
    there, aside = program.store.lines.latest(few), program.store.lines.set_aside(few)
    seen.stateless = (seen.stateless - names) | (aside.keys() - there.keys())
    for name in names:
        seen.stranded.pop(name, None)
    for name in aside.keys() & there.keys():
        if "stranded" in aside[name]:
            rows = program.store.snapshots.stranded(name)
            seen.stranded[name] = tuple(_stranded(row) for row in rows)


def _stranded(row: SnapshotRow) -> Line:
    text = f"{row.situation} of {row.as_of} counts no more: {row.aside_reason}"
    return f"stranded:{row.id}", f"{text}; withdraw it, or add what it can be laid over"


def _has_no_state(program: Program, name: str) -> Iterator[Line]:
    out = program.store.snapshots.withdrawn(name)
    followed = partial(program.store.subscriptions.page, limit=1, situation=name)
    if out and (program.store.snapshots.stranded(name) or followed()):
        last = max(out, key=lambda row: (row.aside_at or row.learned_at, row.id))
        text = f"{name} has no state: its snapshot of {last.as_of} was {said_of(last)}"
        back = f"monitor withdraw {name}@{last.as_of} --undo"
        yield f"stateless:{name}", f"{text}; add a full one, or put it back: {back}"


def _messages(program: Program, now: datetime, seen: Seen) -> Iterator[Line]:
    return find_mail_trouble(program, now, seen)


def _channels(program: Program, now: datetime, _: Seen) -> Iterator[Line]:
    return find_channel_trouble(program, now)


def _disk(program: Program, _now: datetime, _: Seen) -> Iterator[Line]:
    """Another machine has disks of its own, so the condition names this one."""
    for room in short_of_room(written_to(program)):
        yield f"disk:{socket.gethostname()}:{room.folder}", room.text


def _names(program: Program, _now: datetime, seen: Seen) -> Iterator[Line]:
    names, settings = seen.news.of(NAMES), program.settings
    is_first = bool(names) and not seen.is_anything_there
    if seen.named_by is not settings or is_first or concerns(settings, names):
        seen.names, seen.named_by = tuple(config_trouble(program)), settings
        seen.is_anything_there = bool(program.store.versions.with_one())
    seen.news.seen(NAMES, *names)
    yield from seen.names


def _subscriptions(program: Program, _now: datetime, seen: Seen) -> Iterator[Line]:
    also = _standing(program, seen, "subscription:")
    for number, why in program.store.subscriptions.damaged(also).items():
        yield f"subscription:{number}", why


def _histories(program: Program, now: datetime, seen: Seen) -> Iterator[Line]:
    program.comparing.read_through(now)
    known = program.comparing.damaged
    for number in sorted(known | _standing(program, seen, "version:")):
        try:
            version = program.store.versions.get(number)
            program.store.versions.state(number)
        except RowDamaged as error:
            yield f"version:{number}", f"{name_of(version)} cannot be compared with: {error}"
        else:
            known.discard(number)


def _standing(program: Program, seen: Seen, sort: str) -> set[int]:
    """What another process may have met, which this one has not: it stands until it is mended."""
    return {number for number, _ in seen.standing(program, sort)}


class Check(NamedTuple):
    """One question about what a person must know of, and the sorts of conditions it answers."""

    name: str
    sorts: tuple[str, ...]
    find: Callable[[Program, datetime, Seen], Iterator[Line]]


CHECKS: Final = (
    Check("sources", ("stale", "refused"), _sources),
    Check("held versions", ("held",), _held),
    Check("states", ("stateless", "stranded"), _stateless),
    Check("messages", MAIL_SORTS_ALL, _messages),
    Check("channels", SORTS, _channels),
    Check("disks", ("disk",), _disk),
    Check("names", ("name",), _names),
    Check("subscriptions", ("subscription",), _subscriptions),
    Check("dates", ("old",), find_old),
    Check("histories", ("version",), _histories),
)


LEAST_SPACE = 50_000_000
"""Bytes below which a disk counts as full, while there is still room to say so."""

LEAST_FILES = 1000
"""The same for the number of files that can still be made: one for each mail, where they are."""

SMALL = 10
"""A file system that is small itself counts as full when less than one part in so many is free."""


class Short(NamedTuple):
    """A file system without room, by a folder on it, and the line about it."""

    folder: Path
    text: str


def written_to(program: Program) -> tuple[Path, ...]:
    """Folders: of the database, the mail files and the kept secret."""
    settings = program.settings
    folders = [(settings.base / KEPT_SECRET).parent]
    if (file := store_file(settings)) is not None:
        folders.append(file.parent)
    if (mail := settings.channel.folder(settings)) is not None:
        folders.append(mail)
    return tuple(folders)


def short_of_room(folders: Iterable[Path]) -> Iterator[Short]:
    """Each file system once. What cannot be asked is left to who writes there."""
    seen = set()
    for wanted in folders:
        folder = _there(wanted)
        try:
            found, device = os.statvfs(folder), folder.stat().st_dev
        except OSError:
            continue
        # The same file system may be mounted twice, for writing at one place only.
        place = device, found.f_flag & os.ST_RDONLY
        if place not in seen:
            seen.add(place)
            yield from _judge(folder, found)


def _judge(folder: Path, found: os.statvfs_result) -> Iterator[Short]:
    free, total = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    if found.f_flag & os.ST_RDONLY:
        text = f"the disk of {folder} is mounted read-only: nothing can be kept or told"
        yield Short(folder, text)
    elif free < min(LEAST_SPACE, total // SMALL):
        yield Short(folder, f"the disk of {folder} is full: {_size(free)} of {_size(total)} free")
    # Some file systems have no number of files to run out of, and say 0.
    elif found.f_files and found.f_favail < min(LEAST_FILES, found.f_files // SMALL):
        yield Short(
            folder,
            f"the disk of {folder} is full: {found.f_favail} of {found.f_files} inodes free",
        )


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number < LEAST_SPACE else f"{number // 1_000_000} MB"


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)
