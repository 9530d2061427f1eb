"""`NAME.map.yaml` -> a mapping that fits its kind. Every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath
from typing import Final

from monitor.collect.given import read_given
from monitor.collect.kindfile import load_kind
from monitor.collect.limits import Limits
from monitor.collect.reader import ENDINGS, Locate, read_document
from monitor.errors import KindError, MappingError, NotFound, SnapshotRefused
from monitor.kinds.faults import Fault, Path, one_line, path_text
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.speaking import Speaking
from monitor.mapping.jq_program import check_program
from monitor.mapping.reading_spec import read_spec
from monitor.mapping.spec import Mapped, Rows, Spec
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import Record

_LIMITS: Final = Limits(bytes=1024 * 1024, nodes=100_000)


class MappingFile(Record):
    """A mapping with the kind that it maps to; None where the documents are their own kind.

    `name` is what a person calls the file, `data` its bytes.
    """

    spec: Spec
    kind: Kind | None
    name: str
    data: bytes
    locate: Locate

    def place(self, path: Path) -> str:
        """`file:line:column` of a part of the mapping."""
        at = self.locate(path)
        return f"{self.name}:{at[0]}:{at[1]}" if at else self.name


def load_mapping(path: FilePath, *, kind: Kind | None = None) -> MappingFile:
    """Read a mapping. `kind` goes before the one that it names itself: one that ships, a file
    relative to it, or NAME.kind.yaml beside NAME.map.yaml. Raises MappingError with every fault,
    NotFound."""
    data = read_given(path, limit=_LIMITS.bytes, called=f"the mapping {path}")
    return read_mapping(data, name=str(path), folder=path.parent, kind=kind)


def read_mapping(
    data: bytes, *, name: str, folder: FilePath, kind: Kind | None = None
) -> MappingFile:
    """As `load_mapping`, of bytes that were read."""
    try:
        parsed = read_document(data, name=name, limits=_LIMITS)
    except SnapshotRefused as error:
        raise MappingError(error.message, where=error.where, others=error.others) from error
    faults: list[Fault] = []
    spec = read_spec(parsed.document, faults)
    kind = kind or _kind(spec, folder, name, faults)
    faults += _faults(spec)
    if kind is not None:
        faults += _misfits(spec, kind)
    if faults:
        raise _error(faults, name, parsed.locate)
    return MappingFile(spec=spec, kind=kind, name=name, data=data, locate=parsed.locate)


def _kind(spec: Spec, folder: FilePath, name: str, faults: list[Fault]) -> Kind | None:
    """The kind that a mapping names, else the one called as it is, else none."""
    said = spec.kind or FilePath(name).name.split(".")[0]
    is_file = said.lower().endswith(ENDINGS)
    beside = folder / f"{said}.kind.yaml"
    if spec.kind is None and not beside.is_file():
        return None
    written = str(folder / said) if is_file else said
    try:
        return load_kind(str(beside) if not is_file and beside.is_file() else written)
    except NotFound as error:
        faults.append(Fault(("kind",), f"{error}, and no {beside.name} lies beside the mapping"))
    except KindError as error:
        faults.append(Fault(("kind",), f"the kind cannot be used: {error}"))
    return None


def _faults(spec: Spec) -> Iterator[Fault]:
    """What is wrong within a mapping, whatever it maps to."""
    every = [*(each.rows for each in spec.collections.values()), *_rows_of(spec)]
    for rows in every:
        if rows.jq is not None and (wrong := check_program(rows.jq)):
            yield Fault((*rows.place, "jq"), wrong)
    if spec.jq is not None and (wrong := check_program(spec.jq)):
        yield Fault(("jq",), wrong)
    for path, mapped in spec.collections.items():
        if mapped.above and mapped.above not in spec.collections:
            known = [name for name in spec.collections if name]
            near = suggestion_or_all(mapped.above, known)
            yield Fault(mapped.place, f"{path} stands in {mapped.above}, which is not mapped{near}")
    for lookup in spec.lookups.values():
        for name in ("key", "by"):
            column = getattr(lookup, name) or ""
            if column.partition(".")[0] in spec.lookups and "." in column:
                yield Fault((*lookup.place, name), f"{name} is a column of the rows themselves")


def _rows_of(spec: Spec) -> list[Rows]:
    return [lookup.rows for lookup in spec.lookups.values()]


def _misfits(spec: Spec, kind: Kind) -> Iterator[Fault]:
    """Lists and fields that the kind does not have, and keys that nothing fills."""
    speaking = Speaking(kind.schema)
    for path, mapped in spec.collections.items():
        collection = kind.collections.get(path)
        if collection is None:
            near = suggestion_or_all(path, [name for name in kind.collections if name])
            yield Fault(mapped.place, f"the kind {kind.name} has no list {path}{near}")
            continue
        at = _place_in(path)
        known = [*speaking.properties(at), *collection.fields]
        for name, taken in mapped.fields.items():
            first = name.partition(".")[0]
            if first not in known and speaking.forbids(at, first):
                fields = [each for each in known if each not in collection.children]
                text = f"the kind {kind.name} has no field {name} in {path or 'the document'}"
                yield Fault(taken.place, text + suggestion_or_all(name, fields))
        if not mapped.rest:
            yield from _lacking(mapped, collection)


def _place_in(path: str) -> Path:
    steps: list[str | int] = []
    for step in path.split(".") if path else ():
        steps += [step, 0]
    return tuple(steps)


def _lacking(mapped: Mapped, collection: Collection) -> Iterator[Fault]:
    """A list whose entries nothing would identify."""
    if not collection.keys:
        return
    filled = [all(name in mapped.fields for name in names) for names in collection.keys]
    if not any(filled):
        lacking = [name for name in collection.keys[0] if name not in mapped.fields]
        text = f"{', '.join(lacking)} is missing: what tells the entries of {mapped.path} apart"
        yield Fault(mapped.place, text)


def _error(faults: Sequence[Fault], name: str, locate: Locate) -> MappingError:
    def line(fault: Fault) -> tuple[tuple[int, int], str]:
        path = path_text(fault.path)
        return locate(fault.path) or (1, 1), one_line(
            f"{path}: {fault.message}" if path else fault.message
        )

    lines = sorted(dict.fromkeys(line(fault) for fault in faults))
    places = [f"{name}:{at[0]}:{at[1]}" for at, _ in lines]
    others = tuple(
        f"{place}: {text}" for place, (_, text) in zip(places[1:], lines[1:], strict=True)
    )
    return MappingError(lines[0][1], where=places[0], others=others)
