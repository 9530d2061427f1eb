"""What of a comparison is shown: by significance and by list. A finding is never split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.compare.significance import covers
from monitor.model.comparison import Comparison, Finding, Remark, Significance


class Chosen(NamedTuple):
    """The findings and remarks that pass the filters, in the comparison's order."""

    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]


def choose(comparison: Comparison, minimum: Significance, only: Sequence[str]) -> Chosen:
    """A finding passes when it is strong enough and touches one of the lists, if any is named."""
    lists = {change.id: change.collection for change in comparison.changes} if only else {}

    def passes(told: Finding | Remark, changes: Sequence[str]) -> bool:
        if told.significance < minimum:
            return False
        return not only or _touches(told.collection, changes, lists, only)

    return Chosen(
        findings=tuple(each for each in comparison.findings if passes(each, each.changes)),
        remarks=tuple(each for each in comparison.remarks if passes(each, each.about)),
    )


def _touches(
    collection: str, changes: Sequence[str], lists: Mapping[str, str], only: Sequence[str]
) -> bool:
    touched = {collection, *(lists[change] for change in changes if change in lists)}
    return any(covers(name, path) for path in touched for name in only)
