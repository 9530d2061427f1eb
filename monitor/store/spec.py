"""A subscription's specification as JSON text without address and name, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from monitor.model.comparison import Significance
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec


def to_text(spec: SubscriptionSpec) -> str:
    """Significances are written as words, so that a row reads well and outlives a renumbering."""
    return json.dumps(_to_json(spec), separators=(",", ":"))


def from_text(text: str, *, address: str, name: str) -> SubscriptionSpec:
    return replace(_from_text(text), address=address, name=name)


def _to_json(spec: SubscriptionSpec) -> dict[str, Any]:
    chosen = spec.filter
    return {
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


@lru_cache(maxsize=4096)
def _from_text(text: str) -> SubscriptionSpec:
    """Cached, because many readers of one situation ask for the same."""
    row = json.loads(text)
    chosen, level, quiet = row["filter"], row["alert_level"], row["quiet"]
    return SubscriptionSpec(
        address="",
        name="",
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
