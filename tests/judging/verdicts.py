"""What of a colleague's note stands in a digest, counted without understanding it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from monitor.model.record import Record, replace
from tests.judging.developments import Development, Step
from tests.judging.tellings import Telling, block_of, tellings_of, words_of

DAY: Final = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]*")
PIECES: Final = 3
"""A development that takes more tellings than these is not told."""


class Match(Record):
    """The tellings in which all words of a development stand: one, some, or none."""

    development: Development
    tellings: tuple[Telling, ...]

    @property
    def missed(self) -> bool:
        return not self.tellings

    @property
    def said(self) -> str:
        return " / ".join(self._told(each) for each in self.tellings)

    def _told(self, telling: Telling) -> str:
        """With the heading where only that has some of the words."""
        missing = _having(self.development, telling) - _having(
            self.development, replace(telling, under="")
        )
        return f"{telling.under}: {telling.text}" if missing else telling.text


class Counted(Record):
    """One step: its matches, and how much there was to read. `strong` are above the fold."""

    step: Step
    matches: tuple[Match, ...]
    words: int
    block: int
    findings: int
    strong: int
    strong_that_matter: int


def counted(step: Step, text: str) -> Counted:
    told = tellings_of(text)
    matches = tuple(
        Match(development=each, tellings=_told(each, told)) for each in step.developments
    )
    mattering = {
        id(telling) for match in matches if match.development.matters for telling in match.tellings
    }
    strong = [each for each in told if each.strong]
    return Counted(
        step=step,
        matches=matches,
        words=words_of(text),
        block=words_of(block_of(text)),
        findings=sum(each.is_finding for each in told),
        strong=len(strong),
        strong_that_matter=sum(id(each) in mattering for each in strong),
    )


def _told(development: Development, told: Sequence[Telling]) -> tuple[Telling, ...]:
    """The telling with all words that says the least beside; else few that have them together."""
    wanted = frozenset(range(len(development.words)))
    having = [(_having(development, each), each) for each in told]
    whole = [telling for words, telling in having if words == wanted]
    if whole:
        return (min(whole, key=lambda each: (not each.is_finding, len(each.text))),)
    having = [(words, telling) for words, telling in having if telling.is_finding]
    found: list[Telling] = []
    left = wanted
    while having and left and len(found) < PIECES:
        words, telling = max(having, key=lambda pair: len(pair[0] & left))
        if not words & left:
            return ()
        left -= words
        found.append(telling)
    return () if left else tuple(found)


def _having(development: Development, telling: Telling) -> frozenset[int]:
    return frozenset(
        number
        for number, choice in enumerate(development.words)
        if any(_stands(word, _read(telling)) for word in choice)
    )


def _read(telling: Telling) -> str:
    return f"{telling.under} / {telling.text} / {telling.cited}"


def _stands(word: str, text: str) -> bool:
    """At the start of a word, whatever its case; a number only as a whole."""
    return re.search(_pattern(word), text, re.IGNORECASE) is not None


@cache
def _pattern(word: str) -> str:
    start = r"(?<![\w.])" if word[0].isdigit() else r"(?<!\w)"
    end = r"(?![\d.]*\d)" if word[-1].isdigit() else ""
    day = DAY.fullmatch(word)
    if day:  # It may be either end of a span: 4-5 February.
        number, month = day[1], day[2]
        return rf"{start}(?:\d+[–-])?{number}(?:[–-]\d+)? {month}"
    return start + re.escape(word) + end
