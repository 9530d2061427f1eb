"""The files of a source as rows: read once each, chosen by name, pattern and path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from monitor.collect.limits import Limits
from monitor.errors import MappingError
from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Path
from monitor.mapping.jq_program import run
from monitor.mapping.patterns import fits
from monitor.mapping.spec import ROOT, Rows
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import NONE, replace
from monitor.model.tuples import NamedTuple
from monitor.reading.form import FORMATS, Form, Reading
from monitor.reading.read import read_form
from monitor.reading.untaken import untaken

FILE: Final = "$file"
STEM: Final = "$stem"
KEY: Final = "$key"
VALUE: Final = "$value"
SPECIAL: Final = (FILE, STEM, KEY, VALUE)
"""What a row has beside its columns: the name of its file, that without folder and ending, the name
under which it stands in an object, and itself where it is no object."""

_WILD: Final = re.compile(r"[*?]")


class Row(NamedTuple):
    """`beside` holds what begins with `$`; `path` is where it stands in its file."""

    values: Mapping[str, Json]
    beside: Mapping[str, Json]
    file: str
    path: Path


class Table(NamedTuple):
    """Rows of one sort. `name` is for messages; `columns` are those that a table declares, None for
    rows that are objects of a document."""

    name: str
    rows: Sequence[Row]
    columns: tuple[str, ...] | None = None


class Files:
    """What one version of a source consists of; nothing is read before it is asked for."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        form: Form,
        limits: Limits,
        shown: Mapping[str, str] = NONE,
    ) -> None:
        self._files = files
        self._form = form
        self.limits = limits
        self._shown = shown
        self._program: str | None = None
        self._prepared: Json = None
        self._read: dict[tuple[str, Form], Reading] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    @property
    def found(self) -> tuple[str, ...]:
        """What was read, a line for each file, those without words left out."""
        lines = [f"{self.shown(name)}: {r.found}" for (name, _), r in self._read.items() if r.found]
        return tuple(dict.fromkeys(lines))

    @property
    def untaken(self) -> str | None:
        """A line on what was declared and is of no use for any file that was read."""
        formats = {reading.format for reading in self._read.values()}
        return untaken(self._form, formats - {""})

    def shown(self, name: str) -> str:
        """How a person finds a file: its name, or how its source shows it."""
        return self._shown.get(name, name)

    def reading(self, name: str, form: Form | None = None) -> Reading:
        """Raises SnapshotRefused."""
        wanted = self._with_defaults(form)
        if (name, wanted) not in self._read:
            self._read[name, wanted] = read_form(
                self._files[name],
                name=self.shown(name),
                form=wanted,
                limits=self.limits,
                called=name,
            )
        return self._read[name, wanted]

    def table(self, rows: Rows, where: str) -> Table:
        """The rows that a mapping names; `where` is the place in the mapping that does."""
        rows = self._meant(rows)
        names = self._chosen(rows, where)
        is_pattern = rows.file is not None and _WILD.search(rows.file) is not None
        found: list[Row] = []
        columns: dict[str, None] | None = {}
        for name in names:
            reading = self.reading(name, rows.form)
            document = self._document(name, rows, where)
            value = self._inside(document, rows, name, where)
            path: Path = split_field(rows.at) if rows.at else ()
            beside = {FILE: name, STEM: PurePosixPath(name).name.partition(".")[0]}
            whole = is_pattern and not rows.at
            found += rows_in(value, name, path, beside, whole=whole)
            if columns is not None:
                columns = columns | dict.fromkeys(reading.columns) if reading.columns else None
        called = ", ".join(self.shown(name) for name in names) if len(names) < 3 else str(rows.file)
        is_as_read = rows.jq is None and self._program is None
        declared = tuple(columns) if columns and is_as_read else None
        return Table(called, found, declared)

    def prepare(self, program: str, where: str) -> None:
        """Put the only file into another form before any row is looked for."""
        if len(self._files) != 1:
            text = f"jq: there are {len(self._files)} files; say it where rows are named"
            raise MappingError(text, where=where)
        self._program = program
        self._prepared = run(
            program, self.reading(self.names[0]).document, where=where, limits=self.limits
        )

    def _document(self, name: str, rows: Rows, where: str) -> Json:
        reading = self.reading(name, rows.form)
        document = reading.document if self._program is None else self._prepared
        return (
            document if rows.jq is None else run(rows.jq, document, where=where, limits=self.limits)
        )

    def whole(self, rows: Rows, where: str) -> Row:
        """The one row that a document itself is."""
        rows = self._meant(rows)
        names = self._chosen(rows, where)
        if len(names) != 1:
            raise MappingError(
                f"one file is wanted here; {rows.file} are {len(names)}", where=where
            )
        document = self._document(names[0], rows, where)
        value = self._inside(document, rows, names[0], where)
        if not isinstance(value, dict):
            raise MappingError("an object is wanted here, and it is a list", where=where)
        beside = {FILE: names[0], STEM: PurePosixPath(names[0]).name.partition(".")[0]}
        return Row(value, beside, names[0], split_field(rows.at) if rows.at else ())

    def place(self, row: Row, *more: str | int) -> str:
        """`file:line:column` of a row, or of a value in it; what jq has made has no lines."""
        if self._program is not None:
            return self.shown(row.file)
        for (name, _), reading in self._read.items():
            if name == row.file and (at := reading.locate((*row.path, *more))):
                return f"{self.shown(name)}:{at[0]}:{at[1]}"
        return self.shown(row.file)

    def _with_defaults(self, form: Form | None) -> Form:
        if form is None:
            return self._form
        given = {name: getattr(form, name) or getattr(self._form, name) for name in Form._fields}
        return Form(**given)

    def _meant(self, rows: Rows) -> Rows:
        """In the only file there is, what is no name of it is a path."""
        said, names = rows.file, self.names
        if said is None or said == ROOT or said in names or len(names) != 1 or rows.at:
            return rows
        suffix = PurePosixPath(said).suffix.lower().removeprefix(".")
        if _WILD.search(said) or suffix in FORMATS:
            return rows
        return replace(rows, file=None, at=said)

    def _chosen(self, rows: Rows, where: str) -> tuple[str, ...]:
        names = self.names
        if rows.file is None or rows.file == ROOT:
            if len(names) == 1:
                return names
            text = f"there are {len(names)} files; say rows: FILE{suggestion_or_all('', names)}"
            raise MappingError(text, where=where)
        if rows.file in self._files:
            return (rows.file,)
        if _WILD.search(rows.file):
            wanted = rows.file.split("/")
            chosen = tuple(name for name in names if fits(wanted, name.split("/")))
            if chosen:
                return chosen
        near = suggestion_or_all(rows.file, names, none="none")
        raise MappingError(f"there is no file {rows.file}{near}", where=where)

    def _inside(self, document: Json, rows: Rows, name: str, where: str) -> Json:
        value = document
        for step in split_field(rows.at) if rows.at else ():
            known = list(value) if isinstance(value, dict) else []
            if step not in known:
                near = suggestion_or_all(step, known, none="nothing")
                raise MappingError(f"{self.shown(name)} has no {rows.at}{near}", where=where)
            value = value[step]
        return value


