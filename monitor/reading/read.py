"""Bytes of a source to a document, whatever their format is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from monitor.collect import formats
from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.nearest import suggestion, suggestion_or_all
from monitor.model.record import replace
from monitor.reading.form import FORMATS, UNDECLARED, Form, Reading

__all__ = ["Form", "Reading", "read_form", "require_columns"]

_TEXTS: Final = ("csv", "tsv")
_BOOKS: Final = ("xlsx", "ods")


def read_form(
    data: bytes,
    *,
    name: str,
    form: Form = UNDECLARED,
    limits: Limits | None = None,
    called: str | None = None,
) -> Reading:
    """Read YAML, JSON, JSON Lines, a table (CSV, TSV) or a sheet of a workbook (XLSX, ODS).

    `called` is the name of the file where `name`, which begins messages, says more than that.

    The format is the declared one, else that of the name's ending, else what the bytes are. Raises
    SnapshotRefused with the place, and with what is to be declared where two readings are possible.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise SnapshotRefused(f"{len(data)} bytes; at most {limits.bytes} are read", where=name)
    format_ = format_of(data, form, name=name, called=called)
    if format_ is None:
        return _by_content(data, name, form, limits)
    if format_ in ("yaml", "json"):
        parsed = read_document(data, name=name, limits=limits)
        return Reading(document=parsed.document, locate=parsed.locate, format=format_)
    return _read(data, format_, name, form, limits)


def _read(data: bytes, format_: str, name: str, form: Form, limits: Limits) -> Reading:
    return replace(_table(data, format_, name, form, limits), format=format_)


def _table(data: bytes, format_: str, name: str, form: Form, limits: Limits) -> Reading:
    # Each is loaded when it is met: most comparisons need none of them.
    if format_ == "jsonl":
        from monitor.reading.jsonlines import read_lines

        return read_lines(data, name=name, limits=limits)
    if format_ in _TEXTS:
        from monitor.reading.delimited import read_delimited

        return read_delimited(data, name=name, form=replace(form, format=format_), limits=limits)
    from monitor.reading.workbook import read_workbook

    return read_workbook(data, name=name, form=form, limits=limits)


def _by_content(data: bytes, name: str, form: Form, limits: Limits) -> Reading:
    """A text that neither its name nor a declaration says anything of."""
    try:
        parsed = read_document(data, name=name, limits=limits)
    except SnapshotRefused:
        found = formats.in_text(data)
        if found is None or found.reads is None:
            raise
        return _read(data, found.reads, name, form, limits)
    return Reading(document=parsed.document, locate=parsed.locate, format="yaml")


def format_of(
    data: bytes, form: Form = UNDECLARED, *, name: str, called: str | None = None
) -> str | None:
    """One of FORMATS, as declared, as the name ends or as the bytes begin; None where none of them
    says it. Raises SnapshotRefused where the bytes contradict it."""
    if form.format is not None and form.format not in FORMATS:
        text = f"format {form.format} is not known{suggestion_or_all(form.format, FORMATS)}"
        raise SnapshotRefused(one_line(text), where=name)
    called = called or name
    named = _by_name(called)
    said = form.format or named
    seen = formats.by_bytes(data)
    if said in _BOOKS:
        if seen is None or seen.reads != said:
            raise _contradiction(seen.what if seen else "text", said, form, name)
        return said
    if seen is not None and not (said in _TEXTS and formats.is_utf16(seen)):
        if said in (*_TEXTS, "jsonl"):
            raise _contradiction(seen.what, said, form, name)
        if seen.reads is None or said is not None:
            raise formats.refusal_of_format(seen, name)
        return seen.reads
    if said is None and (other := formats.by_ending(called)):
        raise formats.refusal_of_format(other, name)
    return said


def _contradiction(seen: str, said: str, form: Form, name: str) -> SnapshotRefused:
    how = "format is declared as" if form.format else "name says"
    return SnapshotRefused(f"this is {seen}, and its {how} {said}", where=name)


def _by_name(name: str) -> str | None:
    lower = name.lower()
    if lower.endswith((".yaml", ".yml")):
        return "yaml"
    if lower.endswith(".json"):
        return "json"
    found = formats.by_ending(name)
    return found.reads if found else None


def require_columns(reading: Reading, wanted: Iterable[str], *, name: str) -> None:
    """Raise SnapshotRefused when a table lacks a column that somebody declared: rows without it
    would read as if the value had been taken away from every one of them."""
    columns = reading.columns
    if columns is None:
        return
    for column in wanted:
        if column not in columns:
            text = f"the column {column} is missing{suggestion(column, columns)}; "
            raise SnapshotRefused(one_line(f"{text}there are {', '.join(columns)}"), where=name)
