"""The report as Markdown (CommonMark); text from snapshots cannot be markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.report.view import DetailView, FindingView, Report, SourceView

# CommonMark lets any ASCII punctuation be escaped; these are markup inside a line. No line
# begins with text from a snapshot, so that what is markup only there needs no escape.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")


def as_markdown(report: Report) -> str:
    """The whole report; it ends with a line end."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    labels = report.labels
    yield f"# {_escaped(report.title) or labels.comparison}"
    yield ""
    yield f"**{_escaped(report.old)}** → **{_escaped(report.new)}**"
    yield ""
    yield " ".join(part for part in (report.summary, report.hidden) if part)
    if report.block:
        yield from ("", f"## {labels.in_short}", "")
        yield from (f"- {_escaped(line)}" for line in report.block)
    for section in report.told:
        yield from ("", f"## {_escaped(section.title)}", "")
        for finding in section.findings:
            yield from _finding(finding, report)
    if report.briefly:
        yield from ("", f"## {labels.briefly}")
    for section in report.briefly:
        yield from ("", f"### {_escaped(section.title)}", "") if section.title else ("",)
        for finding in section.brief:
            cited = "".join(f" ({_linked(each)})" for each in finding.sources)
            yield f"- {_escaped(finding.line)}{cited}"
    if report.missing:
        yield from ("", report.missing)
    yield from _beside(report)


def _beside(report: Report) -> Iterator[str]:
    labels = report.labels
    if report.remarks:
        yield from ("", f"## {labels.beside}", "")
        yield from (f"- {_escaped(remark)}" for remark in report.remarks)
    if report.sources:
        yield from ("", f"## {labels.sources}", "")
        for source in report.sources:
            yield f"{source.number}. {_linked(source, source.whole)}"


def _finding(finding: FindingView, report: Report) -> Iterator[str]:
    aside = f" {_escaped(finding.aside)}" if finding.aside else ""
    yield f"- **{finding.level}**: {_escaped(finding.sentence)}{aside}"
    for line in finding.lines:
        yield f"  - {_escaped(line)}"
    for detail in finding.details:
        yield f"  - {_detail(detail)}"
    if finding.weighed:
        yield f"  - {_escaped(finding.weighed)}"
    for disputed in finding.disputed:
        said = disputed.told
        yield f"  - {report.labels.disputed}: {_escaped(said)}"
    said_by = (_escaped(word) for word in finding.said)
    told = " · ".join((*said_by, *(_linked(each) for each in finding.sources)))
    if told:
        yield f"  - {told}"
    if report.with_paths and finding.path:
        yield f"  - {_escaped(finding.path)}"


def _linked(source: SourceView, text: str = "") -> str:
    label = _escaped(text or source.text)
    return f"[{label}](<{source.url}>)" if source.url else label


def _detail(detail: DetailView) -> str:
    label = _escaped(detail.label)
    if not detail.pieces:
        return f"{label}: {_escaped(detail.before)} → {_escaped(detail.after)}"
    forms = {"same": "{}", "gone": "~~{}~~", "new": "**{}**"}
    pieces = (forms[piece.op].format(_escaped(piece.text)) for piece in detail.pieces)
    return f"{label}: " + " ".join(pieces)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
