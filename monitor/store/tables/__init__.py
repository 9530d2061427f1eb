"""The tables. `watching` is what we know, `telling` what readers are owed, `running` ourselves."""

from monitor.store.columns import name_places
from monitor.store.tables.base import metadata
from monitor.store.tables.knowledge import (
    blobs,
    contents,
    files,
    judgements,
    kinds,
    situations,
    snapshots,
    sources,
    versions,
)
from monitor.store.tables.messages import (
    alerts,
    allowances,
    bodies,
    breakers,
    deliveries,
    digests,
    editions,
    mutes,
    outbox,
    pointers,
    runs,
    subscriptions,
    suppression_events,
    suppressions,
)
from monitor.store.tables.people import (
    decisions,
    erasures,
    looks,
    machines,
    people,
    permits,
    seen,
    sessions,
    tries,
)
from monitor.store.tables.returned import bounces, mailboxes
from monitor.store.tables.service import meta, nodes, notices, work
from monitor.store.tables.writing import answers, articles, drafts, placings

name_places(metadata)

__all__ = [
    "alerts",
    "allowances",
    "answers",
    "articles",
    "blobs",
    "bodies",
    "bounces",
    "breakers",
    "contents",
    "decisions",
    "deliveries",
    "digests",
    "drafts",
    "editions",
    "erasures",
    "files",
    "judgements",
    "kinds",
    "looks",
    "machines",
    "mailboxes",
    "meta",
    "metadata",
    "mutes",
    "nodes",
    "notices",
    "outbox",
    "people",
    "permits",
    "placings",
    "pointers",
    "runs",
    "seen",
    "sessions",
    "situations",
    "snapshots",
    "sources",
    "subscriptions",
    "suppression_events",
    "suppressions",
    "tries",
    "versions",
    "work",
]
