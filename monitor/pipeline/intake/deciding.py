"""What people decide about versions is kept: who, when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from monitor.errors import Conflict
from monitor.pipeline.program import Program
from monitor.store.records import COMMAND, BaselineHow, Decided, Decision, Version

_DECIDED: Final[dict[BaselineHow, Decided]] = {
    "previous": "followed",
    "pinned": "pinned",
    "advanced": "advanced",
}


def about(version: Version, what: Decided, *, by: str, reason: str, now: datetime) -> Decision:
    return Decision(
        situation=version.ref.situation,
        what=what,
        version=version.ref.as_of,
        content_hash=version.ref.content_hash,
        by=by,
        reason=reason,
        at=now,
    )


def set_baseline(
    program: Program,
    situation: str,
    how: BaselineHow,
    version: Version | None,
    now: datetime,
    *,
    by: str = COMMAND,
    reason: str = "",
) -> None:
    """What new versions are compared with from now on; None with `previous`, the one before.

    Raises Conflict for a version that does not count.
    """
    if version is not None and version.state != "current":
        raise Conflict(f"{situation} {version.ref.as_of} is {version.state}: it does not count")
    with program.store.transaction() as tx:
        tx.situations.set_baseline(situation, how, version.id if version is not None else None)
        tx.decisions.add(
            Decision(
                situation=situation,
                what=_DECIDED[how],
                version=version.ref.as_of if version is not None else "",
                content_hash=version.ref.content_hash if version is not None else "",
                by=by,
                reason=reason,
                at=now,
            )
        )
