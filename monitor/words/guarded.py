"""The same words, where a fault of ours must not cost the rest: a line stands in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from monitor.model.comparison import Finding, Remark
from monitor.model.tuples import NamedTuple
from monitor.words import ENGLISH, Language, wording
from monitor.words.wording import DetailWords

Failed: TypeAlias = Callable[[str, str, Exception], None]
"""Is told of each rule whose words are missing, the path, and what went wrong."""


class Worded(NamedTuple):
    """A finding in words: the sentence, what stands beside it, the fields behind it, and what
    it only begins to list."""

    sentence: str
    aside: str
    details: tuple[DetailWords, ...]
    lines: tuple[str, ...] = ()


def worded(finding: Finding, failed: Failed, language: Language = ENGLISH) -> Worded:
    try:
        return Worded(
            wording.sentence(finding, language),
            wording.aside(finding, language),
            wording.details(finding, language),
            wording.lines(finding, language),
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, the other findings have words
        failed(finding.rule, finding.path, error)
        frame = language.frame
        return Worded(frame.unworded(finding.path), frame.unworded_rule(finding.rule), ())


def sentence(finding: Finding, failed: Failed, language: Language = ENGLISH) -> str:
    return worded(finding, failed, language).sentence


def short(finding: Finding, failed: Failed, language: Language = ENGLISH, *, year: str) -> str:
    try:
        return wording.short(finding, language, year=year)
    except Exception as error:  # noqa: BLE001 - as above
        failed(finding.rule, finding.path, error)
        return language.frame.unworded(finding.path)


def below(finding: Finding, failed: Failed, language: Language = ENGLISH) -> str:
    try:
        return wording.below(finding, language)
    except Exception as error:  # noqa: BLE001 - as above
        failed(finding.rule, finding.path, error)
        return ""


def rivals(finding: Finding, failed: Failed, language: Language = ENGLISH) -> str:
    try:
        return wording.rivals(finding, language)
    except Exception as error:  # noqa: BLE001 - as above
        failed(finding.rule, finding.path, error)
        return ""


def remark_sentence(remark: Remark, failed: Failed, language: Language = ENGLISH) -> str:
    try:
        return wording.remark_sentence(remark, language)
    except Exception as error:  # noqa: BLE001 - as above
        about = ", ".join(remark.about)
        failed(remark.rule, about, error)
        return language.frame.unworded_remark(remark.rule, about)
