"""Why a person is asked before a message goes out: its reader may know it all."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.cadence import Slot, too_late
from monitor.model.subscription import Subscription
from monitor.pipeline.telling.inputs import Step
from monitor.pipeline.telling.standing import Standing


def why_ask(
    standing: Standing, reader: Subscription, covered: Sequence[Step], slot: Slot | None = None
) -> str | None:
    """The reason, or None for a message that goes out by itself.

    A machine that was restored with all it had cannot be told from one that was switched off; only
    what has been owed for long gives it away.
    """
    limit = standing.program.settings.mail.late_limit
    if slot is not None and too_late(slot, standing.now, limit):
        return f"owed since {slot.first:%Y-%m-%d %H:%M} UTC, longer than {limit.days} days"
    if any(_is_from_before(standing, reader, step) for step in covered):
        return "this database is a copy, and its original may have told this"
    return None


def _is_from_before(standing: Standing, reader: Subscription, step: Step) -> bool:
    """Whether the step begins before what the original may have told its reader."""
    copied, known = standing.program.copied_at, standing.copied(step.pointer.situation)
    if copied is None or known is None or reader.created_at > copied:
        return False
    # Ids grow in the order in which versions were learned.
    return known.id > step.old.id
