"""What the words of one situation depend on besides the finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.model.comparison import Significance
from monitor.model.record import Record
from monitor.report.sources import Citations
from monitor.words import Language
from monitor.words.guarded import Failed

SENTENCE: Final = 600
"""Characters of a sentence; longer values stand in the details."""


class FindingLimits(Record):
    """How much is shown of one finding: details, and sources by its significance (None: all).
    `brief`: what is not strong is told in one line, so nothing is prepared for it but that."""

    details: int | None = None
    brief: bool = False
    sources: Mapping[Significance, int] | None = None


IN_MAIL: Final = FindingLimits(
    details=6,
    brief=True,
    sources={
        Significance.CRITICAL: 3,
        Significance.MAJOR: 2,
        Significance.MINOR: 1,
        Significance.NOISE: 1,
    },
)
WHOLE: Final = FindingLimits()


class Voice(Record):
    """What the words of one situation depend on besides the finding.

    `year` is that of the newer version. `failed` is told of what could not be put into words: a
    line says so in its place.
    """

    situation: str
    language: Language
    citations: Citations
    failed: Failed
    year: str
    limits: FindingLimits = WHOLE
    pages_url: str | None = None
