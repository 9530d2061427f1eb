"""Sides of `monitor diff` that are no file: an address, a file of a commit, a folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.collect.bundle import pack, unpack
from monitor.collect.gathered import files_below
from monitor.collect.git.once import named, read_at
from monitor.collect.http.asking import HttpPlace
from monitor.collect.http.opening import named_with
from monitor.collect.http.source import fetch_once
from monitor.collect.limits import Limits
from monitor.errors import NotFound, SnapshotRefused, SourceUnavailable
from monitor.mapping.entities import are_entities, objects_of
from monitor.mapping.shaping import Shaping, content_of
from monitor.model.comparison import Json
from monitor.model.record import Record, replace
from monitor.net.address import is_address, without_secret
from monitor.net.agent import agent
from monitor.reading.form import Form


class Held(Record):
    """The bytes of a side and what it is called where its ending says what it is; a bundle of files
    where it is a folder, with `entries` "files" where each of them is an entity."""

    data: bytes
    name: str
    is_bundle: bool = False
    entries: str | None = None


def hold(name: str) -> Held | None:
    """What is at a place; None where the name is none. Raises NotFound."""
    limits = Limits.large()
    if is_address(name):
        return _of_address(name, limits)
    path = Path(name)
    if path.is_dir():
        return _of_folder(path, limits)
    wanted = named(name)
    if wanted is None:
        return None
    found = read_at(wanted, limits)
    return Held(data=found.data, name=name, is_bundle=found.is_bundle)


def _of_address(name: str, limits: Limits) -> Held:
    place = HttpPlace(
        address=name, agent=agent(""), named=named_with(name, ()), confirm=None, seconds=120
    )
    try:
        item = fetch_once(place, limits)
    except SourceUnavailable as error:
        raise NotFound(str(error)) from None
    return Held(data=item.data, name=without_secret(name))


def _of_folder(path: Path, limits: Limits) -> Held:
    try:
        files = {name: (path / name).read_bytes() for name in files_below(path)}
    except (OSError, ValueError) as error:
        raise NotFound(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    size = sum(map(len, files.values()))
    if size > limits.bytes:
        raise NotFound(f"{path}: {size} bytes in all; at most {limits.bytes} are read")
    return Held(data=pack(files), name=str(path), is_bundle=True)


def alike(held: Sequence[bytes | Held | None]) -> list[bytes | Held | None]:
    """The sides of a comparison, folders among them read by one rule."""
    folders = [each for each in held if isinstance(each, Held) and each.is_bundle]
    try:
        objects = [objects_of(_files(each), Limits.large()) for each in folders]
    except SnapshotRefused:  # said with its place when that side is read
        return list(held)
    if not are_entities(*objects):
        return list(held)
    return [replace(each, entries="files") if each in folders else each for each in held]


def document_of(held: Held, form: Form) -> Json:
    """The files of a folder as one document: a list where each is an entity, else by their names.

    Raises SnapshotRefused for one that cannot be read.
    """
    limits = Limits.large()
    files = _files(held)
    shown = {name: f"{held.name}/{name}" for name in files}
    shaping = Shaping(
        name=Path(held.name).name or "entries",
        situation="compared",
        form=form,
        entries=held.entries,
    )
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    return content_of(files, shaping, limits, as_of=day, shown=shown).written


def _files(held: Held) -> dict[str, bytes]:
    return unpack(held.data, Limits.large(), name=held.name)
