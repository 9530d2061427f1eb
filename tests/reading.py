"""Writing kinds and snapshots as people do, in tests."""

from __future__ import annotations

from textwrap import dedent

from monitor.collect.reader import Limits, read_document
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import MonitorError
from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Document, Json

CLUB = """\
title: Club
type: object
additionalProperties: false
properties:
  motto: {type: string}
  people:
    type: array
    x-key: [id]
    items:
      type: object
      additionalProperties: false
      required: [id, name]
      properties:
        id: {type: string}
        name: {type: string}
        nicknames: {type: array, items: {type: string}}
        home:
          type: object
          additionalProperties: false
          properties: {city: {type: string}, street: {type: string}}
        notes: {}
  teams:
    type: array
    x-key: [sport, season]
    items:
      type: object
      additionalProperties: false
      required: [sport, season]
      properties:
        sport: {type: string, x-placeholder: [TODO]}
        season: {type: integer}
        budget:
          type: object
          x-quantity: {low: min, high: max, unit: unit}
          properties: {min: {type: number}, max: {type: number}, unit: {type: string}}
        players:
          type: array
          x-key: [person]
          x-membership: {entity: person, role: role, single: [captain]}
          items:
            type: object
            additionalProperties: false
            required: [person]
            properties:
              person: {type: string, x-ref: people}
              role: {enum: [captain, player, null]}
"""
"""Field names that no shipped kind has: nothing may depend on those of negotiations."""


def document_of(text: str, *, name: str = "file.yaml", limits: Limits | None = None) -> Json:
    return read_document(dedent(text).encode(), name=name, limits=limits).document


def refusal_of(data: bytes | str, *, name: str = "file.yaml", limits: Limits | None = None) -> str:
    """The message with which a file is refused; what was read instead, when it is not."""
    raw = data.encode() if isinstance(data, str) else data
    try:
        document = read_document(raw, name=name, limits=limits).document
    except MonitorError as error:
        return str(error)
    return f"read {document!r}"


def kind_of(text: str = CLUB, *, name: str = "club") -> Kind:
    parsed = read_document(dedent(text).encode(), name="kind.yaml")
    return read_kind(parsed.document, name=name, file="kind.yaml", locate=parsed.locate)


def kind_faults(text: str) -> list[str]:
    """Each fault of a kind as its author reads it."""
    try:
        kind_of(text)
    except MonitorError as error:
        return [str(error), *getattr(error, "others", ())]
    return []


def snapshot_of(text: str, *, kind: Kind | None = None, name: str = "file.yaml") -> Snapshot:
    """A snapshot of the club; the envelope but `as_of` is added unless it is written."""
    text = dedent(text)
    if "kind:" not in text:
        text = f"kind: club\nsituation: our-club\n{text}"
    chosen = kind or kind_of()
    return read_snapshot(text.encode(), name=name, kind_of=lambda _: chosen)


def snapshot_faults(text: str, *, kind: Kind | None = None) -> list[str]:
    try:
        snapshot_of(text, kind=kind)
    except MonitorError as error:
        return [str(error), *getattr(error, "others", ())]
    return []


def content(text: str) -> Document:
    """A document without an envelope."""
    document = document_of(text)
    assert isinstance(document, dict)
    return document
