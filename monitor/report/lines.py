"""What a mail tells of a finding in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from monitor.model.comparison import Finding
from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.model.said import (
    NOT_A_STANCE,
    Added,
    Disagreement,
    FieldChanged,
    FieldsChanged,
    PositionMove,
    Reserve,
    Reworded,
)
from monitor.model.text import visible
from monitor.model.tuples import NamedTuple
from monitor.report.rows import tells_news
from monitor.report.shortening import one_line, with_reserve
from monitor.report.topics import without_content, without_title
from monitor.report.voice import IN_MAIL, SENTENCE, FindingLimits, Voice
from monitor.words import guarded, wording
from monitor.words.about import ABOUT, SPOKEN
from monitor.words.clauses import first_hand
from monitor.words.company import is_named

LONG = 4
"""Words of an old value that a line tells."""

GONE = 16
"""Words of a line on a value that is no longer stated."""

VOICE = 3
"""Words of who says so; a longer one is no name, and the source tells it."""


_WORD: Final = regex(r"\w+")


class Lines(NamedTuple):
    """`line` is the whole with what stands beside it; `below` the same without `parent`, to which
    it belongs; `rivals` what others say of it."""

    line: str
    parent: str
    below: str
    rivals: str


def lines_of(finding: Finding, words: guarded.Worded, beside: str, voice: Voice) -> Lines:
    """`beside` is what stands beside the sentence; empty where that repeats it."""
    sentence = words.sentence
    if voice.limits.brief and _was_long(finding):
        short = guarded.short(finding, voice.failed, voice.language, year=voice.year)
        sentence = visible(_brief(short, voice), SENTENCE)
    if voice.limits.terse:
        sentence = _without_heads(finding, sentence)
    line = _line(finding, sentence, words, beside, voice)
    if not voice.limits.brief:
        return Lines(line, "", "", "")

    def told(text: str) -> str:
        return visible(_brief(text, voice), SENTENCE)

    parent = getattr(finding.said, "parent", None) or ""
    alone = _brief(guarded.below(finding, voice.failed, voice.language), voice)
    if voice.limits.terse:
        alone = _without_heads(finding, alone)
    below = _line(finding, alone, words, beside, voice) if alone else ""
    name = visible(voice.language.values.named(parent), 80)
    rivals = told(guarded.rivals(by_number(finding, voice.limits), voice.failed, voice.language))
    return Lines(line, name[:1].upper() + name[1:], below, rivals)


def _without_heads(finding: Finding, sentence: str) -> str:
    """What is new without what its title says once more: all of that, or what follows `of`."""
    if _is_new(finding):
        sentence = without_title(sentence)
    return without_content(sentence) if isinstance(finding.said, Added) else sentence


def _is_new(finding: Finding) -> bool:
    """Whether it is something new that takes no stance and has no answers: whose it is, or what
    is answered, stands in its title."""
    said = finding.said
    stance = getattr(said, "stated", NOT_A_STANCE) != NOT_A_STANCE
    return isinstance(said, Added) and not stance and not finding.beside.parts


def _was_long(finding: Finding) -> bool:
    """A text of a few words took the place of another: a line tells what is so now. What became
    shorter lost something, which is told."""
    said = finding.said
    beside = finding.beside
    if not isinstance(said, FieldChanged) or beside.own_words or beside.anew:
        return False
    old, new = said.before, said.after
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    return LONG < len(old.split()) <= len(new.split())


def quiet(finding: Finding, limits: FindingLimits = IN_MAIL) -> Finding:
    """As a line tells it: of a description of who says so the paper's name alone, where it is
    known; and nothing where the finding is called by who says so."""
    reserve = finding.beside.reserve
    if reserve is None or reserve.lowest:
        return finding
    if limits.terse and _is_speech(finding, reserve):
        return replace(finding, beside=finding.beside._replace(reserve=None))
    if reserve.said_by is None:
        return finding
    if all(len(each.split()) <= VOICE for each in reserve.said_by.split(", ")):
        return finding
    papers = tuple(name for each in reserve.papers if (name := _own_name(each, reserve.said_by)))
    if reserve.papers and not papers:
        # Who has it from another paper does not stand for that one's sources.
        return finding
    beside = finding.beside._replace(reserve=reserve._replace(said_by=None, papers=papers))
    return replace(finding, beside=beside)


def _own_name(publisher: str, said_by: str) -> str:
    """The paper's name in a description of who says so; its initials stand for it: `The Grey Bell`
    of `sources of The Grey Bell`, where `Gazette citing TGB` published it. Empty where another."""
    if first_hand(publisher) in said_by:
        return publisher
    words = said_by.split()
    for at in range(len(words) - 1):
        name = words[at:]
        initials = "".join(each[0] for each in name)
        if initials.isupper() and initials in _WORD.findall(publisher):
            article = words[at - 1 : at] if at and words[at - 1].lower() == "the" else []
            return " ".join((*article, *name))
    return ""


def _is_speech(finding: Finding, reserve: Reserve) -> bool:
    """Whether the finding is a speaker's words, and called by her name: `Ada Rook on the well`.
    What somebody expects is no fact because she says it."""
    label = getattr(finding.said, "label", None)
    if not isinstance(label, str) or reserve.said_by is None:
        return False
    speaker, about = _topic(label)
    return (
        about and is_named(reserve.said_by, speaker) and not SPOKEN.isdisjoint(_statuses(reserve))
    )


def _statuses(reserve: Reserve) -> tuple[str, ...]:
    written = reserve.written if isinstance(reserve.written, str) else reserve.status
    return reserve.status, written


def _topic(label: str) -> tuple[str, bool]:
    """Who a statement is called by, and whether it is one."""
    words = label.split()
    at = next((at for at, word in enumerate(words) if word in ABOUT), 0)
    return " ".join(words[:at]), at > 0


def by_number(finding: Finding, limits: FindingLimits) -> Finding:
    """A disagreement without who says so, which the sources tell."""
    said = finding.said
    if not limits.terse or not isinstance(said, Disagreement):
        return finding
    nobody = [each._replace(paper="") for each in said.said]
    return replace(finding, said=said._replace(said=nobody))


def of_this_year(words: guarded.Worded, voice: Voice) -> guarded.Worded:
    """Without the year that stands at the head of the mail."""
    details = (
        each._replace(before=_brief(each.before, voice), after=_brief(each.after, voice))
        for each in words.details
    )
    lines = tuple(_brief(each, voice) for each in words.lines)
    sentence, aside = _brief(words.sentence, voice), _brief(words.aside, voice)
    return guarded.Worded(sentence, aside, tuple(details), lines)


def _brief(text: str, voice: Voice) -> str:
    return voice.language.values.without_year(text, voice.year)


def otherwise(finding: Finding) -> tuple[str, ...]:
    """The sources of a disagreement: what a mail tells of it in one line is theirs."""
    said = finding.said
    if not isinstance(said, Disagreement):
        return ()
    new = [(claim.value, claim.source) for claim in said.said]
    theirs = (each.source_id for each in finding.disputed if (each.value, each.source) in new)
    return tuple(dict.fromkeys(source for source in theirs if source is not None))


def _line(finding: Finding, sentence: str, words: guarded.Worded, beside: str, voice: Voice) -> str:
    language = voice.language
    if voice.limits.brief and isinstance(finding.said, Disagreement):
        short = guarded.short(
            by_number(finding, voice.limits), voice.failed, language, year=voice.year
        )
        return visible(_brief(short, voice))

    def kept(text: str) -> str:
        return with_reserve(text, finding, language, by=voice.limits.terse)

    # What is new or said anew has its text there, and that is all it says.
    stated = getattr(finding.said, "stated", NOT_A_STANCE) != NOT_A_STANCE
    fresh = stated or isinstance(finding.said, Added | Reworded)
    # What it says is measured without its label.
    label = sentence.partition(": ")[0] if ": " in sentence else ""
    most = voice.limits.fresh + len(label.split()) if fresh else voice.limits.line
    most = voice.limits.several if finding.beside.parts else most
    if isinstance(finding.said, FieldChanged) and finding.said.after is None:
        # What it was is all that there is to tell.
        most = max(most, GONE)
    rest = beside or _untold(finding, sentence, words.details)
    return one_line(sentence, rest, kept, most=most)


def _untold(finding: Finding, sentence: str, details: Iterable[wording.DetailWords]) -> str:
    """New values of fields that the sentence only names: `Format: open to the press.` That
    something is as firm as can be goes without saying, and no field is named twice."""
    if not isinstance(finding.said, FieldChanged | FieldsChanged | PositionMove):
        return ""
    status = finding.provenance.status
    told = [
        each.after if _is_named(each, sentence) else f"{each.label}: {each.after}"
        for each in details
        if each.after.rstrip(".").lower() not in sentence.lower()
        and not (each.clause and each.clause in sentence)
        and (each.fact or each.text or each.after != status)
        and not tells_news(each, sentence)
    ]
    return visible("; ".join(told), SENTENCE)


def _is_named(detail: wording.DetailWords, sentence: str) -> bool:
    return detail.text and detail.label.lower() in sentence.lower()
