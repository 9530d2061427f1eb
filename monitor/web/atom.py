"""What changed in a situation, step by step, as Atom (RFC 4287): each entry holds the change."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from monitor.errors import CannotCompare
from monitor.model.comparison import Significance
from monitor.model.record import Record
from monitor.model.text import visible, web_link
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.chosen import Chosen, choose
from monitor.report.report import make_report
from monitor.report.view import DetailView, FindingView, Report, SectionView
from monitor.store.records import Version
from monitor.web.reading import failed
from monitor.words import Language, language
from monitor.words.dates import day

MEDIA: Final = "application/atom+xml; charset=utf-8"

STEPS: Final = 25
"""The last ones: who reads a feed asks every day."""

FINDINGS: Final = 40
"""Of one list in one entry; the page has all."""

SPACE: Final = uuid.UUID("b1f5a0de-7a3c-4d53-8d8a-4c5d1f6f0f64")
"""In which our ids are made; another one would be other entries."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


class Made(Record):
    """What is sent, and when what it tells last changed."""

    body: bytes
    changed: datetime


class Asked(Record):
    """`own` is the feed's address; `public_url` begins the links of others."""

    situation: str
    language: str
    least: str
    only: str
    own: str
    public_url: str

    @property
    def filters(self) -> dict[str, str]:
        return {"least": "" if self.least == "minor" else self.least, "only": self.only}

    def identity(self, *more: str) -> str:
        """Of the same thing always the same, whatever the address of these pages."""
        parts = (self.situation, self.language, self.least, self.only, *more)
        return uuid.uuid5(SPACE, "\n".join(parts)).urn


class Step(Record):
    """One version, and what it changed."""

    old: Version
    new: Version
    report: Report
    strongest: Significance


def feed_of(program: Program, asked: Asked) -> Made:
    """Raises NotFound. A step that changed nothing of what is asked for has no entry."""
    situation = program.store.situations.get(asked.situation)
    line = program.store.versions.history(asked.situation)
    steps = list(_steps(program, line[-STEPS - 1 :], asked))
    changed = max(
        (one.new.learned_at for one in steps),
        default=line[0].learned_at if line else situation.created_at,
    )
    title = (line[-1].ref.title if line else None) or situation.title or asked.situation
    feed = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": asked.language})
    _text(feed, "id", asked.identity())
    _text(feed, "title", visible(title, 200))
    _text(feed, "updated", _moment(changed))
    ET.SubElement(_text(feed, "author"), f"{{{_ATOM}}}name").text = "monitor"
    _link(feed, "self", asked.own, "application/atom+xml")
    _link(feed, "alternate", links.situation(asked.public_url, asked.situation), "text/html")
    for step in reversed(steps):
        _entry(feed, step, asked)
    ET.register_namespace("", _ATOM)
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Made(body=body, changed=changed)


def _steps(program: Program, line: Sequence[Version], asked: Asked) -> Iterator[Step]:
    least = Significance.parse(asked.least)
    for old, new in pairwise(line):
        try:
            found = program.comparing.between(old, new, language=asked.language)
        except CannotCompare:
            # The pages say so; a feed goes on with what it has.
            continue
        chosen: Chosen = choose(found, least, (asked.only,) if asked.only else ())
        if not chosen.findings:
            continue
        report = make_report(
            found,
            chosen.findings,
            chosen.remarks,
            names=("", ""),
            language=language(asked.language),
            failed=failed,
            most=FINDINGS,
        )
        strongest = max(one.significance for one in chosen.findings)
        yield Step(old=old, new=new, report=report, strongest=strongest)


def _entry(feed: ET.Element, step: Step, asked: Asked) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", asked.identity(step.new.ref.as_of))
    _text(entry, "title", _title(step, language(asked.language)))
    _text(entry, "updated", _moment(step.new.learned_at))
    to = links.comparison(asked.public_url, step.old.ref, step.new.ref, **asked.filters)
    _link(entry, "alternate", to, "text/html")
    ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": step.strongest.word})
    content = ET.SubElement(entry, f"{{{_ATOM}}}content", {"type": "xhtml"})
    content.append(_content(step.report))


def _title(step: Step, spoken: Language) -> str:
    """The day, the strongest finding, and how many more there are."""
    views = [one for section in step.report.sections for one in section.findings]
    first = next((one for one in views if one.significance == step.strongest.word), views[0])
    said = f"{day(step.new.ref.as_of, spoken.code)}: {first.sentence}"
    if len(views) == 1:
        return said
    return f"{said.removesuffix('.')} ({spoken.counts.more(len(views) - 1)})"


def _content(report: Report) -> ET.Element:
    # Without a prefix, which readers that look for names alone would not know.
    div = ET.Element("div", {"xmlns": _XHTML})
    for section in report.sections:
        _section(div, section, report)
    return div


def _section(div: ET.Element, section: SectionView, report: Report) -> None:
    _html(div, "h3", section.title)
    listed = _html(div, "ul")
    for finding in section.findings:
        _finding(_html(listed, "li"), finding, report)
    for text in (*section.remarks, section.missing):
        if text:
            _html(div, "p", text)


def _finding(item: ET.Element, finding: FindingView, report: Report) -> None:
    said = _html(item, "p")
    _html(said, "strong" if finding.strong else "span", finding.sentence)
    for text in (finding.aside, *finding.remarks, finding.weighed, *finding.lines):
        if text:
            _html(item, "p", text)
    for detail in finding.details:
        if not detail.told:
            _detail(_html(item, "p"), detail)
    for rival in finding.disputed:
        _html(item, "p", f"{report.labels.disputed}: {rival.told}")
    told = _html(item, "p")
    _html(told, "em", " · ".join((finding.level, *finding.said)))
    for source in finding.sources:
        _html(told, "span", " · ")
        url = web_link(source.url)
        _html(told, "a" if url else "span", source.text, **({"href": url} if url else {}))


def _detail(line: ET.Element, detail: DetailView) -> None:
    _html(line, "span", f"{detail.label}: ")
    if detail.pieces:
        names = {"gone": "del", "new": "ins"}
        for piece in detail.pieces:
            _html(line, names.get(piece.op, "span"), piece.text).tail = " "
        return
    if not detail.first:
        _html(line, "del", detail.before).tail = " → "
    _html(line, "ins", detail.after)


def _html(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = text or None
    return made


def _text(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = text or None
    return made


def _link(parent: ET.Element, relation: str, to: str, media: str) -> None:
    given = {"rel": relation, "href": to, "type": media}
    ET.SubElement(parent, f"{{{_ATOM}}}link", given)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
