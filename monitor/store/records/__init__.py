"""What the store takes and gives: rows as frozen values. Times are aware datetimes in UTC."""

from monitor.store.records.running import Notice, Started
from monitor.store.records.telling import (
    AlertedFinding,
    DeliveryRow,
    Letter,
    MessageRow,
    OutboxCount,
    Run,
    StoredDigest,
    Suppression,
    SuppressionEvent,
    Telling,
)
from monitor.store.records.watching import (
    BaselineHow,
    NewSnapshot,
    NewVersion,
    SeenFile,
    Sighting,
    Situation,
    SnapshotRow,
    SourceRow,
    StoredJudgement,
    Version,
    VersionState,
)

__all__ = [
    "AlertedFinding",
    "BaselineHow",
    "DeliveryRow",
    "Letter",
    "MessageRow",
    "NewSnapshot",
    "NewVersion",
    "Notice",
    "OutboxCount",
    "Run",
    "SeenFile",
    "Sighting",
    "Situation",
    "SnapshotRow",
    "SourceRow",
    "Started",
    "StoredDigest",
    "StoredJudgement",
    "Suppression",
    "SuppressionEvent",
    "Telling",
    "Version",
    "VersionState",
]
