"""The report as text: in colour and wrapped on a terminal, plain and unwrapped in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.cli.output.report import Cited, Entry, Line, Report

# SGR parameters of ECMA-48.
_STYLES = {
    "critical": "1;31",
    "major": "1;33",
    "minor": "36",
    "noise": "2",
    "title": "1",
    "quiet": "2",
    "gone": "9;31",
    "new": "32",
}
_NAMED = 3
_MARKS = {"critical": "‼", "major": "●", "minor": "○", "noise": "·"}


class Paper(NamedTuple):
    """What is written on: whether it shows colour, and its width in characters (None: endless)."""

    colour: bool = False
    width: int | None = None

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def wrapped(self, text: str, indent: str) -> list[str]:
        if self.width is None:
            return [indent + text]
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def as_text(report: Report, paper: Paper) -> str:
    """The whole report; it ends with a line end."""
    return "".join(f"{line}\n" for line in _lines(report, paper))


def _lines(report: Report, paper: Paper) -> Iterator[str]:
    if report.title:
        yield paper.styled(report.title, "title")
    yield f"{report.old} → {report.new}"
    yield " ".join(part for part in (report.summary, report.hidden) if part)
    for part in report.parts:
        yield ""
        yield paper.styled(part.title, "title")
        for entry in part.entries:
            yield from _entry(entry, paper)
    if report.remarks:
        yield ""
        yield paper.styled("Beside these", "title")
        for remark in report.remarks:
            yield from _marked("–", remark, paper)
    if report.sources:
        yield ""
        yield paper.styled("Sources", "title")
        for source in report.sources:
            url = f"  {source.url}" if source.url else ""
            yield f"  [{source.number}] {source.text}{paper.styled(url, 'quiet')}"


def _entry(entry: Entry, paper: Paper) -> Iterator[str]:
    mark = paper.styled(_MARKS[entry.significance], entry.significance)
    word = paper.styled(entry.significance, entry.significance)
    sentence = f"{entry.sentence} {entry.aside}" if entry.aside else entry.sentence
    first, *more = paper.wrapped(sentence, " " * 13)
    yield f"  {mark} {word}{' ' * (9 - len(entry.significance))}{first[13:]}"
    yield from more
    for line in entry.lines:
        yield from _line(line, paper)
    for disputed in entry.disputed:
        yield from paper.wrapped(f"disputed – {disputed}", " " * 15)
    told = " · ".join(part for part in (entry.said, _cited(entry.sources)) if part)
    for told_line in paper.wrapped(told, " " * 15) if told else ():
        yield paper.styled(told_line, "quiet")
    if entry.path:
        yield paper.styled(f"{' ' * 15}{entry.path}", "quiet")


def _cited(sources: Sequence[Cited]) -> str:
    """The first sources by name, the others by their number alone."""
    named = ", ".join(f"{source.short} [{source.number}]" for source in sources[:_NAMED])
    return named + "".join(f" [{source.number}]" for source in sources[_NAMED:])


def _line(line: Line, paper: Paper) -> Iterator[str]:
    indent = " " * 15
    if not line.pieces:
        yield from paper.wrapped(f"{line.label}: {line.before} → {line.after}", indent)
        return
    marks = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
    text = " ".join(f"{marks[op][0]}{words}{marks[op][1]}" for op, words in line.pieces)
    yield from paper.wrapped(f"{line.label}: {text}", indent)


def _marked(mark: str, text: str, paper: Paper) -> Iterator[str]:
    first, *more = paper.wrapped(text, " " * 4)
    yield f"  {mark} {first[4:]}"
    yield from more
