"""The kind of a source that has none: found in its first version, settled by the second that
differs, and never another one from pair to pair.

The kind's file is what every look goes by. What the store knows goes before a new guess, so that
several nodes, and one that cannot write, come to the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from monitor.collect.bundle import is_bundle, unpack
from monitor.collect.limits import Limits
from monitor.errors import NotFound, RowDamaged, SnapshotRefused
from monitor.kinds.canonical import content_hash
from monitor.kinds.kind import Kind
from monitor.kinds.loose import PROVISIONAL, is_loose
from monitor.mapping.inferred import kind_from, text_of
from monitor.mapping.kindfiles import provisional_text, write_kind
from monitor.mapping.own import held
from monitor.mapping.shaping import Content, Shaping, content_of, inferred_from, kind_name
from monitor.model.comparison import Json
from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.pipeline.intake.shapes import Shapes
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn

_REVISION: Final = regex(r"@[0-9a-f]{7,64}(?:-\d+)?$")
_ADDRESS: Final = regex(r"\w+://[^?#]*")


class Given(Record):
    """One version of a source: its files by name, and how a person finds it."""

    files: Mapping[str, bytes]
    as_of: str
    shown: str
    limits: Limits

    def content(self, shaping: Shaping, kind: Kind | None = None) -> Content:
        """As `content_of`."""
        is_one = len(self.files) == 1 and not any("/" in name for name in self.files)
        names = {name: self.shown if is_one else f"{self.shown}:{name}" for name in self.files}
        return content_of(
            self.files, shaping, self.limits, as_of=self.as_of, shown=names, kind=kind
        )


def settled(program: Program, shapes: Shapes, shaping: Shaping, given: Given) -> Content:
    """The content of a version under the kind that is to be used from now on."""
    content = given.content(shaping)
    path = shaping.kind
    if not isinstance(path, Path):
        return content
    there = provisional_text(path) if content.inferred is None else None
    if content.inferred is None and there is None:
        shapes.unsettled.pop(shaping.situation, None)
        return content
    text = _known_text(program, shaping) or _found_text(program, shapes, shaping, content)
    if text is None or text == there:
        return content
    try:
        if write_kind(path, text, instead_of=there):
            say("kind-written", f"wrote {path}: what was found in {given.shown}")
            return given.content(shaping)
    except OSError as error:
        warn("kind-not-written", f"{path} cannot be written: {error.strerror}")
    return given.content(shaping, kind_from(text, name=kind_name(shaping)))


def file_name(name: str) -> str:
    """The name of an item without its revision, or the last part of an address."""
    plain = _REVISION.sub("", name)
    if found := _ADDRESS.match(plain):
        plain = found[0]
    return PurePosixPath(plain).name or plain


def _known_text(program: Program, shaping: Shaping) -> str | None:
    """The settled kind with which another node has taken versions in."""
    latest = program.store.versions.latest(shaping.situation)
    if latest is None:
        return None
    schema = program.kinds.by_hash(latest.kind_hash).schema
    is_settled = is_loose(schema) and PROVISIONAL not in schema
    return text_of(schema, told=shaping.name) if is_settled else None


def _found_text(program: Program, shapes: Shapes, shaping: Shaping, content: Content) -> str | None:
    """The final kind where a version before differs, else that of this one alone, if it is new."""
    before = _before(program, shapes, shaping)
    shapes.unsettled[shaping.situation] = content.written
    if before is not None and not _is_same(before, content):
        return inferred_from([before, content.written], shaping).text
    return content.inferred.text if content.inferred is not None else None


def _before(program: Program, shapes: Shapes, shaping: Shaping) -> Json | None:
    """The version before, as it was written; None where there is none or it cannot be read."""
    if shaping.situation in shapes.unsettled:
        return shapes.unsettled[shaping.situation]
    latest = program.store.versions.latest(shaping.situation)
    if latest is None or latest.snapshot is None:
        return None
    row = program.store.snapshots.get(latest.snapshot)
    limits = Limits()
    try:
        data = program.store.snapshots.data(latest.snapshot)
        name = file_name(row.path or shaping.name)
        files = unpack(data, limits) if is_bundle(data) else {name: data}
        return content_of(files, shaping, limits, as_of=row.as_of).written
    except (SnapshotRefused, RowDamaged, NotFound):
        return None


def _is_same(before: Json, content: Content) -> bool:
    """Whether two versions say the same, in whatever order."""
    try:
        document = held(before, content.kind, content.place)
    except SnapshotRefused:
        return False
    return content_hash(document, content.kind) == content_hash(content.document, content.kind)
