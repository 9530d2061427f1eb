"""In which order findings without a kind are told: no kind says what matters, so the shape does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.model.comparison import Finding
from monitor.model.said import (
    Added,
    Churned,
    Everywhere,
    ManyMoved,
    Memberships,
    Moved,
    Removed,
    Reordered,
    Succeeded,
)

_GOES = (Moved, ManyMoved, Memberships, Succeeded)


def by_news(findings: Iterable[Finding], order: Mapping[str, int]) -> list[Finding]:
    """By list; in each what is new or gone, what many entries have alike, then the entries with the
    most changes; what only keeps books, or stands elsewhere, comes last.

    `order` is the place of each collection.
    """

    def rank(finding: Finding) -> tuple[int, int, int, int, str, str, str]:
        top = _top(finding.collection, order)
        return (
            order.get(top, 0),
            -finding.significance,
            _rank(finding, nested=finding.collection != top),
            -len(finding.changes),
            finding.path,
            finding.rule,
            finding.id,
        )

    return sorted(findings, key=rank)


def _top(collection: str, order: Mapping[str, int]) -> str:
    """The list at the top that a collection stands below, or is; the document is its own."""
    names = collection.split(".")
    found = (".".join(names[:length]) for length in range(1, len(names) + 1))
    return next((path for path in found if path in order), "")


def _rank(finding: Finding, *, nested: bool) -> int:
    said = finding.said
    if isinstance(said, _GOES) or (isinstance(said, Added | Removed) and not nested):
        return 0
    if isinstance(said, Everywhere):
        return 1
    return 3 if isinstance(said, Churned | Reordered) else 2
