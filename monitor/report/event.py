"""A digest as a program reads it: what a webhook's body holds. Pure: same input, same bytes.

The schema of the whole is published as docs/schemas/webhook.schema.json; a situation's comparison
is what `monitor diff --format json` prints, with what the reader's filter lets through.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from monitor.model.comparison import Comparison, Significance
from monitor.model.digest import DigestInput
from monitor.model.message import Reason
from monitor.model.record import NONE, Record
from monitor.report import links
from monitor.report.objects import comparison_object, version_object
from monitor.report.told import Told, told
from monitor.words import language as language_of
from monitor.words.dates import local_date

_TYPES: Final[Mapping[Reason, str]] = {"manual": "digest"}
"""By the reason of a message, where the two differ."""

_WHY: Final = "too many findings for one message"


class Whose(Record):
    """Which message it is: of which subscription, with which number, made when (RFC 3339)."""

    subscription: str
    seq: int
    at: str
    language: str = "en"


def digest_event(given: DigestInput, headline: str, whose: Whose, *, most: int) -> bytes:
    """With every finding or, when that is more than `most` bytes, with their numbers alone."""
    today = local_date(given.due, given.zone)
    parts = [told(each, given, today) for each in given.situations]
    kind = _TYPES.get(given.reason, given.reason)
    if kind in ("digest", "alert") and _only_takes_back(parts):
        kind = "correction"
    whole = _event(kind, headline, whose, [_situation(part, given) for part in parts])
    body = _bytes(whole)
    if len(body) <= most:
        return body
    counted = [_counted(part, given) for part in parts]
    return _bytes(_event(kind, headline, whose, counted, incomplete=_WHY))


def welcome_event(
    headline: str, whose: Whose, situations: Sequence[Comparison], public_url: str | None
) -> bytes:
    """What is followed from now on, and from which version of each."""
    return _bytes(
        _event("welcome", headline, whose, [_followed(each, public_url) for each in situations])
    )


def trial_event(name: str, at: str) -> bytes:
    """What is sent to try a channel."""
    return _bytes({"type": "test", "timestamp": at, "data": {"channel": name}})


def _event(
    kind: str,
    headline: str,
    whose: Whose,
    situations: list[dict[str, Any]],
    *,
    incomplete: str | None = None,
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "subscription": whose.subscription,
        "seq": whose.seq,
        "language": whose.language,
        "headline": headline,
        "situations": situations,
    }
    if incomplete:
        data["incomplete"] = incomplete
    return {"type": kind, "timestamp": whose.at, "data": data}


def _only_takes_back(parts: Sequence[Told]) -> bool:
    tells = any(part.findings or part.selection.remarks for part in parts)
    return not tells and any(part.withdrawn for part in parts)


def _situation(part: Told, given: DigestInput) -> dict[str, Any]:
    comparison = part.input.comparison
    found = comparison_object(
        comparison,
        part.findings,
        part.selection.remarks,
        failed=_unworded,
        language=language_of(given.language),
    )
    return _counted(part, given) | {"comparison": found}


def _counted(part: Told, given: DigestInput) -> dict[str, Any]:
    numbers = Counter(finding.significance for finding in part.findings)
    counts = {level.word: numbers[level] for level in sorted(Significance, reverse=True)}
    found = _followed(part.input.comparison, given.pages_url or given.public_url)
    found["counts"] = {word: number for word, number in counts.items() if number}
    if part.input.withdrawn:
        found["withdrawn"] = [
            {"as_of": each.as_of, "reason": each.reason, "at": each.at, "again": each.again}
            for each in part.input.withdrawn
        ]
    cancelled = [each for each in part.input.alerted if each.cancelled]
    if cancelled:
        found["taken_back"] = [
            {"finding": each.finding, "sentence": each.sentence, "at": each.at}
            for each in cancelled
        ]
    return found


def _followed(comparison: Comparison, public_url: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"situation": comparison.situation}
    if comparison.title:
        found["title"] = comparison.title
    found["from"] = version_object(comparison.old)
    found["to"] = version_object(comparison.new)
    if public_url:
        found["link"] = links.comparison(public_url, comparison.old, comparison.new)
    return found


def _unworded(*_: object) -> None:
    """Told to the operator when the digest was made."""


def _bytes(value: Mapping[str, Any] = NONE) -> bytes:
    """UTF-8, in one line; a lone surrogate, which has no UTF-8, makes it escapes throughout."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
