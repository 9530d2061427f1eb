"""What readers are owed: subscriptions, digests, the outbox, attempts, and who gets no mail."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)

from monitor.model.message import DIGEST_LANE
from monitor.store.columns import (
    JsonBytes,
    JsonOrNone,
    JsonOrUnreadable,
    JsonText,
    Utc,
    UtcOrNever,
    Words,
)
from monitor.store.tables.base import identity, metadata, reference

# As text, in the indexes and in the queries alike: SQLite uses a partial index only where it can
# read that the query asks for no more, which it cannot from a parameter.
OWED = text("state IN ('pending', 'retry')")
CLAIMED = text("state = 'claimed'")
REFUSED = text("refused_as IS NOT NULL")
HELD = text("outbox.state = 'held'")
DEAD = text("outbox.state = 'dead'")
OPERATORS = text("outbox.reason = 'operator'")
ACTIVE = text("subscriptions.state = 'active'")
CHANGED = text("subscriptions.changed IS NOT NULL AND subscriptions.state = 'active'")
UNBEGUN = text("subscriptions.unbegun AND subscriptions.state = 'active'")
OF_A_DIGEST = text("outbox.digest_id IS NOT NULL")

subscriptions = Table(
    "subscriptions",
    metadata,
    identity(),
    Column("address", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("spec", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("state_reason", Words),
    Column("state_at", Utc, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("last_run", Utc),
    Column("due_at", Utc),
    Column("created_at", Utc, nullable=False),
    Column("undelivered_since", Utc),
    # Dead messages since the last that arrived, and until when nothing new is written after them.
    Column("losses", Integer, nullable=False, server_default="0"),
    Column("paused_until", Utc),
    # Whether the reader asked for that pause herself.
    Column("rests", Boolean, nullable=False, server_default=false()),
    # How often the links to her own page were ended: those that count say so many.
    Column("links", Integer, nullable=False, server_default="0"),
    # Deeds since the service last looked at it; NULL when there was none.
    Column("changed", Integer),
    # Whether it may follow a situation in which it has no start yet.
    Column("unbegun", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("address", "name"),
    Index("ix_subscriptions_changed", "paused_until", "id",
          sqlite_where=CHANGED, postgresql_where=CHANGED),
    Index("ix_subscriptions_unbegun", "id", sqlite_where=UNBEGUN, postgresql_where=UNBEGUN),
    Index("ix_subscriptions_due_at", "due_at", "id", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    Index("ix_subscriptions_last_run", "last_run", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    CheckConstraint(
        "state IN ('active', 'suspended', 'unsubscribed', 'suppressed', 'ended')", name="state"
    ),
)  # fmt: skip

pointers = Table(
    "pointers",
    metadata,
    Column("subscription_id", ForeignKey("subscriptions.id"), primary_key=True),
    Column("situation", Words, ForeignKey("situations.name"), primary_key=True),
    reference("told", "versions.id"),
    reference("alerted", "versions.id"),
    # The last move: why, by the message of which number, and when. NULL: before this was kept.
    Column("cause", Words),
    Column("cause_seq", Integer),
    Column("moved_at", Utc),
    # The subscription's number when this situation began: an older message moved other pointers.
    Column("begun_seq", Integer, nullable=False, server_default="0"),
    Index("ix_pointers_situation", "situation", "alerted", "subscription_id"),
)

mutes = Table(
    "mutes",
    metadata,
    identity(),
    reference("subscription_id", "subscriptions.id"),
    Column("what", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("until", Words),
    Column("created_at", UtcOrNever, nullable=False),
    Index("ix_mutes_subscription_id", "subscription_id"),
)

alerts = Table(
    "alerts",
    metadata,
    reference("subscription_id", "subscriptions.id"),
    Column("situation", Words, nullable=False),
    reference("old_id", "versions.id"),
    reference("new_id", "versions.id"),
    Column("finding", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_alerts_subscription_id", "subscription_id"),
)

bodies = Table(
    "bodies",
    metadata,
    identity(),
    Column("data", LargeBinary, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    identity(),
    Column("input_hash", Words, nullable=False, unique=True),
    Column("input", JsonBytes, nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("shown", JsonText, nullable=False),
    Column("sentences", JsonText, nullable=False),
    Column("muted", JsonText, nullable=False),
    Column("left_out", Integer, nullable=False),
    reference("body_id", "bodies.id"),
    Column("made_at", Utc, nullable=False),
    Index("ix_digests_body_id", "body_id"),
)

# A digest for many is one row: made once, for all whose terms and place have this key.
editions = Table(
    "editions",
    metadata,
    Column("key", Words, primary_key=True),
    reference("digest_id", "digests.id"),
    Column("made_at", Utc, nullable=False),
    Index("ix_editions_digest_id", "digest_id"),
)

outbox = Table(
    "outbox",
    metadata,
    identity(),
    reference("subscription_id", "subscriptions.id", nullable=True),
    Column("seq", Integer),
    Column("reason", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    reference("digest_id", "digests.id", nullable=True),
    reference("body_id", "bodies.id"),
    Column("splice", JsonOrNone, nullable=False),
    Column("state", Words, nullable=False),
    Column("state_reason", Words),
    Column("attempts", Integer, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    # A refusal whose fault is not known yet, since when, and whether somebody else's mail was
    # taken after it.
    Column("refused_as", Words),
    Column("refused_at", Utc),
    Column("proven", Boolean, nullable=False, server_default=false()),
    Column("created_at", Utc, nullable=False),
    Column("next_attempt", Utc),
    Column("expires_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("token", Words),
    Column("node", Words),
    Column("lease_until", Utc),
    # {situation: [told, alerted, told, alerted]}: before this message and after it, where it moved.
    Column("start", JsonOrUnreadable),
    # Lower ones go first: see model.message.LANES.
    Column("lane", Integer, nullable=False, server_default=str(DIGEST_LANE)),
    # Where it waits while rates are kept: `LANE DESTINATION LIST`; '' until it is its turn there.
    Column("pool", Words, nullable=False, server_default=""),
    UniqueConstraint("subscription_id", "seq"),
    CheckConstraint(
        "state IN ('pending', 'held', 'claimed', 'sent', 'retry', 'dead', 'cancelled')",
        name="state",
    ),
    Index(
        "ix_outbox_owed",
        *("pool", "lane", "next_attempt", "id"),
        sqlite_where=OWED,
        postgresql_where=OWED,
    ),
    Index("ix_outbox_claimed", "id", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
    Index("ix_outbox_refused", "id", sqlite_where=REFUSED, postgresql_where=REFUSED),
    Index("ix_outbox_held", "id", sqlite_where=HELD, postgresql_where=HELD),
    Index("ix_outbox_dead", "id", sqlite_where=DEAD, postgresql_where=DEAD),
    Index("ix_outbox_operators", "id", sqlite_where=OPERATORS, postgresql_where=OPERATORS),
    # What a digest or a body is held against before it leaves.
    Index("ix_outbox_body_id", "body_id"),
    Index(
        "ix_outbox_digest_id", "digest_id", sqlite_where=OF_A_DIGEST, postgresql_where=OF_A_DIGEST
    ),
)

allowances = Table(
    "allowances",
    metadata,
    Column("name", Words, primary_key=True),
    # [[second, messages], ...]: when what was taken begins to count no more, the oldest first.
    Column("taken", JsonText, nullable=False),
)

# What hosts and channels have failed at in a row; no row: nothing. Times: of whoever met it.
breakers = Table(
    "breakers",
    metadata,
    # `host NAME:PORT` paces all who send there, `channel NAME` says since when nothing arrived.
    Column("name", Words, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("text", Words, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    identity(),
    reference("message_id", "outbox.id", delete="CASCADE"),
    Column("node", Words, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("ended_at", Utc),
    Column("result", Words),
    Column("phase", Words),
    Column("code", Integer),
    Column("status", Words),
    Column("text", Words),
    Column("bounce", Words),
    Index("ix_deliveries_message_id", "message_id"),
)

runs = Table(
    "runs",
    metadata,
    identity(),
    reference("subscription_id", "subscriptions.id"),
    Column("slot", Utc, nullable=False),
    Column("at", Utc, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("seq", Integer),
    UniqueConstraint("subscription_id", "slot"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("address", Words, primary_key=True),
    Column("scope", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("at", Utc, nullable=False),
)

suppression_events = Table(
    "suppression_events",
    metadata,
    identity(),
    Column("address", Words, nullable=False),
    Column("scope", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Utc, nullable=False),
)
