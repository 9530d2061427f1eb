"""A subscription's specification as JSON, and back."""

from __future__ import annotations

from typing import Any

from monitor.model.comparison import Significance
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec


def to_json(spec: SubscriptionSpec) -> dict[str, Any]:
    """Significances are written as words, so that a row reads well and outlives a renumbering."""
    chosen = spec.filter
    return {
        "address": spec.address,
        "name": spec.name,
        "situations": list(spec.situations),
        "cadence": spec.cadence,
        "zone": spec.zone,
        "filter": {
            "minimum": chosen.minimum.word,
            "collections": list(chosen.collections),
            "parties": list(chosen.parties),
            "issues": list(chosen.issues),
            "entities": list(chosen.entities),
        },
        "alert_level": None if spec.alert_level is None else spec.alert_level.word,
        "quiet": None if spec.quiet is None else [spec.quiet.start, spec.quiet.end],
        "receipts": spec.receipts,
        "language": spec.language,
        "start": spec.start,
        "origin": spec.origin,
    }


def from_json(row: dict[str, Any]) -> SubscriptionSpec:
    chosen, level, quiet = row["filter"], row["alert_level"], row["quiet"]
    return SubscriptionSpec(
        address=row["address"],
        name=row["name"],
        situations=tuple(row["situations"]),
        cadence=row["cadence"],
        zone=row["zone"],
        filter=Filter(
            minimum=Significance.parse(chosen["minimum"]),
            collections=tuple(chosen["collections"]),
            parties=tuple(chosen["parties"]),
            issues=tuple(chosen["issues"]),
            entities=tuple(chosen["entities"]),
        ),
        alert_level=None if level is None else Significance.parse(level),
        quiet=None if quiet is None else Quiet(start=quiet[0], end=quiet[1]),
        receipts=row["receipts"],
        language=row["language"],
        start=row["start"],
        origin=row["origin"],
    )
