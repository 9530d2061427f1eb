"""What somebody wrote: the envelope of a snapshot, and its content checked against the kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, Literal, TypeAlias

from monitor.collect.limits import Limits
from monitor.collect.names import is_situation_name, parse_as_of
from monitor.collect.reader import Parsed, read_document
from monitor.collect.refusal import refusal
from monitor.collect.weighing import read_weights
from monitor.errors import KindError, NotFound, SnapshotRefused
from monitor.kinds.faults import Fault
from monitor.kinds.kind import ENVELOPE, Kind
from monitor.kinds.validation import validate
from monitor.model.as_of import in_zone
from monitor.model.comparison import Document, Weight
from monitor.model.nearest import suggestion
from monitor.model.record import Record, replace

__all__ = ["ENVELOPE", "Coverage", "Snapshot", "parse_as_of", "read_snapshot"]

Coverage: TypeAlias = Literal["full", "partial"] | tuple[str, ...]
"""A tuple holds the collections that a snapshot speaks for in full."""

_EDITOR: Final = "$schema"  # what editors look for in a JSON file; says nothing to us


class Snapshot(Record):
    """One file, read and checked; `content` is the document without the envelope, as written.

    `as_of` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`, until `of_zone` writes it otherwise.
    The content of a partial snapshot says only what it says: `merging.merge` makes the full state.
    """

    name: str
    kind: Kind
    situation: str
    as_of: str
    coverage: Coverage
    title: str | None
    note: str | None
    content: Document
    weigh: tuple[Weight, ...] = ()
    parsed: Parsed

    @property
    def is_full(self) -> bool:
        return self.coverage == "full"

    def of_zone(self, zone: str) -> Snapshot:
        """With the time of its `as_of` as its situation's zone writes it."""
        return replace(self, as_of=in_zone(self.as_of, zone))


def read_snapshot(
    data: bytes,
    *,
    name: str,
    kind_of: Callable[[str], Kind],
    limits: Limits | None = None,
    as_of: str | None = None,
) -> Snapshot:
    """Read and check one snapshot. Raises SnapshotRefused with every fault, in file order.

    `kind_of` gives the kind that a name stands for (see `kindfile.load_kind`). `as_of` is that of a
    snapshot which does not say its own.
    """
    parsed = read_document(data, name=name, limits=limits)
    return check_snapshot(parsed, name=name, kind_of=kind_of, as_of=as_of)


def check_snapshot(
    parsed: Parsed, *, name: str, kind_of: Callable[[str], Kind], as_of: str | None = None
) -> Snapshot:
    """The snapshot that a file holds which has been read; as `read_snapshot` otherwise."""
    if not isinstance(parsed.document, dict):
        raise SnapshotRefused("a snapshot is an object with kind, situation, as_of", where=name)
    envelope = _Envelope(parsed.document, as_of)
    kind = _kind(envelope, parsed, name, kind_of)
    coverage = envelope.coverage(kind)
    content = {
        key: value
        for key, value in parsed.document.items()
        if key not in ENVELOPE and key != _EDITOR
    }
    weigh = read_weights(parsed.document.get("weigh"), kind, envelope.faults)
    faults = envelope.faults
    if kind is not None:
        covered = () if isinstance(coverage, str) else coverage
        faults += validate(content, kind, partial=coverage != "full", covered=covered)
        faults += _coverage_faults(content, coverage, kind)
    if faults or kind is None:
        raise refusal(faults, parsed, name=name, kind=kind)
    return Snapshot(
        name=name,
        kind=kind,
        situation=envelope.situation,
        as_of=envelope.as_of,
        coverage=coverage,
        title=envelope.title,
        note=envelope.note,
        content=content,
        weigh=weigh,
        parsed=parsed,
    )


def one_of(snapshot: Snapshot) -> str:
    """What to do with a second file of a moment: which of the two came last, no folder can say."""
    if snapshot.is_full:
        return "keep one of the two"
    return "keep one of the two, write its time of day into as_of, or lay it over that one by hand"


def refuse_same_moment(
    path: str,
    snapshot: Snapshot,
    known: Mapping[str, tuple[str, str]],
    present: Collection[str],
) -> None:
    """Raise SnapshotRefused when another file that is still there speaks for the same moment.

    `known` gives the situation and `as_of` that each path last spoke for. After a renaming the old
    path is not there any more, and nothing is wrong.
    """
    moment = (snapshot.situation, snapshot.as_of)
    for other in sorted(present):
        if other != path and known.get(other) == moment:
            text = f"{other} already speaks for {moment[0]} as of {moment[1]}; {one_of(snapshot)}"
            raise SnapshotRefused(text, where=path)


class _Envelope:
    """The envelope keys of one document; what is wrong with them is in `faults`."""

    def __init__(self, document: dict[str, Any], as_of: str | None) -> None:
        self._document = document
        self.faults: list[Fault] = []
        self.kind_name = self._text("kind", needed=True)
        self.situation = self._text("situation", needed=True) or ""
        self.as_of = self._as_of(as_of)
        self.title = self._text("title")
        self.note = self._text("note")
        if self.situation and not is_situation_name(self.situation):
            text = "a situation's name has lower-case letters, digits and inner hyphens, 64 at most"
            self.faults.append(Fault(("situation",), text))

    def coverage(self, kind: Kind | None) -> Coverage:
        value = self._document.get("coverage", "full")
        if value in ("full", "partial"):
            return "full" if value == "full" else "partial"
        if not isinstance(value, list) or not value:
            text = "write full, partial, or a list of the collections it speaks for"
            self.faults.append(Fault(("coverage",), text))
            return "partial"
        known = [path for path in kind.collections if path] if kind else value
        for position, path in enumerate(value):
            if path not in known:
                text = f"the kind has no collection {path}{suggestion(str(path), known)}"
                self.faults.append(Fault(("coverage", position), text))
        return tuple(str(path) for path in value)

    def fault(self, key: str, text: str) -> None:
        self.faults.append(Fault((key,), text))

    def _text(self, key: str, *, needed: bool = False) -> str | None:
        value = self._document.get(key)
        if value is None:
            if needed:
                self.faults.append(Fault((), f"{key} is missing"))
            return None
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "write text, in quotes where it looks like a number")
            return None
        return value

    def _as_of(self, otherwise: str | None) -> str:
        text = self._text("as_of", needed=otherwise is None) or otherwise
        if text is None:
            return ""
        try:
            return parse_as_of(text)
        except ValueError as error:
            self.fault("as_of", str(error))
            return ""


def _kind(
    envelope: _Envelope, parsed: Parsed, name: str, kind_of: Callable[[str], Kind]
) -> Kind | None:
    if envelope.kind_name is None:
        return None
    try:
        return kind_of(envelope.kind_name)
    except NotFound as error:
        envelope.fault("kind", str(error))
    except KindError as error:
        place = parsed.locate(("kind",)) or (1, 1)
        others = (str(error), *error.others)
        text = f"the kind {envelope.kind_name} cannot be used"
        where = parsed.place(name, place)
        raise SnapshotRefused(text, where=where, others=others) from error
    return None


def _coverage_faults(content: Document, coverage: Coverage, kind: Kind) -> list[Fault]:
    """A collection that is spoken for in full has to be there, if only as an empty list."""
    if isinstance(coverage, str):
        return []
    return [
        Fault(("coverage",), f"{path} is covered but not there; write {path}: [] if it is empty")
        for path in coverage
        if path in kind.collections[""].children and path not in content
    ]
