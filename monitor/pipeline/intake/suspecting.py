"""Why a version that was just derived should not count before a person, or time, has decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.collect.states import Statement
from monitor.collect.versions import Derived, DerivedVersion
from monitor.compare.diff import diff
from monitor.compare.held import HeldLimits, why_held
from monitor.compare.stored import told_apart
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.comparison import State, VersionRef
from monitor.model.tuples import NamedTuple
from monitor.settings.sections import HoldSettings
from monitor.store.records import HoldCause
from monitor.store.store import Families


class Doubt(NamedTuple):
    """What a version is held for, and the reason in words."""

    cause: HoldCause
    reason: str


def early(as_of: str, zone: str, hold: HoldSettings, now: datetime) -> Doubt | None:
    """A day that is too far ahead is a slip of the pen, or waits until it comes."""
    if hold.early is None:
        return None
    last = (now + hold.early).astimezone(ZoneInfo(zone)).date().isoformat()
    if as_of[:10] <= last:
        return None
    return Doubt("early", f"as_of {as_of} lies ahead; it counts from that day on")


def has_come(as_of: str, zone: str, now: datetime) -> bool:
    return as_of[:10] <= now.astimezone(ZoneInfo(zone)).date().isoformat()


def undoing(
    derived: Derived, said: Sequence[Statement], known: Collection[str], number: int
) -> tuple[DerivedVersion, ...]:
    """What said nothing new where it stands and would undo what the snapshot `number` says.

    It would be a version now. Where a full version stands behind it, nothing that is latest
    depends on it. `known` are the as_ofs of the line.
    """
    full = [order(part.as_of) for part in said if part.coverage == "full" and part.as_of in known]
    return tuple(
        one
        for one in derived.versions
        if one.said_id != number
        and one.as_of not in known
        and not any(place > order(one.as_of) for place in full)
    )


def undone(ghosts: Sequence[DerivedVersion]) -> Doubt | None:
    if not ghosts:
        return None
    days = ", ".join(ghost.as_of for ghost in ghosts)
    text = f"what was said as of {days} said nothing new then and would undo it; releasing it sets"
    return Doubt("undone", f"{text} that aside")


def accident(
    tx: Families, situation: str, own: DerivedVersion, kind: Kind, hold: HoldSettings
) -> Doubt | None:
    """A list that is emptied or written anew is rarely news."""
    before = tx.versions.upto(situation, own.as_of)
    if before is None:
        return None
    old = tx.versions.state(before.id)
    ref = VersionRef(situation=situation, as_of=own.as_of, content_hash=own.content_hash)
    new = State(ref=ref, document=own.document)
    old, new, kind = told_apart(old, new, kind)
    changes = diff(old.document, new.document, kind, situation=situation)
    limits = HeldLimits(
        rekeyed=hold.rekeyed,
        emptied=hold.emptied,
        entities=hold.entities,
        shrunk=hold.shrunk,
        large=hold.large,
    )
    reason = why_held(old, new, changes, kind, limits)
    return Doubt("accident", reason) if reason else None
