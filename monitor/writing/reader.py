"""An article marked with what its situation knows: everything that marking needs, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from monitor.kinds.kind import Kind
from monitor.writing.index import Index
from monitor.writing.known import known_names, voices
from monitor.writing.ladders import ladder_of
from monitor.writing.marking import Reader, mark
from monitor.writing.marks import Sentence


def reader_of(kind: Kind, state: Mapping[str, Any]) -> Reader:
    return Reader(
        index=Index(known_names(kind, state)), speakers=voices(kind), ladder=ladder_of(kind)
    )


def marked(
    text: str, published: date | None, kind: Kind, state: Mapping[str, Any]
) -> tuple[Sentence, ...]:
    return mark(text, published, reader_of(kind, state))
