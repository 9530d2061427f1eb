"""What a source gives -> the document of its situation: read, and mapped or its own kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Final

from monitor.collect.kindfile import load_kind
from monitor.collect.limits import Limits
from monitor.compare.alike import KEY
from monitor.errors import MappingError, NotFound, SnapshotRefused
from monitor.kinds.faults import Path
from monitor.kinds.kind import Kind
from monitor.mapping.apply import apply
from monitor.mapping.inferred import Found, infer, kind_from
from monitor.mapping.load import MappingFile, load_mapping
from monitor.mapping.own import held, whole_of, written_at
from monitor.mapping.places import MappedPlaces
from monitor.mapping.sheets import Files
from monitor.model.comparison import Document, Json
from monitor.model.nearest import few
from monitor.model.record import Record
from monitor.reading.form import FORMATS, UNDECLARED, Form

_ENDINGS: Final = frozenset({*FORMATS, "yml", "ndjson", "tab", "xlsm"})


class Shaping(Record):
    """How what a source gives becomes documents of a situation.

    `name` is that of the source: what a list without a name is called. `kind` is the name of one
    that ships, or a file, which need not be there yet; `mapping` a file. `entries`: "files" where
    each file is one entity. `key` is the field that tells these, or the entries of a list at the
    root, apart.
    """

    name: str
    situation: str
    title: str | None = None
    kind: str | FilePath | None = None
    form: Form = UNDECLARED
    mapping: FilePath | None = None
    entries: str | None = None
    key: str | None = None

    @property
    def keys(self) -> Mapping[str, str]:
        """As `monitor diff --key` wants them."""
        return {"": self.key} if self.key is not None else {}


class Content(Record):
    """A document as its kind has it, without an envelope.

    `found` says how each file was read and `problems` what was passed over, lines for a person.
    `place` finds a path of the document in the files. `written` is the document before it had a
    kind, of which one is inferred. `inferred` is the text of the kind, where none was there.
    """

    document: Document
    kind: Kind
    written: Json
    place: Callable[[Path], str]
    found: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    inferred: Found | None = None


def content_of(
    files: Mapping[str, bytes],
    shaping: Shaping,
    limits: Limits,
    *,
    as_of: str,
    shown: Mapping[str, str] | None = None,
    kind: Kind | None = None,
) -> Content:
    """Read and map what a source has given. `shown` is how a person finds each file.

    A kind that is not there yet is inferred, see `inferred.infer`; `kind` goes before. Raises
    SnapshotRefused (and MappingError, which is one), KindError, NotFound.
    """
    held_files = Files(files, shaping.form, limits, shown or {})
    kind = kind or kind_of(shaping)
    if shaping.mapping is not None:
        content = _mapped(held_files, shaping, kind, as_of)
    else:
        content = _own(held_files, shaping, kind)
    _refuse_untaken(held_files)
    return content


def written_of(
    files: Mapping[str, bytes],
    shaping: Shaping,
    limits: Limits,
    *,
    as_of: str,
    shown: Mapping[str, str] | None = None,
) -> Json:
    """The document before it has a kind, of which one can be inferred. Raises as `content_of`."""
    if shaping.mapping is not None:
        return content_of(files, shaping, limits, as_of=as_of, shown=shown).written
    held_files = Files(files, shaping.form, limits, shown or {})
    document = _Gathered(held_files, shaping).document
    _refuse_untaken(held_files)
    return document


def _refuse_untaken(files: Files) -> None:
    if (line := files.untaken) is not None:
        raise SnapshotRefused(line, where=files.shown(files.names[0]))


def kind_of(shaping: Shaping) -> Kind | None:
    """The kind that is there; None where it is yet to be inferred. Raises KindError, NotFound."""
    if shaping.kind is None:
        return None
    if isinstance(shaping.kind, FilePath):
        return load_kind(str(shaping.kind)) if shaping.kind.exists() else None
    return load_kind(shaping.kind)


def _mapped(files: Files, shaping: Shaping, kind: Kind | None, as_of: str) -> Content:
    assert shaping.mapping is not None
    mapping = mapping_of(shaping.mapping, kind)
    applied = apply(mapping.spec, files, mapping.kind, day=as_of[:10], place=mapping.place)
    places = MappedPlaces(applied.made, files)
    document, kind = applied.document, mapping.kind
    found: Found | None = None
    if kind is None:
        found, kind = _inferred(document, shaping)
        document = held(document, kind, places.of)
    return Content(
        document=document,
        kind=kind,
        written=applied.document,
        place=places.of,
        found=files.found,
        problems=applied.problems,
        inferred=found,
    )


def mapping_of(path: FilePath, kind: Kind | None) -> MappingFile:
    """The mapping in a file. Raises NotFound, MappingError."""
    return load_mapping(path, kind=kind)


def _own(files: Files, shaping: Shaping, kind: Kind | None) -> Content:
    gathered = _Gathered(files, shaping)
    found: Found | None = None
    if kind is None:
        found, kind = _inferred(gathered.document, shaping)
    whole = whole_of(kind, gathered.document)

    def place(path: Path) -> str:
        return gathered.place(written_at(path, gathered.document, whole))

    return Content(
        document=held(gathered.document, kind, place),
        kind=kind,
        written=gathered.document,
        place=place,
        found=files.found,
        problems=gathered.problems,
        inferred=found,
    )


def _inferred(document: Json, shaping: Shaping) -> tuple[Found, Kind]:
    found = inferred_from([document], shaping)
    return found, kind_from(found.text, name=kind_name(shaping))


def inferred_from(documents: Sequence[Json], shaping: Shaping) -> Found:
    """The kind of one document, or of two that differ, the older first; see `inferred.infer`."""
    try:
        return infer(
            documents,
            name=shaping.name,
            title=shaping.title,
            told=shaping.name,
            keys=shaping.keys,
        )
    except NotFound as error:
        wrong = str(error).partition(": ")[2] or str(error)
        raise MappingError(f"key = {shaping.key} of source {shaping.name}: {wrong}") from error


def kind_name(shaping: Shaping) -> str:
    """What a kind that is inferred is called: as its file is, else as its situation."""
    path = shaping.kind
    return path.name.split(".")[0] if isinstance(path, FilePath) else shaping.situation


class _Gathered:
    """All files as one document: the only one, a list of entities, or a list for each file."""

    def __init__(self, files: Files, shaping: Shaping) -> None:
        self._files = files
        self._names = [name for name in files.names if _is_read(name, shaping)]
        self._is_single = len(files.names) == 1 and shaping.entries is None
        if self._is_single:
            self._names = list(files.names)
        skipped = [name for name in files.names if name not in self._names]
        self.problems = (f"not read: {few(skipped)}",) if skipped else ()
        if not self._names:
            raise SnapshotRefused(f"none of the files is read: {few(skipped)}")
        self._entries = shaping.entries
        self.document: Json = self._gather(shaping)

    def _gather(self, shaping: Shaping) -> Json:
        if self._is_single:
            return self._files.reading(self._names[0]).document
        if self._entries == "files":
            return [self._entity(name, shaping.key) for name in self._names]
        return {stem(name): self._files.reading(name).document for name in self._names}

    def _entity(self, name: str, key: str | None) -> Document:
        document = self._files.reading(name).document
        if not isinstance(document, dict):
            where = self._files.shown(name)
            raise SnapshotRefused("an object is expected in the file of an entity", where=where)
        return document if key is not None else {KEY: stem(name), **document}

    def place(self, path: Path) -> str:
        """Where a path of the document stands in the files."""
        if self._is_single:
            name, rest = self._names[0], path
        elif not path:
            return ", ".join(self._files.shown(name) for name in self._names[:3])
        else:
            step, rest = path[0], path[1:]
            known = self._names if isinstance(step, int) else [stem(name) for name in self._names]
            name = self._names[step if isinstance(step, int) else known.index(step)]
        at = self._files.reading(name).locate(rest)
        return f"{self._files.shown(name)}:{at[0]}:{at[1]}" if at else self._files.shown(name)


def stem(name: str) -> str:
    """The name of a file without its ending, with the folders that hold it: its own for ever."""
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.suffix else name


def _is_read(name: str, shaping: Shaping) -> bool:
    """Whether a file of several holds data by its name."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return shaping.form.format is not None or ending in _ENDINGS
