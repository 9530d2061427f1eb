"""Opening, saving and ending a draft. Nothing here tells anybody anything."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitor.collect.names import parse_as_of
from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_yaml
from monitor.errors import Conflict, MonitorError, NotFound, SnapshotRefused
from monitor.model.as_of import order
from monitor.model.comparison import Json
from monitor.model.nearest import suggestion_or_all
from monitor.pipeline.program import Program
from monitor.store.records import Draft, Version
from monitor.writing.blank import Envelope, blank


def open_draft(
    program: Program, situation: str, *, as_of: str | None, by: str, now: datetime
) -> Draft:
    """An empty one over the latest version. Raises NotFound for a situation without one, Conflict
    when a draft is open or `as_of` is not later than the latest."""
    latest = latest_of(program, situation)
    day = as_of or _today(program, latest, now)
    try:
        dated = parse_as_of(day)
    except ValueError as error:
        raise MonitorError(f"--as-of: {error}") from error
    if order(dated) < order(latest.ref.as_of):
        raise Conflict(
            f"the latest version of {situation} is of {latest.ref.as_of}, later than {dated}"
        )
    envelope = Envelope(
        kind=_kind_as_written(program, latest),
        situation=situation,
        as_of=dated,
        title=program.store.snapshots.title(situation, latest.ref.as_of),
        base=latest.ref.as_of,
    )
    kind = program.kinds.by_hash(latest.kind_hash)
    text = blank(envelope, kind, program.comparing.state(latest).document, write_yaml)
    return program.store.drafts.open(situation, text, base=latest.id, by=by, now=now)


def latest_of(program: Program, situation: str) -> Version:
    """Raises NotFound, with the nearest name that there is."""
    latest = program.store.versions.latest(situation)
    if latest is None:
        known = sorted(one.name for one in program.store.situations.all())
        raise NotFound(f"no version of {situation}{suggestion_or_all(situation, known)}")
    return latest


def draft_of(program: Program, situation: str) -> Draft:
    """Raises NotFound when none is open."""
    draft = program.store.drafts.of(situation)
    if draft is None:
        latest_of(program, situation)
        raise NotFound(f"{situation} has no draft; `monitor draft open {situation}` begins one")
    return draft


def _today(program: Program, latest: Version, now: datetime) -> str:
    """The day; the moment, where the latest version is of a moment of this day."""
    zone = ZoneInfo(program.settings.zone_of(latest.ref.situation))
    day = now.astimezone(zone).date().isoformat()
    if order(day) < order(latest.ref.as_of):
        return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return day


def _kind_as_written(program: Program, latest: Version) -> str:
    """As the newest snapshot names it: a kind's own name, or a file beside the snapshot."""
    document = None if latest.snapshot is None else _document(program, latest.snapshot)
    if isinstance(document, dict) and isinstance(document.get("kind"), str):
        return str(document["kind"])
    return program.kinds.by_hash(latest.kind_hash).name


def _document(program: Program, snapshot: int) -> Json:
    """None for a table, which names no kind."""
    try:
        return read_document(program.store.snapshots.data(snapshot), name="").document
    except SnapshotRefused:
        return None
