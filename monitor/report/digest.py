"""DigestInput -> digest: selection, order, budget, rendering. Pure: the same input, the same bytes.

What a reader is told is decided by two states (told and latest) and not by a log of events: what
went back and forth between them is not there to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.errors import TemplateFailed
from monitor.model.comparison import Finding
from monitor.model.digest import Digest, DigestInput
from monitor.model.text import shortened, visible
from monitor.model.tokens import READER
from monitor.render import Templates
from monitor.report.front import SUBJECT, digest_view
from monitor.report.inputs import input_document, input_hash
from monitor.report.told import Told, told
from monitor.report.view import DigestView
from monitor.words.dates import local_date

__all__ = ["BUDGET", "input_document", "make_digest"]

BUDGET: Final = 90_000
"""Octets of HTML. Gmail cuts a message near 102 kB and hides the rest, the footer first."""

MOST: Final = 150
"""Findings that are tried; more of them never fit the budget."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    view: DigestView
    html: str

    @property
    def fits(self) -> bool:
        return len(self.html.encode("utf-8", "replace")) <= BUDGET


def make_digest(given: DigestInput, templates: Templates) -> Digest:
    """Render a digest for nobody in particular; recipient tokens stand for what is a reader's own.

    A template of the working folder that fails is replaced by the shipped one and named in
    `warnings`. Raises TemplateFailed only when the shipped one fails, and ValueError for a cadence
    or zone that cannot be read.
    """
    today = local_date(given.due, given.zone)
    parts = [told(each, given, today) for each in given.situations]
    warnings: tuple[str, ...] = ()
    try:
        view, subject, text, html = _rendered(given, parts, templates)
    except TemplateFailed as error:
        if not templates.own:
            raise
        warnings = (f"the shipped templates were used instead: {error}",)
        view, subject, text, html = _rendered(given, parts, templates.without_own())
    shown = [finding for situation in view.situations for finding in situation.told]
    return Digest(
        input_hash=input_hash(given, templates),
        subject=subject,
        text=text,
        html=html,
        shown=tuple(finding.id for finding in shown),
        sentences=tuple(finding.sentence for finding in shown),
        left_out=view.left_out,
        muted=tuple(each.finding.id for part in parts for each in part.selection.muted),
        worth_sending=any(
            part.findings or part.selection.remarks or part.withdrawn for part in parts
        ),
        warnings=warnings,
        unworded=tuple(each for situation in view.situations for each in situation.unworded),
    )


def _rendered(
    given: DigestInput, parts: Sequence[Told], templates: Templates
) -> tuple[DigestView, str, str, str]:
    """View, subject, text and HTML, with as many of the strongest findings as the budget takes."""
    best = _fitted(given, parts, templates)
    values = {"view": best.view, "reader": READER}
    subject = templates.render("digest.subject.txt", values, part="text")
    text = templates.render("digest.txt", values, part="text")
    return best.view, shortened(visible(subject), 2 * SUBJECT), text, best.html


def _fitted(given: DigestInput, parts: Sequence[Told], templates: Templates) -> _Attempt:
    ranked = [finding for part in parts for finding in part.findings]
    ranked.sort(key=lambda finding: -finding.significance)
    high = min(len(ranked), MOST)
    best = _attempt(given, parts, ranked[:high], templates)
    if best.fits or high == 0:
        return best
    low = 0
    best = _attempt(given, parts, (), templates)
    while high - low > 1:
        middle = (low + high) // 2
        tried = _attempt(given, parts, ranked[:middle], templates)
        if tried.fits:
            low, best = middle, tried
        else:
            high = middle
    return best


def _attempt(
    given: DigestInput, parts: Sequence[Told], findings: Sequence[Finding], templates: Templates
) -> _Attempt:
    view = digest_view(given, parts, frozenset(finding.id for finding in findings))
    html = templates.render("digest.html", {"view": view, "reader": READER}, part="html")
    return _Attempt(view, html)
