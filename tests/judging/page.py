"""docs/reading.md, made from the notes, the digests and the judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from monitor.model.record import Record
from tests.judging.developments import ROOT, SITUATIONS, Noted, noted
from tests.judging.digests import digest_text
from tests.judging.judgements import Judgement, Judgements, Verdict
from tests.judging.verdicts import Counted, counted

PAGE: Final = ROOT / "docs" / "reading.md"
WORDS: Final = 350
BLOCK: Final = 60
ORDINARY: Final = 20
"""Findings; a step with more may have as many words for each as an ordinary one has."""
INTRO: Final = """\
# How a digest reads

Remade by `make judge`; do not edit. For each step of the shipped situations, and of some that are
kept for this alone, a person wrote down what happened from the two versions, before the rules that
tell it, and the words that a telling must contain (`tests/judging/developments`). *Missed* and the
number of words are counted; well, poorly and wrongly are the judgement of a reader who did not
write the rules (`tests/judging/judgements`), and stand until the sentence changes.

Words are those of the text part without the list of sources; the block is what stands in short at
its head. A reader is told every version, with all findings from minor up. Developments in bold
belong above the fold: with what is critical or major, not among the smaller changes.
"""


class Read(Record):
    """One situation: the count of each step, with what a reader found of each development."""

    noted: Noted
    counts: tuple[Counted, ...]
    judged: tuple[tuple[Judgement, ...], ...]

    @property
    def all(self) -> Iterator[Judgement]:
        return (judgement for step in self.judged for judgement in step)


@cache
def read(name: str) -> Read:
    situation, known = noted(name), Judgements(name)
    counts = tuple(counted(step, digest_text(name, step.new)) for step in situation.steps)
    return Read(
        noted=situation,
        counts=counts,
        judged=tuple(
            tuple(known.of(each.step.new, match) for match in each.matches) for each in counts
        ),
    )


def page() -> str:
    """The whole page, to the byte."""
    every = [read(name) for name in SITUATIONS]
    shipped = [each for each in every if each.noted.shipped]
    kept = [each for each in every if not each.noted.shipped]
    return "\n".join(
        (
            INTRO,
            *_goals(shipped, kept),
            "\n## The steps\n",
            *_steps([*shipped, *kept]),
            *(line for each in (*shipped, *kept) for line in _details(each)),
            "",
        )
    )


def too_long(count: Counted) -> bool:
    limit = WORDS * max(1, count.findings / ORDINARY)
    return count.words > limit


def _goals(shipped: Sequence[Read], kept: Sequence[Read]) -> Iterator[str]:
    yield "| | goal | shipped | kept for this |\n|---|---|---|---|"
    for name, goal, value in (
        ("told well", "95 %", lambda given: _share(given, "well")),
        ("poorly", "", lambda given: _number(given, "poorly")),
        ("missed", "none", lambda given: _number(given, "missed")),
        ("wrongly", "none", lambda given: _number(given, "wrongly")),
        ("to be read again", "none", lambda given: _number(given, "unread")),
        ("findings above the fold that matter", "> 80 %", _above),
        ("steps with more words than 350, or 17.5 for each finding", "none", _wordy),
        ("steps with a block of more than 60 words", "none", _blocks),
    ):
        yield f"| {name} | {goal} | {value(shipped)} | {value(kept)} |"


def _share(given: Iterable[Read], verdict: Verdict) -> str:
    every = [judgement.verdict for each in given for judgement in each.all]
    return f"{every.count(verdict)} of {len(every)}, {100 * every.count(verdict) // len(every)} %"


def _number(given: Iterable[Read], verdict: str) -> str:
    return str(sum(judgement.verdict == verdict for each in given for judgement in each.all))


def _above(given: Iterable[Read]) -> str:
    counts = [count for each in given for count in each.counts]
    mattering, strong = (
        sum(count.strong_that_matter for count in counts),
        sum(count.strong for count in counts),
    )
    return f"{mattering} of {strong}, {100 * mattering // max(1, strong)} %"


def _wordy(given: Iterable[Read]) -> str:
    counts = [count for each in given for count in each.counts]
    return f"{sum(map(too_long, counts))} of {len(counts)}"


def _blocks(given: Iterable[Read]) -> str:
    counts = [count for each in given for count in each.counts]
    return f"{sum(count.block > BLOCK for count in counts)} of {len(counts)}"


def _steps(every: Iterable[Read]) -> Iterator[str]:
    yield (
        "| situation | step | words (before) | block | findings (before) "
        "| above the fold, that matter | well | poorly | missed | wrongly | to be read again |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for each in every:
        for count, judged in zip(each.counts, each.judged, strict=True):
            found = Counter(judgement.verdict for judgement in judged)
            verdicts = " | ".join(
                str(found[name]) for name in ("well", "poorly", "missed", "wrongly", "unread")
            )
            words = f"**{count.words}**" if too_long(count) else str(count.words)
            before = count.step.before
            yield (
                f"| {each.noted.name} | {count.step.new} | {words} ({before.words}) "
                f"| {count.block} | {count.findings} ({before.findings}) "
                f"| {count.strong}, {count.strong_that_matter} | {verdicts} |"
            )


def _details(given: Read) -> Iterator[str]:
    yield f"\n## {given.noted.name}"
    for count, judged in zip(given.counts, given.judged, strict=True):
        yield f"\n### {count.step.old} to {count.step.new}\n"
        yield "| what happened | what the digest says | |\n|---|---|---|"
        for match, judgement in zip(count.matches, judged, strict=True):
            told = match.development.told
            told = f"**{told}**" if match.development.matters else told
            yield f"| {_cell(told)} | {_cell(judgement.said)} | {_verdict(judgement)} |"


def _verdict(judgement: Judgement) -> str:
    word = "to be read again" if judgement.verdict == "unread" else judgement.verdict
    return f"{word}: {_cell(judgement.because)}" if judgement.because else word


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
