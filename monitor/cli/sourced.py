"""What `monitor source` shows: a table that fits a terminal, rows, findings and keys."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from monitor.cli.output.terminal import Paper, as_text
from monitor.errors import MonitorError
from monitor.model.comparison import Comparison, Significance
from monitor.model.text import middle, visible
from monitor.pipeline.adding import keys
from monitor.pipeline.adding.proposal import Proposal
from monitor.pipeline.intake.shaped import shaping_of
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.sources import SourceStanding
from monitor.report.chosen import choose
from monitor.report.report import make_report
from monitor.words import ENGLISH

WIDTH: Final = 100
"""Characters of a line."""

_HEADS: Final = ("source", "place", "state", "versions", "newest", "looked", "next")
_PLACE: Final = 1
_LEAST: Final = 16
_ROWS: Final = 3
_CELL: Final = 30


def shown(sources: Sequence[SourceStanding], at: datetime) -> Iterator[str]:
    """A line for each source with its reasons below it; the place is shortened to what is left."""
    if not sources:
        yield "no sources: monitor watch PLACE adds one"
        return
    rows = [_HEADS, *(_cells(one, at) for one in sources)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    rest = sum(widths) - widths[_PLACE] + 2 * (len(_HEADS) - 1)
    widths[_PLACE] = min(widths[_PLACE], max(_LEAST, WIDTH - rest))
    for row, source in zip(rows, (None, *sources), strict=True):
        cells = [middle(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
        for reason in source.reasons if source is not None else ():
            yield from textwrap.wrap(
                visible(reason), WIDTH, initial_indent="    ", subsequent_indent="    "
            )


def _cells(source: SourceStanding, at: datetime) -> tuple[str, ...]:
    return (
        middle(source.name, 20),
        visible(f"{source.sort} {source.where}"),
        source.state,
        f"{source.versions:,}",
        _moment(source.newest),
        _ago(source.looked, at),
        _ahead(source.next, at),
    )


def _moment(as_of: str | None) -> str:
    """`2026-02-15`, `2026-02-15 12:48`."""
    if as_of is None:
        return "none"
    day, _, time = as_of.partition("T")
    return f"{day} {time[:5]}" if time else day


def _ago(looked: datetime | None, at: datetime) -> str:
    return "never" if looked is None else f"{_length(at - looked)} ago"


def _ahead(due: datetime | None, at: datetime) -> str:
    return "now" if due is None or due <= at else f"in {_length(due - at)}"


def _length(time: timedelta) -> str:
    """`40 s`, `12 min`, `5 h`, `3 d`."""
    seconds = max(0, int(time.total_seconds()))
    for name, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"


def rows_of(proposal: Proposal) -> Iterator[str]:
    """The first entries as they were read, before they had a kind."""
    for row in _first_rows(proposal.newest.written):
        cells = ", ".join(
            f"{name}={_short(value)}" for name, value in row.items() if value not in (None, "")
        )
        head = "row        "
        yield f"{head}{middle(visible(cells), WIDTH - len(head))}"


def _first_rows(written: Any) -> list[dict[str, Any]]:
    lists = [written] if isinstance(written, list) else []
    if isinstance(written, dict):
        lists = [part for part in written.values() if isinstance(part, list)]
    return [row for part in lists[:1] for row in part[:_ROWS] if isinstance(row, dict)]


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else f"[{len(value)}]"
    return middle(str(value), _CELL)


def told(comparison: Comparison, name: str) -> str:
    """The findings as a digest tells them, in short."""
    chosen = choose(comparison, Significance.MINOR, ())
    report = make_report(
        comparison,
        chosen.findings,
        chosen.remarks,
        names=("stored", name),
        language=ENGLISH,
        failed=lambda *_: None,
        brief=True,
    )
    return as_text(report, Paper())


def kind_path(program: Program, name: str) -> Path:
    """Where the kind of a source lies. Raises MonitorError where it is no file of its own."""
    source = program.settings.sources[name]
    if source.situation is None:
        raise MonitorError(f"source {name} holds snapshots, and each names its kind; edit that")
    kind = shaping_of(name, source).kind
    if isinstance(kind, Path):
        return kind
    if kind is None:
        raise MonitorError(f"the kind of source {name} is named in its mapping; edit it there")
    raise MonitorError(f"source {name} has the kind {kind}, which ships; its keys stay")


def keys_of(program: Program, name: str) -> Iterator[str]:
    """Each list of the kind with its keys and label, and how to change them."""
    file = keys.read_kind_file(kind_path(program, name))
    lists = keys.lists_of(file.kind)
    width = max((len(one.path) for one in lists), default=0)
    yield f"{_here(file.path)}:"
    for one in lists:
        how = f"key {' or '.join(one.keys)}" if one.keys else "compared by content"
        label = f", called {one.label}" if one.label else ""
        yield f"  {one.path:<{width}}  {how}{label}"
    if lists:
        yield f"to change one: monitor source keys {name} {lists[0].path}=FIELD"


def change_keys(program: Program, name: str, wanted: Sequence[str]) -> Iterator[str]:
    """Changes them and says what that means. Raises NotFound, Conflict, MonitorError, and then
    nothing has been written."""
    file = keys.read_kind_file(kind_path(program, name))
    situation = program.settings.sources[name].situation or name
    latest = program.store.versions.latest(situation)
    if latest is None:
        raise MonitorError(f"nothing of {name} is stored yet to try a key on; edit {file.path}")
    document = program.comparing.state(latest).document
    found = keys.wanted_keys(wanted, file.kind)
    notes = {
        path: keys.check_key(path, names, file.kind, document) for path, names in found.items()
    }
    before = {one.path: " or ".join(one.keys) or "content" for one in keys.lists_of(file.kind)}
    text = keys.with_keys(file, found)
    if text == file.text:
        yield f"{_here(file.path)} says so already"
        return
    keys.write_keys(file, text)
    for path, names in found.items():
        yield f"{path}: {before[path]} -> {'+'.join(names) or 'content'}"
        if (note := notes[path]) is not None:
            yield f"  {note}"
    yield f"wrote {_here(file.path)}"
    count = len(program.store.versions.history(situation))
    stored = "The version that is stored stays as it is"
    if count > 1:
        stored = f"The {count:,} versions that are stored stay as they are"
    yield f"{stored}; the next comparison goes by the new key."


def _here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
