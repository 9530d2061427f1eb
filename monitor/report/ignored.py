"""The line on changes that do not belong to the content."""

from __future__ import annotations

from monitor.model.comparison import Comparison
from monitor.model.text import visible
from monitor.words import Language


def ignored(comparison: Comparison, language: Language) -> str:
    """How many there are, and what says so; nothing where there are none."""
    counts = comparison.ignored
    if not counts:
        return ""
    return language.counts.ignored(sum(counts.values()), [visible(each, 60) for each in counts])
