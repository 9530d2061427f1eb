"""Two versions of a situation compared: a page to send to a colleague.

The address names both versions by content, so that it means the same for ever; names such as
`latest` are led on to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.compare.patch import json_patch
from monitor.compare.paths import format_path
from monitor.errors import NotFound
from monitor.kinds.translating import translated
from monitor.model.as_of import DATE
from monitor.model.comparison import Change, Comparison, Json, Missing, Significance
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.chosen import Chosen, choose
from monitor.report.markdown import as_markdown
from monitor.report.objects import comparison_object
from monitor.report.ranking import ordered
from monitor.report.report import make_report
from monitor.report.view import LinkView, Report
from monitor.store.records import Version
from monitor.web.guards import Guard
from monitor.web.line import choices
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking, compared, failed
from monitor.web.routes import page
from monitor.web.visit import Visit

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

LEVELS: Final = tuple(level.word for level in sorted(Significance, reverse=True))

PER_PAGE: Final = 100
"""Findings, or changes beside each other; Markdown, JSON and the patch have all."""


class Asked(Record):
    """The filters of the address."""

    least: str
    only: str
    side: bool
    page: str = "1"

    @property
    def named(self) -> dict[str, str]:
        """As parameters, those that are not the usual."""
        least = "" if self.least == "minor" else self.least
        return {"least": least, "only": self.only, "side": "1" if self.side else ""}


class LevelChoice(Record):
    word: str
    title: str
    here: bool


class Row(Record):
    """One change, old and new in whole beside each other."""

    path: str
    label: str
    field: str
    before: str
    after: str
    history: str


class Compared(Record):
    name: str
    report: Report
    situation: LinkView
    asked: Asked
    levels: tuple[LevelChoice, ...]
    address: str
    versions: tuple[LinkView, ...]
    """Every version, its name in `url`."""
    old: str
    new: str
    old_day: str
    new_day: str
    previous: str
    next: str
    markdown: str
    json: str
    patch: str
    side: str
    rows: tuple[Row, ...]
    paging: Paging
    empty: str


class Pair(Record):
    """Two versions, and the line that they stand in."""

    name: str
    old: Version
    new: Version
    line: tuple[Version, ...]


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    name = visit.part("situation")
    old, new = visit.asked("old", "baseline"), visit.asked("new", "latest")
    pair = await visit.read(pair_of, name, old, new)
    asked = _asked(visit)
    stays = (links.version(pair.old.ref), links.version(pair.new.ref))
    if (old, new) != stays:
        given = asked.named | {"format": visit.asked("format")}
        to = links.comparison("", pair.old.ref, pair.new.ref, **given)
        return RedirectResponse(to, status_code=302)
    form = visit.asked("format")
    if form in _FORMATS:
        text, sort = await visit.read(_FORMATS[form], asking, pair, asked)
        return Response(text, media_type=sort)
    found = await visit.read(comparison_page, asking, pair, asked)
    title = f"{found.report.title}: {found.report.old} → {found.report.new}"
    return await visit.page("web/comparison.html", {"page": found}, title=title, here="situations")


def _asked(visit: Visit) -> Asked:
    least = visit.asked("least", "minor")
    return Asked(
        least=least if least in LEVELS else "minor",
        only=visit.asked("only")[:500].strip(),
        side=visit.asked("side") == "1",
        page=visit.asked("page", "1"),
    )


def pair_of(program: Program, name: str, old: str, new: str) -> Pair:
    """Raises NotFound and Ambiguous, with what there is."""
    program.store.situations.get(name)
    versions = program.store.versions
    return Pair(
        name=name,
        old=_named(program, name, old),
        new=_named(program, name, new),
        line=versions.history(name),
    )


def _named(program: Program, situation: str, name: str) -> Version:
    """A day without a version means what stood on it."""
    versions = program.store.versions
    try:
        return versions.resolve(situation, name)
    except NotFound:
        found = versions.upto(situation, name) if DAY.fullmatch(name) else None
        if found is None:
            raise
        return found


def _found(program: Program, asking: Asking, pair: Pair, asked: Asked) -> tuple[Comparison, Chosen]:
    found = compared(program, asking, pair.old, pair.new)
    only = (asked.only,) if asked.only else ()
    return found, choose(found, Significance.parse(asked.least), only)


def _report(program: Program, asking: Asking, pair: Pair, asked: Asked) -> Report:
    found, chosen = _found(program, asking, pair, asked)
    return make_report(
        found,
        chosen.findings,
        chosen.remarks,
        names=("", ""),
        language=asking.language,
        failed=failed,
    )


def _paged(asking: Asking, found: Comparison, chosen: Chosen, paging: Paging) -> Report:
    """What is said of all findings, with those of one page."""
    said = partial(make_report, found, names=("", ""), language=asking.language, failed=failed)
    if paging.pages == 1:
        return said(chosen.findings, chosen.remarks)
    shown = ordered(found, chosen.findings)[paging.first : paging.end]
    whole = said(chosen.findings, chosen.remarks, most=1)
    return replace(whole, sections=said(shown, ()).sections, missing="")


def comparison_page(program: Program, asking: Asking, pair: Pair, asked: Asked) -> Compared:
    found, chosen = _found(program, asking, pair, asked)
    here = links.comparison("", pair.old.ref, pair.new.ref, **asked.named)
    joined = "&" if "?" in here else "?"
    words = asking.language.pages.LABELS
    changes = _shown(found, chosen) if asked.side else ()
    paging = paged(len(changes) or len(chosen.findings), asked.page, PER_PAGE, f"{here}{joined}")
    report = _paged(asking, found, chosen, paging)
    rows = _rows(program, asking, pair, changes[paging.first : paging.end])
    other = asked.named | {"side": "" if asked.side else "1"}
    return Compared(
        name=pair.name,
        report=report,
        situation=LinkView(text=report.title, url=links.situation("", pair.name)),
        asked=asked,
        levels=tuple(
            LevelChoice(
                word=level,
                title=asking.language.counts.level(Significance.parse(level)),
                here=level == asked.least,
            )
            for level in LEVELS
        ),
        address=f"{links.situation('', pair.name)}/compare",
        versions=choices(asking, pair.line),
        old=links.version(pair.old.ref),
        new=links.version(pair.new.ref),
        old_day=pair.old.ref.as_of[:DATE],
        new_day=pair.new.ref.as_of[:DATE],
        previous=_step(pair, pair.old, -1, asked),
        next=_step(pair, pair.new, 1, asked),
        markdown=f"{here}{joined}format=markdown",
        json=f"{here}{joined}format=json",
        patch=f"{here}{joined}format=patch",
        side=links.comparison("", pair.old.ref, pair.new.ref, **other),
        rows=tuple(rows),
        paging=paging,
        empty="" if report.sections else words.nothing_here,
    )


def _step(pair: Pair, beside: Version, way: int, asked: Asked) -> str:
    """One step of the line before or after; empty at its ends."""
    numbers = [one.id for one in pair.line]
    if beside.id not in numbers:
        return ""
    place = numbers.index(beside.id)
    other = place + way
    if not 0 <= other < len(numbers):
        return ""
    old, new = (other, place) if way < 0 else (place, other)
    return links.comparison("", pair.line[old].ref, pair.line[new].ref, **asked.named)


def _shown(found: Comparison, chosen: Chosen) -> tuple[Change, ...]:
    """The changes that the chosen findings tell of."""
    shown = {change for finding in chosen.findings for change in finding.changes}
    return tuple(change for change in found.changes if change.id in shown)


def _rows(program: Program, asking: Asking, pair: Pair, changes: Sequence[Change]) -> Iterator[Row]:
    both = asking.language.values.both
    kind = translated(program.kinds.by_hash(pair.new.kind_hash), asking.person.language)
    for change in changes:
        path = format_path(change.collection, change.key, change.field, kind=kind)
        collection = kind.collections.get(change.collection)
        # A list that was told as one value has entries with histories, and none of its own.
        is_list = collection is not None and change.field in collection.children
        field = collection.fields.get(change.field or "") if collection is not None else None
        before, after = both(_said(change.before), _said(change.after))
        yield Row(
            path=visible(path),
            label=visible(change.label),
            field=visible(field.title if field else change.field or "", 120),
            before="" if _is_absent(change.before) else visible(before),
            after="" if _is_absent(change.after) else visible(after),
            history="" if is_list else links.history("", pair.name, path),
        )


def _is_absent(value: Json | Missing) -> bool:
    return value is None or isinstance(value, Missing)


def _said(value: Json | Missing) -> Json:
    return None if isinstance(value, Missing) else value


def _patch(program: Program, _asking: Asking, pair: Pair, _asked: Asked) -> tuple[str, str]:
    """RFC 6902, between the documents as they are stored: it is whole, whatever the filters."""
    comparing = program.comparing
    old, new = comparing.state(pair.old).document, comparing.state(pair.new).document
    kind = program.kinds.by_hash(pair.new.kind_hash)
    changes = comparing.between(pair.old, pair.new).changes
    told = json_patch(changes, old, new, kind)
    return json.dumps(told, ensure_ascii=False, indent=2), "application/json-patch+json"


def _markdown(program: Program, asking: Asking, pair: Pair, asked: Asked) -> tuple[str, str]:
    return as_markdown(_report(program, asking, pair, asked)), "text/markdown; charset=utf-8"


def _json(program: Program, asking: Asking, pair: Pair, asked: Asked) -> tuple[str, str]:
    found, chosen = _found(program, asking, pair, asked)
    told = comparison_object(
        found, chosen.findings, chosen.remarks, failed=failed, language=asking.language
    )
    return json.dumps(told, ensure_ascii=False, indent=2), "application/json"


_FORMATS: Final = {"markdown": _markdown, "json": _json, "patch": _patch}

PAGES = (page("/situations/{situation}/compare", Guard.READER, get=show),)
