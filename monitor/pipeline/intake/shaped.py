"""What a source with a situation gives -> a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitor.collect.bundle import unpack
from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item
from monitor.errors import KindError, NotFound, SnapshotRefused
from monitor.mapping.load import load_mapping
from monitor.mapping.shaping import Shaping
from monitor.mapping.snapshots import snapshot_of
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
    mapping = home / written if written is not None else beside if beside.is_file() else None
    return Shaping(
        name=name,
        situation=source.situation or name,
        title=source.title,
        kind=_kind(name, source, home, mapping),
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


def _kind(name: str, source: SourceSettings, home: Path, mapping: Path | None) -> str | Path | None:
    """A file, or a name where it ships. A mapping may name its own, which the file beside beats."""
    beside = home / f"{name}.kind.yaml"
    if source.kind is None:
        return beside if mapping is None or beside.is_file() or not _names_kind(mapping) else None
    is_file = "/" in source.kind or "." in source.kind
    return home / source.kind if is_file else source.kind


def _names_kind(mapping: Path) -> bool:
    """Whether a mapping says its kind; one that cannot be read is said to, and refused later."""
    try:
        return load_mapping(mapping).kind is not None
    except (SnapshotRefused, NotFound):
        return True


def files_of(item: Item, program: Program) -> dict[str, bytes]:
    """The files of an item by the names that mappings know them by."""
    if item.is_bundle:
        return unpack(item.data, bounds(program.settings.limits), name=item.name)
    return {file_name(item.name): item.data}


def read_shaped(
    program: Program, shapes: Shapes, shaping: Shaping, item: Item, *, shown: str
) -> Snapshot:
    """Raises SnapshotRefused, with every fault and its place; what was passed over is logged."""
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
        others = getattr(error, "others", ())
        text = f"the kind or the mapping cannot be used: {error}"
        raise SnapshotRefused(text, where=shown, others=others) from error
    for problem in content.problems:
        warn("rows-passed-over", f"{shown}: {problem}", source=shaping.name)
    return snapshot.of_zone(program.settings.zone_of(shaping.situation))


def as_of_of(item: Item, shown: str) -> str:
    """When a document was true: as its source knows, else the day in its name."""
    if item.as_of is not None:
        return item.as_of
    found = _DAY.findall(item.name)
    if len(found) == 1:
        return str(found[0])
    text = "nothing says when this was true; put a day into the file's name"
    raise SnapshotRefused(f"{text}, such as members-2026-02-15.csv", where=shown)
