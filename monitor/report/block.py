"""What matters most, in a few short sentences: the block at the top of a digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.model.comparison import Finding, Remark, Significance
from monitor.model.record import Record
from monitor.model.said import Observed, Overlap
from monitor.report.finding import remark_sentence
from monitor.report.ranking import in_turn
from monitor.report.view import FindingView
from monitor.report.voice import Voice

LINES: Final = 5
SHARED: Final = 3
"""Lines of each situation where a digest has several."""

WORDS: Final = 60
"""What is read in one breath; measured with offices that read 250 words of a mail."""

FEWEST: Final = 3
"""Findings below which a block would only say everything twice."""


class Shared(Record):
    """What several findings come to, told in their place: two who now meet on a matter."""

    findings: frozenset[str]
    line: str


def block(
    findings: Sequence[Finding],
    views: Iterable[FindingView],
    most: int = LINES,
    shared: Sequence[Shared] = (),
    room: int = WORDS,
) -> tuple[str, ...]:
    """At most so many sentences on what is critical or major; of what is minor if there is no more.

    `findings` in the order in which they are told, `views` of those that fit. Empty where there are
    so few findings that they speak for themselves.
    """
    said = {view.id: view.short for view in views}
    for each in shared:
        if each.findings <= said.keys():
            said |= dict.fromkeys(each.findings, each.line)
    if len(findings) < FEWEST:
        return ()
    shown = [finding for finding in findings if finding.id in said]
    strong = [finding for finding in shown if finding.significance >= Significance.MAJOR]
    lines: list[str] = []
    left = {finding.id for finding in findings}
    for finding in in_turn(strong or shown):
        line = said[finding.id]
        length = len(line.split())
        if line in lines or (lines and length > room):
            continue
        lines.append(line)
        left.discard(finding.id)
        room -= length
        if len(lines) == most:
            break
    if not left and not strong:
        # All of it is told in one line each below: the same lines twice are no help.
        return ()
    return tuple(lines)


def met(remarks: Iterable[Remark], findings: Sequence[Finding], voice: Voice) -> list[Shared]:
    """Where two have both moved and now meet, which is what their moves come to: each move once,
    and quantities before words."""
    overlaps = [each for each in remarks if isinstance(each.said, Overlap)]
    found: list[Shared] = []
    used: set[str] = set()
    for remark in sorted(overlaps, key=lambda each: _in_steps(each.said)):
        about = set(remark.about)
        moved = frozenset(each.id for each in findings if about & {*each.changes})
        if len(moved) > 1 and not moved & used:
            used |= moved
            line = remark_sentence(remark, voice).partition("; ")[0].rstrip(".")
            found.append(Shared(findings=moved, line=f"{line}."))
    return found


def _in_steps(said: Observed) -> bool:
    return isinstance(said, Overlap) and said.unit is None
