"""What a source with a situation gives -> a snapshot."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from monitor.collect.bundle import unpack
from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item
from monitor.errors import KindError, MappingError, MonitorError, NotFound, SnapshotRefused
from monitor.mapping.load import load_mapping
from monitor.mapping.shaping import Content, Shaping, kind_of
from monitor.mapping.snapshots import not_told_apart, snapshot_of
from monitor.model.patterns import regex
from monitor.pipeline.intake.settling import Given, file_name, settled
from monitor.pipeline.intake.shapes import Shapes
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.reading.form import Form
from monitor.settings.sources import SourceSettings

_DAY: Final = regex(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def shaping_of(name: str, source: SourceSettings) -> Shaping:
    """The keys of a source as values; files lie where the file lies that these stand in.

    Without `kind` or `map` these are NAME.kind.yaml and, where it is there, NAME.map.yaml in it.
    """
    home = source.home
    beside = home / f"{name}.map.yaml"
    written = source.map
    named = _at(home, written) if written is not None else None
    mapping = named or (beside if beside.is_file() else None)
    return Shaping(
        name=name,
        situation=source.situation or name,
        title=source.title,
        kind=_kind(name, source, mapping),
        form=Form(
            format=source.format,
            sheet=source.sheet,
            header=source.header,
            separator=source.separator,
            encoding=source.encoding,
        ),
        mapping=mapping,
        entries=source.entries,
        key=source.key,
    )


def _kind(name: str, source: SourceSettings, mapping: Path | None) -> str | Path | None:
    """A file, or the name of one that ships; None where the mapping says it."""
    beside = source.home / f"{name}.kind.yaml"
    if source.kind is None:
        return None if mapping is not None and not beside.is_file() else beside
    is_file = "/" in source.kind or "." in source.kind
    return _at(source.home, source.kind) if is_file else source.kind


def shaping_faults(name: str, source: SourceSettings) -> Iterator[MonitorError]:
    """What is wrong with the kind and the mapping of a source, before it gives anything."""
    shaping = shaping_of(name, source)
    kind = None
    try:
        kind = kind_of(shaping)
        if shaping.mapping is not None:
            load_mapping(shaping.mapping, kind=kind)
    except (KindError, NotFound, SnapshotRefused) as error:
        yield error


def shaping_digest(name: str, source: SourceSettings) -> str:
    """Changes with whatever a person changes to have something read otherwise."""
    shaping = shaping_of(name, source)
    files = [path for path in (shaping.kind, shaping.mapping) if isinstance(path, Path)]
    written = [path.read_bytes() if path.is_file() else b"" for path in files]
    return hashlib.sha256(b"\0".join([repr(shaping).encode(), *written])).hexdigest()


def files_of(item: Item, program: Program) -> dict[str, bytes]:
    """The files of an item by the names that mappings know them by."""
    if item.is_bundle:
        return unpack(item.data, bounds(program.settings.limits), name=item.name)
    return {file_name(item.name): item.data}


def read_shaped(
    program: Program, shapes: Shapes, shaping: Shaping, item: Item, *, shown: str
) -> Snapshot:
    """Raises SnapshotRefused, with every fault and its place; what was passed over is logged.

    MappingError, which is one, is for a kind or mapping that cannot be used, or not with this.
    """
    given = Given(
        files=files_of(item, program),
        as_of=as_of_of(item, shown),
        shown=shown,
        limits=bounds(program.settings.limits),
    )
    try:
        content = settled(program, shapes, shaping, given)
        snapshot = snapshot_of(content, shaping, name=shown, as_of=given.as_of)
    except (KindError, NotFound) as error:
        raise MappingError(f"{error}", others=getattr(error, "others", ())) from error
    _say_doubts(shapes, shaping, content)
    for problem in content.problems:
        warn("rows-passed-over", f"{shown}: {problem}", source=shaping.name)
    return snapshot.of_zone(program.settings.zone_of(shaping.situation))


def _say_doubts(shapes: Shapes, shaping: Shaping, content: Content) -> None:
    """Once, and again when all were told apart meanwhile."""
    doubts = not_told_apart(content)
    if not doubts:
        shapes.doubted.discard(shaping.situation)
    elif shaping.situation not in shapes.doubted:
        shapes.doubted.add(shaping.situation)
        warn("entries-not-told-apart", "; ".join(doubts), source=shaping.name)


def as_of_of(item: Item, shown: str) -> str:
    """When a document was true: as its source knows, else the day in its name."""
    if item.as_of is not None:
        return item.as_of
    found = _DAY.findall(item.name)
    if len(found) == 1:
        return str(found[0])
    text = "nothing says when this was true; put a day into the file's name"
    raise SnapshotRefused(f"{text}, such as members-2026-02-15.csv", where=shown)


def _at(home: Path, name: str) -> Path:
    """Where it is, found also while the folder that it is relative to is not there yet."""
    return Path(os.path.normpath(home / name))
