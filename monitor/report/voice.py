"""What the words of one situation depend on besides the finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.model.comparison import Significance
from monitor.model.quotation import Quotation
from monitor.model.record import Record, replace
from monitor.report.sources import Citations
from monitor.words import Language
from monitor.words.guarded import Failed

SENTENCE: Final = 600
"""Characters of a sentence; longer values stand in the details."""


class FindingLimits(Record):
    """How much is shown of one finding: details, and sources by its significance (None: all).
    `brief`: what is not strong is told in one line, so nothing is prepared for it but that.

    The others are words, None for no limit: of a sentence, of a line, of a line on what is new or
    on several entries, of an old text, of what stands beside a sentence, of the block at the head;
    `steady` are names of what has not changed. `terse`: who says so has the last name alone, of
    many names the first two stand, and nothing is told twice. `tight`: nor what a number tells.
    """

    details: int | None = None
    brief: bool = False
    sources: Mapping[Significance, int] | None = None
    sentence: int | None = None
    line: int = 28
    fresh: int = 80
    several: int = 80
    was: int | None = None
    beside: int | None = None
    block: int = 60
    steady: int = 2
    drawn: bool = True
    terse: bool = False
    tight: bool = False


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
_TERSE: Final = replace(IN_MAIL, terse=True, line=20, fresh=28, several=60, was=12, steady=1)
_TIGHT: Final = replace(_TERSE, tight=True, line=14, fresh=23, several=40, was=10, beside=12)
LEVELS: Final = (
    IN_MAIL,
    _TERSE,
    replace(_TERSE, block=38, steady=0),
    replace(_TIGHT, block=50),
    replace(_TIGHT, sentence=36, line=11, fresh=12, was=0, block=38, steady=0, drawn=False),
)
"""From the roomiest to the tightest: the more a mail has to tell, the shorter each is told."""
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
    quotations: tuple[Quotation, ...] = ()
