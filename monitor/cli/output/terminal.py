"""The report as text: in colour and wrapped on a terminal, plain and unwrapped in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.model.later import later
from monitor.model.tuples import NamedTuple
from monitor.report.view import DetailView, FindingView, Report, SourceView

if TYPE_CHECKING:
    import textwrap
else:
    textwrap = later("textwrap")

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
    if report.block:
        yield from _listed(report.labels.in_short, report.block, paper)
    for part in report.told:
        yield ""
        yield paper.styled(part.title, "title")
        for finding in part.findings:
            yield from _finding(finding, report, paper)
    for part in report.briefly:
        title = ": ".join(filter(None, (report.labels.briefly, part.title)))
        yield from _listed(title, map(_one_line, part.brief), paper)
    if report.missing:
        yield from ("", report.missing)
    if report.remarks:
        yield from _listed(report.labels.beside, report.remarks, paper)
    if report.sources:
        yield ""
        yield paper.styled(report.labels.sources, "title")
        for source in report.sources:
            url = f"  {source.url}" if source.url else ""
            yield f"  [{source.number}] {source.whole}{paper.styled(url, 'quiet')}"


def _finding(finding: FindingView, report: Report, paper: Paper) -> Iterator[str]:
    mark = paper.styled(_MARKS[finding.significance], finding.significance)
    word = paper.styled(finding.level, finding.significance)
    sentence = f"{finding.sentence} {finding.aside}" if finding.aside else finding.sentence
    first, *more = paper.wrapped(sentence, " " * 13)
    yield f"  {mark} {word}{' ' * (9 - len(finding.level))}{first[13:]}"
    yield from more
    for line in finding.lines:
        yield from paper.wrapped(line, " " * 15)
    for detail in finding.details:
        yield from _detail(detail, paper)
    if finding.weighed:
        yield from paper.wrapped(finding.weighed, " " * 15)
    for disputed in finding.disputed:
        said = f"{report.labels.disputed} – {disputed.told}"
        yield from paper.wrapped(said, " " * 15)
    told = " · ".join(part for part in (*finding.said, _cited(finding.sources)) if part)
    for told_line in paper.wrapped(told, " " * 15) if told else ():
        yield paper.styled(told_line, "quiet")
    if report.with_paths and finding.path:
        yield paper.styled(f"{' ' * 15}{finding.path}", "quiet")


def _cited(sources: Sequence[SourceView]) -> str:
    """The first sources by name, the others by their number alone."""
    named = ", ".join(f"{source.text} [{source.number}]" for source in sources[:_NAMED])
    return named + "".join(f" [{source.number}]" for source in sources[_NAMED:])


def _detail(detail: DetailView, paper: Paper) -> Iterator[str]:
    indent = " " * 15
    if not detail.pieces:
        yield from paper.wrapped(f"{detail.label}: {detail.before} → {detail.after}", indent)
        return
    marks = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
    text = " ".join(marks[piece.op][0] + piece.text + marks[piece.op][1] for piece in detail.pieces)
    yield from paper.wrapped(f"{detail.label}: {text}", indent)


def _one_line(finding: FindingView) -> str:
    return finding.line + "".join(f" [{source.number}]" for source in finding.sources)


def _listed(title: str, entries: Iterable[str], paper: Paper) -> Iterator[str]:
    yield from ("", paper.styled(title, "title"))
    for text in entries:
        first, *more = paper.wrapped(text, " " * 4)
        yield f"  – {first[4:]}"
        yield from more
