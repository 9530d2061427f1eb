"""What stands of a finding in the block at the head of a mail."""

from __future__ import annotations

from monitor.model.comparison import Finding
from monitor.model.record import replace
from monitor.model.said import Added
from monitor.model.text import visible
from monitor.report.lines import of_this_year, quiet
from monitor.report.shortening import short_line
from monitor.report.topics import without_topic
from monitor.report.voice import SENTENCE, Voice
from monitor.words import guarded
from monitor.words.company import is_named


def heading(finding: Finding, sentence: str, voice: Voice) -> str:
    """Its sentence in few words; in a mail that has much to tell, who says so stands below alone,
    unless the text is that."""
    language, failed = voice.language, voice.failed
    if voice.limits.terse and _by_somebody(finding):
        silent = _silent(quiet(finding, voice.limits))
        told = of_this_year(guarded.worded(silent, failed, language), voice)
        text = visible(told.sentence, SENTENCE)
        if isinstance(finding.said, Added):
            text = without_topic(text)
        if not any(is_named(each, text) for each in _voices(finding)):
            finding, sentence = silent, text
    return short_line(finding, sentence, language, voice.year, failed)


def _silent(finding: Finding) -> Finding:
    """Without who says so: how firm it is stays."""
    reserve = finding.beside.reserve
    told = reserve._replace(said_by=None, papers=()) if reserve is not None else None
    return replace(finding, beside=finding.beside._replace(reserve=told))


def _by_somebody(finding: Finding) -> bool:
    return finding.beside.reserve is not None and not finding.beside.reserve.lowest


def _voices(finding: Finding) -> list[str]:
    reserve = finding.beside.reserve
    return reserve.said_by.split(", ") if reserve is not None and reserve.said_by else []