def rows_in(
    value: Json, file: str, path: Path, beside: Mapping[str, Json], *, whole: bool = False
) -> Iterator[Row]:
    """The rows of a list, or of an object that is one by its names; `whole`: an object is a row.

    What is no object has its value under `$value`.
    """
    if isinstance(value, list):
        entries: Iterable[tuple[str | int, Json]] = enumerate(value)
    elif isinstance(value, dict) and not whole:
        entries = value.items()
    elif isinstance(value, dict):
        yield Row(value, beside, file, path)
        return
    else:
        return
    for step, entry in entries:
        also = {**beside, KEY: step} if isinstance(step, str) else beside
        if isinstance(entry, dict):
            yield Row(entry, also, file, (*path, step))
        elif entry is not None:
            yield Row(NONE, {**also, VALUE: entry}, file, (*path, step))


def inside(row: Row, at: str) -> Json | Missing:
    """What stands at a path in a row; `$value` is the row itself, where that is a list."""
    value: Json | Missing = MISSING
    for number, step in enumerate(split_field(at)):
        if number == 0:
            value = (
                row.beside.get(step, MISSING) if step in SPECIAL else row.values.get(step, MISSING)
            )
        elif isinstance(value, dict):
            value = value.get(step, MISSING)
        else:
            return MISSING
    return value
