"""A draft as its pages show it: whether it fits, what it says, and what readers would get."""

from __future__ import annotations

from typing import Final

from monitor.collect.names import parse_as_of
from monitor.errors import CannotCompare, MonitorError, SnapshotRefused
from monitor.model.comparison import Comparison, Finding, Significance
from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.previewing import Ahead
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.finding import count_views, in_words
from monitor.report.report import make_report
from monitor.report.view import Report
from monitor.store.records import Draft
from monitor.web.reading import Asking, failed

_PLACE: Final = regex(r"draft of [^:]*?:(\d+)(?::\d+)?: (.*)")

_AS_OF: Final = regex(r"""(?m)^as_of:\s*['"]?([\w:+.-]+)""")


class Fault(Record):
    """`line` counts from 1, 0 where a fault has none; `written` is what stands there."""

    line: int
    text: str
    written: str = ""


class Drafted(Record):
    """`report` is None where the draft does not fit or cannot be compared; `gets` says how many
    changes there are of each weight."""

    situation: str
    title: str
    day: str
    base: str
    edition: int
    saved: str
    url: str
    faults: tuple[Fault, ...]
    state: str
    """fits, nothing or unfit"""
    gets: str
    follow: str
    report: Report | None = None


def drafted(program: Program, asking: Asking, draft: Draft) -> Drafted:
    """Reads the draft and compares it; digests of readers are made by its preview only."""
    try:
        checked = check_draft(program, draft)
    except SnapshotRefused as error:
        return _view(program, asking, draft, faults=faults_of(error, draft.text))
    except MonitorError as error:
        return _view(program, asking, draft, faults=(Fault(line=0, text=visible(str(error))),))
    if not checked.says_something:
        return _view(program, asking, draft)
    ahead = Ahead(program, checked, asking.now)
    try:
        found = ahead.comparison(asking.today, asking.person.language)
    except CannotCompare as error:
        return _view(program, asking, draft, faults=(Fault(line=0, text=visible(str(error))),))
    return _view(program, asking, draft, found=found, follow=len(ahead.readers()))


def faults_of(error: SnapshotRefused, text: str) -> tuple[Fault, ...]:
    """One after the other, each with the line that it is about."""
    rows = text.splitlines()
    return tuple(_fault(line, rows) for line in (str(error), *error.others))


def _fault(said: str, rows: list[str]) -> Fault:
    found = _PLACE.fullmatch(said)
    if found is None:
        return Fault(line=0, text=visible(said, 500))
    line = int(found[1])
    written = rows[line - 1].strip() if 0 < line <= len(rows) else ""
    return Fault(line=line, text=visible(found[2], 500), written=visible(written, 120))


def title_of(program: Program, situation: str) -> str:
    found = program.store.situations.get(situation)
    return visible(found.title or found.name, 200)


def _view(
    program: Program,
    asking: Asking,
    draft: Draft,
    *,
    faults: tuple[Fault, ...] = (),
    found: Comparison | None = None,
    follow: int = 0,
) -> Drafted:
    words = asking.language.pages.drafting
    base = program.store.versions.get(draft.base) if draft.base is not None else None
    told = _told(found) if found is not None else ()
    return Drafted(
        situation=draft.situation,
        title=title_of(program, draft.situation),
        day=_day(asking, draft.text),
        base=asking.day(base.ref.as_of) if base is not None else "",
        edition=draft.edition,
        saved=words.saved_at(asking.moment(draft.saved_at), _other(asking, draft.saved_by)),
        url=links.draft(draft.situation),
        faults=faults,
        state="unfit" if faults else "fits" if found is not None else "nothing",
        gets=in_words(count_views(told, asking.language)),
        follow=words.follow(follow),
        report=_report(asking, found) if found is not None else None,
    )


def _other(asking: Asking, by: str) -> str:
    """Somebody else than who asks."""
    return "" if by == asking.person.name else visible(by)


def _day(asking: Asking, text: str) -> str:
    """Also of one that does not fit."""
    found = _AS_OF.search(text)
    if found is None:
        return ""
    try:
        return asking.day(parse_as_of(found[1]))
    except ValueError:
        return ""


def _told(found: Comparison) -> tuple[Finding, ...]:
    """The weightiest first."""
    told = (one for one in found.findings if one.significance >= Significance.MINOR)
    return tuple(sorted(told, key=lambda one: -one.significance))


def _report(asking: Asking, found: Comparison) -> Report:
    return make_report(
        found, _told(found), (), names=("", ""), language=asking.language, failed=failed
    )
