"""What a person must know of, found by asking the tables and the disks."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.errors import RowDamaged
from monitor.model.tuples import NamedTuple
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.intake.withdrawals import said_of
from monitor.pipeline.program import KEPT_SECRET, Program, store_file
from monitor.pipeline.readers.naming import config_trouble
from monitor.pipeline.trouble.health import is_stale
from monitor.pipeline.trouble.mail import MAIL_SORTS, find_mail_trouble
from monitor.pipeline.trouble.out_of_order import find_old

WATCH: Final = "watch"

LEAST_SPACE = 50_000_000
"""Bytes below which the disk counts as full, while there is still room to say so."""
LOOK_BACK = 100
"""Dead messages that are looked at; the operator needs the reason, not every one."""


def find_trouble(program: Program, now: datetime) -> dict[str, str]:
    """Conditions that stand now, by a name that stays the same while they do: a line for each."""
    found: dict[str, str] = {}
    for check in CHECKS:
        found |= program.blame.attempt(
            WATCH,
            check.name,
            f"whether {check.name} need a person cannot be found out",
            lambda check=check: dict(check.find(program, now)),  # type: ignore[misc]
            otherwise={},
        )
    return found


def unknown_sorts(program: Program) -> frozenset[str]:
    """Sorts of conditions that could not be asked for: nothing is known of their end either."""
    failed = (check for check in CHECKS if program.blame.fails(WATCH, check.name))
    return frozenset(sort for check in failed for sort in check.sorts)


def _sources(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    for row in program.store.sources.all():
        source = program.settings.sources.get(row.name)
        if source is None:
            continue
        if is_stale(row.newest, source, now):
            yield f"stale:{row.name}", f"source {row.name} is stale: newest is of {row.newest}"
        for file in program.store.sources.files(row.name).values():
            if file.refused:
                yield f"refused:{row.name}/{file.path}", file.refused


def _held(program: Program, _now: datetime) -> Iterator[tuple[str, str]]:
    for version in program.store.versions.held():
        ref = version.ref
        yield (
            f"held:{version.id}",
            f"{ref.situation} of {ref.as_of} is held ({version.held}); "
            f"release or reject it: monitor held release {ref.situation}@{ref.content_hash[:12]}",
        )


def _stateless(program: Program, _now: datetime) -> Iterator[tuple[str, str]]:
    """What a withdrawal has taken the ground from. A situation that nobody follows and nothing is
    left of was a slip, and needs nobody."""
    there = program.store.versions.with_one()
    for situation in program.store.situations.all():
        name = situation.name
        stranded, out = (
            program.store.snapshots.stranded(name),
            program.store.snapshots.withdrawn(name),
        )
        if name in there:
            for row in stranded:
                text = f"{name} of {row.as_of} counts no more: {row.aside_reason}"
                yield f"stranded:{row.id}", f"{text}; withdraw it, or add what it can be laid over"
        elif out and (stranded or program.store.subscriptions.page(limit=1, situation=name)):
            last = max(out, key=lambda row: (row.aside_at or row.learned_at, row.id))
            text = f"{name} has no state: its snapshot of {last.as_of} was {said_of(last)}"
            back = f"monitor withdraw {name}@{last.as_of} --undo"
            yield f"stateless:{name}", f"{text}; add a full one, or put it back: {back}"


def _disk(program: Program, _now: datetime) -> Iterator[tuple[str, str]]:
    """Another machine has disks of its own, so the condition names this one."""
    for room in short_of_room(written_to(program)):
        yield f"disk:{socket.gethostname()}:{room.folder}", room.text


def _names(program: Program, _now: datetime) -> Iterator[tuple[str, str]]:
    return config_trouble(program)


def _subscriptions(program: Program, _now: datetime) -> Iterator[tuple[str, str]]:
    also = _standing(program, "subscription:")
    for number, why in program.store.subscriptions.damaged(also).items():
        yield f"subscription:{number}", why


def _histories(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    program.comparing.read_through(now)
    known = program.comparing.damaged
    for number in sorted(known | _standing(program, "version:")):
        try:
            version = program.store.versions.get(number)
            program.store.versions.state(number)
        except RowDamaged as error:
            yield f"version:{number}", f"{name_of(version)} cannot be compared with: {error}"
        else:
            known.discard(number)


def _standing(program: Program, sort: str) -> set[int]:
    """What another process may have met, which this one has not: it stands until it is mended."""
    standing = (one.condition for one in program.store.notices.standing())
    return {int(one.removeprefix(sort)) for one in standing if one.startswith(sort)}


class Check(NamedTuple):
    """One question about what a person must know of, and the sorts of conditions it answers."""

    name: str
    sorts: tuple[str, ...]
    find: Callable[[Program, datetime], Iterator[tuple[str, str]]]


CHECKS: Final = (
    Check("sources", ("stale", "refused"), _sources),
    Check("held versions", ("held",), _held),
    Check("states", ("stateless", "stranded"), _stateless),
    Check("messages", MAIL_SORTS, find_mail_trouble),
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
