"""Whether what a finding told has cancelled out since."""

from __future__ import annotations

from typing import TypeAlias

from monitor.model.comparison import Change, Comparison, Finding, Key, Significance

Fact: TypeAlias = tuple[str, Key, str | None]
"""What a change is about, whatever its values: collection, key, field."""


def has_cancelled_out(finding: Finding, told: Comparison, net: Comparison) -> bool:
    """True when every fact that `finding` spoke of is again as it was before.

    `told` is the comparison that the finding is of; `net` compares the same older version with what
    is true now. What has moved on to a third value has not cancelled out: the net change tells it.
    """
    changes = [change for change in told.changes if change.id in finding.changes]
    weighty = [change for change in changes if change.significance > Significance.NOISE]
    differing = {_fact(change) for change in net.changes}
    return not any(
        _fact(change) in differing or (change.collection, change.key, None) in differing
        for change in weighty or changes
    )


def _fact(change: Change) -> Fact:
    return change.collection, change.key, change.field
