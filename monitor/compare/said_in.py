"""A kind in a reader's language: its own words, and ours where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.kinds.kind import Kind
from monitor.kinds.translating import translated
from monitor.model.record import replace

if TYPE_CHECKING:
    from monitor.words.language import Language


def said_in(kind: Kind, code: str, language: Language) -> Kind:
    """The kind as it is translated; what was found in documents calls entries as we do."""
    kind = translated(kind, code)
    if not kind.inferred:
        return kind
    labels = language.labels
    return replace(
        kind,
        entry=labels.entry,
        entries=labels.entries,
        span=(labels.span_role, labels.span_start),
    )
