"""A report of a server or a reader -> what it does to an address, recorded in one transaction.

A report counts when it names a message of ours by a signature that only we can have made: its
bounce address. What names one by its Message-ID alone is `unsigned`: anybody who has ever seen that
message could have written it, so it is recorded, shown, and changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from monitor.mail.addresses import message_key, signed_key
from monitor.mail.meaning import Meaning, about, meaning
from monitor.mail.reports import read_report
from monitor.model.returned import Judged, Part, Report, Verdict, Way
from monitor.model.tuples import NamedTuple
from monitor.pipeline.program import Program
from monitor.pipeline.readers.subscribing import LEFT
from monitor.pipeline.returned.standing import words_of
from monitor.pipeline.say import say
from monitor.store import Families
from monitor.store.readers import ERASED
from monitor.store.records import Bounce, MessageRow

BY = "bounces"
"""Who suppresses an address that mail comes back from."""

COMPLAINTS = "complaints"

UNSENT = ("pending", "held", "cancelled")
"""States of messages that nothing can come back of, unless an attempt ended in doubt."""


class _Named(NamedTuple):
    """The message that a report is about, and what shows it: `verdict` is set where that is not
    enough to judge anybody."""

    row: MessageRow | None
    verdict: Verdict | None


def file_report(program: Program, data: bytes, *, way: Way, now: datetime) -> Judged:
    """`data` is one mail as it came. The same mail again changes nothing. Raises StoreUnavailable,
    and then nothing of it is recorded."""
    report = read_report(data)
    with program.store.transaction() as tx:
        judged = _file(program, tx, report, way, now)
    if judged.is_new and judged.verdict != "noted":
        say("came-back", line_of(judged), verdict=judged.verdict, message=judged.message)
    return judged


def line_of(judged: Judged) -> str:
    """What became of it, in one line."""
    known = "" if judged.is_new else " (had come before)"
    what = words_of(judged)
    if judged.address is None:
        return f"{judged.verdict}: {what}{known}"
    return f"{judged.verdict}: message {judged.message} to {judged.address}, {what}{known}"


def _file(program: Program, tx: Families, report: Report, way: Way, now: datetime) -> Judged:
    if (before := tx.bounces.find(report.key)) is not None:
        return _again(before)
    named = _named(program, tx, report, now)
    row = named.row
    part = about(report.parts, row.recipient if row else "")
    verdict, lost = named.verdict, tuple[str, ...]()
    if verdict is None:
        verdict, lost = _verdict(program, tx, part, row, now)
    bounce = Bounce(
        report=report.key,
        at=now,
        way=way,
        sort=part.sort,
        verdict=verdict,
        status=part.status,
        text=part.text,
        reporter=report.reporter,
        address=row.recipient if row else None,
        message=row.id if row else None,
    )
    if not tx.bounces.add(bounce):
        # Somebody else has been reading the same mail.
        return _again(tx.bounces.find(report.key) or bounce)
    if row is not None:
        _act(tx, bounce, row, lost, now)
    return _judged(bounce)


def _named(program: Program, tx: Families, report: Report, now: datetime) -> _Named:
    """Whose message came back. The first signature that is ours counts."""
    keys = [signed_key(text, program.secrets) for text in report.signed]
    key = next((one for one in keys if one is not None), None)
    if key is not None:
        row = tx.outbox.named(key)
        if row is None or (row.state in UNSENT and not row.uncertain):
            return _Named(None, "unknown")
        if row.recipient == ERASED:
            # Nobody knows any more whom it was to, and nobody is written to under that name.
            return _Named(None, "unknown")
        return _Named(row, _too_late(program, tx, row, now))
    weak = _by_message_id(tx, report)
    if weak is not None:
        return _Named(weak, "unsigned")
    if report.signed:
        return _Named(None, "forged")
    return _Named(None, _of_nobody(report))


def _of_nobody(report: Report) -> Verdict:
    part = about(report.parts, "")
    if part.sort == "unreadable":
        return "unreadable"
    return "noted" if part.sort in ("auto-reply", "other") else "unknown"


def _by_message_id(tx: Families, report: Report) -> MessageRow | None:
    """Both must fit: the mail's name, and the address that it was to."""
    for name in report.message_ids:
        try:
            row = tx.outbox.named(message_key(name))
        except ValueError:
            continue
        if row is not None and row.message_id == name:
            told = {one for part in report.parts for one in part.recipients}
            return row if not told or row.recipient.lower() in told else None
    return None


def _too_late(program: Program, tx: Families, row: MessageRow, now: datetime) -> Verdict | None:
    """An old message's report says little of today, and one from before mail was let through again
    says nothing of what was mended."""
    lifted = tx.bounces.lifted(row.recipient)
    old = row.created_at < now - program.settings.bounces.expires_after
    return "late" if old or (lifted is not None and row.created_at <= lifted) else None


def _verdict(
    program: Program, tx: Families, part: Part, row: MessageRow | None, now: datetime
) -> tuple[Verdict, tuple[str, ...]]:
    """With the messages that are known to be lost, where the address is given up."""
    if row is None:
        return "unknown", ()
    means = meaning(part)
    if means in (Meaning.NOTHING, Meaning.UNREADABLE):
        return "noted" if means is Meaning.NOTHING else "unreadable", ()
    if means is Meaning.POLICY or (row.subscription is None and row.reason != "confirm"):
        # The operator's own mail is told of and never suppressed: it is what tells.
        return "policy", ()
    if means is Meaning.COMPLAINT:
        return "ended", ()
    bounces = program.settings.bounces
    lifted = tx.bounces.lifted(row.recipient)
    since = max(now - bounces.soft_window, lifted or now - bounces.soft_window)
    failing = tx.bounces.failing(row.recipient, since=since, message=row.id)
    gone = means is Meaning.ADDRESS or failing.days >= bounces.soft_limit
    return ("suppressed", (*failing.messages, row.id)) if gone else ("counted", ())


def _act(
    tx: Families, bounce: Bounce, row: MessageRow, lost: tuple[str, ...], now: datetime
) -> None:
    """What the verdict changes: nothing but for two. What a lost message told is owed again, to
    whoever mends the address."""
    who = row.recipient
    if bounce.verdict == "ended":
        reason = f"{bounce.reporter or 'a provider'} passes on a complaint: {bounce.text}"
        for reader in tx.subscriptions.all(address=who):
            if reader.state not in LEFT:
                tx.subscriptions.set_state(reader.id, "unsubscribed", reason, now=now)
        tx.suppressions.add(who, reason=reason, by=COMPLAINTS, now=now)
    elif bounce.verdict == "suppressed":
        tx.suppressions.add(who, reason=_reason(bounce), by=BY, now=now)
        tx.outbox.come_back(lost, f"came back: {_words(bounce)}", now=now)


def _reason(bounce: Bounce) -> str:
    return f"message {bounce.message} came back: {_words(bounce)}"


def _words(bounce: Bounce) -> str:
    return words_of(bounce).removeprefix("failed: ")


def _again(bounce: Bounce) -> Judged:
    judged = _judged(bounce)
    return Judged(**{name: getattr(judged, name) for name in Judged._fields} | {"is_new": False})


def _judged(bounce: Bounce) -> Judged:
    return Judged(
        verdict=bounce.verdict,
        sort=bounce.sort,
        address=bounce.address,
        message=bounce.message,
        status=bounce.status,
        text=bounce.text,
    )
