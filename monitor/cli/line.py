"""All versions of a situation, from the store or from a folder of snapshots without one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import click

from monitor.collect.given import read_given
from monitor.collect.kindfile import load_kind
from monitor.collect.listing import list_folder, os_reason
from monitor.collect.merging import merge
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import Conflict, NotFound
from monitor.kinds.canonical import state_hash
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.authorship import Authorship
from monitor.model.comparison import Document, State, VersionRef
from monitor.model.quotation import Quotation
from monitor.model.record import NONE, Record
from monitor.pipeline.drafting.evidence import quotations


class StateLine(Record):
    """Ascending states of one situation, and the kind that they are read with."""

    states: tuple[State, ...]
    kind: Kind
    withdrawn: tuple[str, ...] = ()
    """What counted once and was taken out: its as_of and the reason, in words."""
    authors: Mapping[VersionRef, Authorship] = NONE
    """Who published the snapshot that a version comes of, where that is known."""
    quotations: tuple[Quotation, ...] = ()
    """Words of publications that values rest on."""


def load_line(names: Sequence[str], *, config: str | None) -> StateLine:
    """A situation's name, or snapshot files and folders of them.

    Raises NotFound, Conflict when the files are not of one situation, and what reading raises.
    """
    if all(os.path.lexists(name) for name in names):
        return _from_files(names)
    if len(names) > 1:
        missing = next(name for name in names if not os.path.lexists(name))
        raise NotFound(f"no file or folder {missing}")
    from monitor.cli.versions import open_versions

    # Until the command ends: of a long line not every document is in memory at once.
    versions = click.get_current_context().with_resource(open_versions(config))
    states, kind = versions.states(names[0])
    return StateLine(
        states=states,
        kind=kind,
        withdrawn=versions.withdrawn(names[0]),
        authors=versions.authors(names[0]),
        quotations=quotations(versions.program.store, names[0]),
    )


def _from_files(names: Iterable[str]) -> StateLine:
    snapshots = sorted((_read(path) for path in _files(names)), key=lambda one: order(one.as_of))
    if not snapshots:
        raise NotFound(f"no snapshots in {', '.join(names)}")
    for one, other in pairwise(snapshots):
        if one.situation != other.situation:
            raise Conflict(f"{one.name} and {other.name} are of different situations")
        if one.as_of == other.as_of:
            raise Conflict(f"{one.name} and {other.name} are both as of {one.as_of}")
    kind = snapshots[-1].kind
    states: list[State] = []
    base: Document | None = None
    for snapshot in snapshots:
        base = merge(base, snapshot, kind)
        title = snapshot.title or (states[-1].ref.title if states else None)
        ref = _ref(snapshot, state_hash(base), title)
        states.append(State(ref=ref, document=base, weigh=snapshot.weigh))
    return StateLine(states=tuple(states), kind=kind)


def _files(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        try:
            listing = list_folder(path)
        except OSError as error:
            raise NotFound(f"{path} cannot be listed: {os_reason(error)}") from error
        for unread in listing.unread:
            click.echo(f"monitor: {path / unread.name}: {unread.reason}", err=True)
        yield from (listed.file for listed in listing.snapshots)


def _read(path: Path) -> Snapshot:
    return read_snapshot(
        read_given(path),
        name=str(path),
        kind_of=lambda kind: load_kind(kind, relative_to=path.parent),
    )


def _ref(snapshot: Snapshot, content: str, title: str | None) -> VersionRef:
    return VersionRef(
        situation=snapshot.situation,
        as_of=snapshot.as_of,
        content_hash=content,
        title=title,
    )
