"""Remarks: what can be observed beside the findings."""

from __future__ import annotations

from monitor.compare.rules.rule import Rule
from monitor.model.comparison import Significance

CONVERGED = Rule(
    id="converged",
    summary="The distance between two parties on an issue became smaller.",
    significance=Significance.MAJOR,
    mirror="diverged",
    remark=True,
)
DIVERGED = Rule(
    id="diverged",
    summary="The distance between two parties on an issue became greater.",
    significance=Significance.MAJOR,
    mirror="converged",
    remark=True,
)
OVERLAP = Rule(
    id="overlap",
    summary="Two parties' quantities, or places on a scale, now meet and did not before.",
    significance=Significance.CRITICAL,
    unmirrored="Backwards the two part again, which is `diverged`.",
    remark=True,
)
REVERSED = Rule(
    id="reversed",
    summary="A position is back where it stood in an earlier version.",
    significance=Significance.MAJOR,
    unmirrored="It speaks of an earlier version, and backwards in time there is none.",
    remark=True,
)
RETURNED = Rule(
    id="returned",
    summary="A version undoes the one before it, as a whole.",
    significance=Significance.MINOR,
    unmirrored="It speaks of an earlier version, and backwards in time there is none.",
    remark=True,
)
CORRECTED = Rule(
    id="corrected",
    summary="The same date was told again with other content.",
    significance=Significance.MINOR,
    unmirrored="A revision is never older than what it corrects.",
    remark=True,
)
LAPSED = Rule(
    id="lapsed",
    summary="A planned date has passed and no version says what came of it.",
    significance=Significance.MAJOR,
    unmirrored="Only the calendar brings it about.",
    remark=True,
)
KIND_CHANGED = Rule(
    id="kind-changed",
    summary="The older version was written under another form of the kind.",
    significance=Significance.MINOR,
    unmirrored="Both versions are read under the newer one's kind, whichever way one looks.",
    remark=True,
)

RULES = (CONVERGED, DIVERGED, OVERLAP, REVERSED, RETURNED, CORRECTED, LAPSED, KIND_CHANGED)
