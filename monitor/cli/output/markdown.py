"""The report as Markdown (CommonMark); text from snapshots cannot be markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.cli.output.report import Cited, Entry, Line, Report

# CommonMark lets any ASCII punctuation be escaped; these are markup inside a line. No line
# begins with text from a snapshot, so that what is markup only there needs no escape.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")


def as_markdown(report: Report) -> str:
    """The whole report; it ends with a line end."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_escaped(report.title) or 'Comparison'}"
    yield ""
    yield f"From **{_escaped(report.old)}** to **{_escaped(report.new)}**."
    yield ""
    yield " ".join(part for part in (report.summary, report.hidden) if part)
    for part in report.parts:
        yield from ("", f"## {_escaped(part.title)}", "")
        for entry in part.entries:
            yield from _entry(entry)
    if report.remarks:
        yield from ("", "## Beside these", "")
        yield from (f"- {_escaped(remark)}" for remark in report.remarks)
    if report.sources:
        yield from ("", "## Sources", "")
        for source in report.sources:
            yield f"{source.number}. {_linked(source, source.text)}"


def _entry(entry: Entry) -> Iterator[str]:
    aside = f" {_escaped(entry.aside)}" if entry.aside else ""
    yield f"- **{entry.significance}**: {_escaped(entry.sentence)}{aside}"
    for line in entry.lines:
        yield f"  - {_line(line)}"
    for disputed in entry.disputed:
        yield f"  - disputed: {_escaped(disputed)}"
    told = " · ".join(
        part for part in (_escaped(entry.said), *(_linked(each) for each in entry.sources)) if part
    )
    if told:
        yield f"  - {told}"
    if entry.path:
        yield f"  - {_escaped(entry.path)}"


def _linked(source: Cited, text: str = "") -> str:
    label = _escaped(text or source.short)
    return f"[{label}](<{source.url}>)" if source.url else label


def _line(line: Line) -> str:
    label = _escaped(line.label)
    if not line.pieces:
        return f"{label}: {_escaped(line.before)} → {_escaped(line.after)}"
    forms = {"same": "{}", "gone": "~~{}~~", "new": "**{}**"}
    return f"{label}: " + " ".join(forms[op].format(_escaped(text)) for op, text in line.pieces)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
