"""The documents of sources with a situation; nothing is loaded for them where none has one."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item, Source
from monitor.errors import MappingError, MonitorError, SnapshotRefused
from monitor.model.as_of import order
from monitor.pipeline.intake.shapes import Shapes
from monitor.pipeline.program import Program
from monitor.store.records import SeenFile


def read_document(
    program: Program, shapes: Shapes, source: str, opened: Source, item: Item
) -> Snapshot:
    """Raises SnapshotRefused. A mapping that does not serve the newest there is keeps an item for
    when a person has mended it, by another MonitorError: nothing is lost meanwhile."""
    from monitor.pipeline.intake.shaped import as_of_of, read_shaped, shaping_of

    shaping = shaping_of(source, program.settings.sources[source])
    shown = opened.shown(item.name)
    try:
        return read_shaped(program, shapes, shaping, item, shown=shown)
    except MappingError as error:
        latest = program.store.versions.latest(shaping.situation)
        if latest is not None and order(latest.ref.as_of) > order(as_of_of(item, shown)):
            # It serves for what is newer: so this alone does not fit, for good.
            raise SnapshotRefused(error.message, where=error.where, others=error.others) from error
        raise MonitorError(str(error)) from error


def wanted_again(
    program: Program, shapes: Shapes, source: str, seen: Mapping[str, SeenFile]
) -> set[str]:
    """What was refused as it was read, where a person has changed how it is read."""
    settings = program.settings.sources[source]
    if settings.situation is None:
        return set()
    from monitor.pipeline.intake.shaped import shaping_digest

    before, now = shapes.digests.get(source), shaping_digest(source, settings)
    shapes.digests[source] = now
    if before == now:
        return set()
    program.patience.wake(f"{source}/")
    return {name for name, file in seen.items() if file.refused is not None}
