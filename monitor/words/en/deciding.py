"""What the pages say on which people decide and look after the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.words.deciding import DecidingLabels
from monitor.words.en.values import counted

LABELS: Final = DecidingLabels(
    held="Waiting for a decision",
    held_because="It waits because",
    now_counts="What counts now",
    reason="Reason",
    say_why="Say why: the reason is kept with the decision.",
    release="Release",
    reject="Reject",
    whole_difference="The whole difference",
    nothing_held="Nothing waits for a decision.",
    decisions="Decisions",
    nothing_decided="Nothing was decided yet.",
    when="When",
    who="Who",
    what="What",
    why="Why",
    by_command="by command",
    all_decisions="All decisions",
    pin="Pin as baseline",
    advance="Advance the baseline to it",
    follow="Follow the version before",
    withdraw="Withdraw",
    put_back="Put back",
    decide="Decide",
    withdrawn="Withdrawn",
    the_baseline="Baseline",
    counts="counts",
    source="Source",
    revision="revision",
    step="What it changed",
    subject="Subject",
    readers="Readers",
    text="Text",
    html="HTML",
    by_itself="Open by itself",
    nothing_sent="No digest was made yet.",
    as_sent="As it was sent, byte for byte; where each reader has links of her own, their places "
    "stand empty.",
    nodes="Nodes",
    process="process",
    not_running="The service does not run.",
    sources="Sources",
    no_source="No source was looked at yet.",
    state="State",
    looked="Looked at",
    newest="Newest version",
    trouble="Trouble",
    outbox="Outbox",
    oldest_owed="Oldest owed",
    empty="Nothing here.",
    messages="Messages",
    all_messages="All messages",
    newest_first="Newest",
    older="Older",
    to="To",
    attempts="Attempts",
    next_try="Next attempt",
    expires="Expires",
    retry="Try again now",
    let_go="Send it after all",
    nobody_needed="Nobody is needed.",
    rates="Rates",
    channels="Channels",
    kind="Kind",
    takes="takes what it is told",
    takes_nothing="takes nothing",
    answer="Answer",
    no_attempt="It was not tried yet.",
    uncertain="may have arrived",
    came_back="Came back",
    report="Report",
    cadence="Cadence",
    told="Told up to",
    next_due="Next due",
    no_subscriptions="Nobody follows anything yet.",
    people="People",
    role="Role",
    address="Address",
    language="Language",
    zone="Time zone",
    add="Add a person",
    save="Save",
    end="End access",
    ended="ended",
    tokens="Tokens of programs",
    scopes="What for",
    make="Make a token",
    token_once="The token is shown this once; only its hash is kept. Write it down now:",  # noqa: S106 - a label
    no_tokens="There are no tokens.",
    yourself="you",
    last_admin="This is the last person who manages people; make another one first.",
)

DECIDED: Mapping[str, str] = {
    "released": "released",
    "rejected": "rejected",
    "pinned": "baseline pinned",
    "advanced": "baseline advanced",
    "followed": "baseline follows the version before",
    "withdrawn": "withdrawn",
    "restored": "put back",
}

STATES: Mapping[str, str] = {
    "fresh": "fresh",
    "stale": "stale",
    "failing": "failing",
    "pending": "waiting",
    "claimed": "being sent",
    "retry": "tried again later",
    "held": "held",
    "dead": "failed for good",
    "sent": "sent",
    "cancelled": "cancelled",
    "current": "counts",
    "rejected": "left out",
    "withdrawn": "withdrawn",
    "active": "active",
    "suspended": "suspended",
    "unsubscribed": "unsubscribed",
    "suppressed": "gets no mail",
    "ended": "ended",
}

TROUBLES: Mapping[str, str] = {
    "held": "A version waits for a decision",
    "held-mail": "Mail waits for a decision",
    "stale": "A source has given nothing new for longer than it should",
    "refused": "A snapshot was refused",
    "stranded": "A snapshot counts no more: what it was laid over is gone",
    "stateless": "A situation has no state any more",
    "old": "A file is older than what is there already",
    "version": "A version cannot be compared",
    "subscription": "A subscription cannot be read",
    "name": "The settings or a reader name something that is not there",
    "disk": "The disk is nearly full",
    "relay": "Mail cannot be sent",
    "unbuilt": "A message cannot be made",
    "kept": "A message is kept until it can be read again",
    "undelivered": "A reader gets no mail",
    "operator-mail": "The operator gets no mail",
    "bounced": "Mail to an address came back",
    "complained": "A reader complained of our mail",
    "unsigned": "Mail seems to have come back, by an unsigned report",
    "unreadable": "A report of mail that came back cannot be read",
    "forged": "Forged reports of mail come in",
    "mailbox": "The mailbox for mail that comes back cannot be read",
    "channel": "A channel takes nothing",
    "other": "Something needs a person",
}

HOLDS: Mapping[str, str] = {
    "early": "Its day lies ahead. It counts by itself when that day comes, or when you release it.",
    "undone": "It would undo what was said for an earlier day and changed nothing then.",
    "accident": "It looks like an accident.",
    "stranded": "What it was laid over is gone.",
}

WAITS: Mapping[str, str] = {
    "this database is a copy": "This database is a copy; the original may have sent it already.",
    "owed since": "It is owed for longer than readers are told late.",
}

GIVEN_UP: Mapping[str, str] = {
    "a newer one was due": "A newer one was due while this one still waited; the next one tells "
    "both.",
    "before it was not delivered": "One before it was not delivered; the next one tells both.",
}

ROLES: Mapping[str, str] = {
    "reader": "reads",
    "editor": "decides too",
    "admin": "manages people too",
}

BASELINES: Mapping[str, str] = {
    "previous": "always the version before the latest",
    "pinned": "pinned",
    "advanced": "advanced",
}

REASONS: Mapping[str, str] = {
    "digest": "digest",
    "alert": "alert",
    "receipt": "receipt",
    "manual": "sent by hand",
    "welcome": "welcome",
    "operator": "to the operator",
    "confirm": "asks to confirm an address",
}

RETURNED: Final[Mapping[str, str]] = {
    "suppressed": "The address gets no more mail.",
    "ended": "The reader complained: her subscriptions have ended.",
    "counted": "Counted; several days in a row suppress the address.",
    "policy": "Not about the address: about us, or about this message.",
    "noted": "Noted; it changes nothing.",
    "unreadable": "In no standard form; it changes nothing.",
    "unsigned": "Not signed; it changes nothing.",
    "late": "It came too late to change anything.",
    "forged": "Its signature is wrong; it changes nothing.",
    "unknown": "It names no message of ours.",
}


def held_since(moment: str) -> str:
    return f"Waits since {moment}"


def since(moment: str) -> str:
    return f"since {moment}"


def instead_of(day: str) -> str:
    return f"compared with what counts now, {day}"


def readers(number: int) -> str:
    return counted(number, "reader") if number else "no reader"


def messages(number: int) -> str:
    return counted(number, "message")


def tries(number: int) -> str:
    return counted(number, "attempt") if number else "no attempt"


def needed(number: int) -> str:
    return f"A person is needed: {counted(number, 'trouble')}"


def of_the_last(number: int) -> str:
    return f"of the last {number:,}"


def taken(taken: int, waiting: int) -> str:
    return f"{taken:,} sent, {waiting:,} waiting"
