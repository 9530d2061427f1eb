"""A subscription's specification as JSON text without address and name, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, get_args

from monitor.model.comparison import Significance
from monitor.model.record import replace
from monitor.model.subscription import Filter, Origin, Quiet, SubscriptionSpec


def to_text(spec: SubscriptionSpec) -> str:
    """Significances are written as words, so that a row reads well and outlives a renumbering."""
    return json.dumps(_to_json(spec), separators=(",", ":"))


def from_text(text: str, *, address: str, name: str) -> SubscriptionSpec:
    """Raises ValueError, TypeError, LookupError, AttributeError or RecursionError for what this
    release has not written."""
    return replace(_from_text(text), address=address, name=name)


def without_situations(text: str) -> tuple[str, SubscriptionSpec] | None:
    """All of a specification but what it follows, as text and read; None for what cannot be read,
    or is not written as `to_text` writes. Readers of each a mixture of their own share it."""
    head, between, rest = text.partition(_BETWEEN)
    if not between or not head.startswith(_BEGIN):
        return None
    try:
        _words(json.loads(f"[{head.removeprefix(_BEGIN)}]"))
        return rest, _from_text(f"{_BEGIN}{_BETWEEN}{rest}")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


_BEGIN, _BETWEEN = '{"situations":[', '],"cadence":'
"""Neither stands within a text in JSON: the quotation marks of one are escaped there."""


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
    row = _only(_KEYS, json.loads(text))
    chosen = _only(_FILTER, row["filter"])
    level, quiet = row["alert_level"], row["quiet"]
    if row["origin"] not in get_args(Origin) or not isinstance(row["receipts"], bool):
        raise ValueError("origin or receipts is none of the known values")
    return SubscriptionSpec(
        address="",
        name="",
        situations=_words(row["situations"]),
        cadence=_word(row["cadence"]),
        zone=_word(row["zone"]),
        filter=Filter(
            minimum=Significance.parse(chosen["minimum"]),
            collections=_words(chosen["collections"]),
            parties=_words(chosen["parties"]),
            issues=_words(chosen["issues"]),
            entities=_words(chosen["entities"]),
        ),
        alert_level=None if level is None else Significance.parse(level),
        quiet=None if quiet is None else Quiet(start=_word(quiet[0]), end=_word(quiet[1])),
        receipts=row["receipts"],
        language=_word(row["language"]),
        start=_word(row["start"]),
        origin=row["origin"],
    )


_FILTER = frozenset(("minimum", "collections", "parties", "issues", "entities"))
_KEYS = frozenset(
    (
        *("situations", "cadence", "zone", "filter", "alert_level", "quiet", "receipts"),
        *("language", "start", "origin"),
    )
)


def _only(keys: frozenset[str], row: object) -> dict[str, Any]:
    """What another release has written may mean what this one would pass over: it is not read."""
    if not isinstance(row, dict):
        raise TypeError(f"{type(row).__name__} instead of keys")
    if unlike := row.keys() ^ keys:
        raise ValueError(f"unknown or missing: {', '.join(sorted(unlike))}")
    return row


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} instead of a list")
    return tuple(_word(one) for one in value)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} instead of text")
    return value
