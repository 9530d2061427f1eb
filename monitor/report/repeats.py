"""What one finding says that another tells in full: a mail that has much to tell says it once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.model.comparison import Finding
from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.report.view import FindingView, SectionView
from monitor.report.voice import FindingLimits
from monitor.words.aspects import repeats, share

FEWEST: Final = 3
"""Words of a clause of which it is worth asking."""

NEARLY: Final = 0.75
"""Of its words that another text has."""

RIVAL: Final = 6
"""Words of what somebody says otherwise of which it is."""

_QUOTED: Final = regex(r"[\"“«][^\"“”«»]+\s[^\"“”«»]+[\"”»]")
_CLAUSE: Final = regex(r"(?<=;)\s")
_SENTENCE: Final = regex(r"(?<=\w{3}\.)\s(?=[^\W\d_])")


def undisputed(finding: Finding, told: Iterable[Finding], limits: FindingLimits) -> Finding:
    """Without what is said otherwise where that is a finding of its own, such as a statement."""
    if not limits.terse or not finding.disputed:
        return finding
    texts = [getattr(each.said, "text", None) for each in told if each is not finding]
    kept = tuple(each for each in finding.disputed if not _is_told(each.value, texts))
    return replace(finding, disputed=kept)


def _is_told(value: object, texts: Sequence[object]) -> bool:
    if not isinstance(value, str):
        return False
    quoted = _QUOTED.search(value)
    if quoted is not None and any(quoted[0] in str(text) for text in texts):
        return True
    if len(value.split()) < RIVAL:
        return False
    what = value.partition(",")[0]
    return any(isinstance(text, str) and share(what, text) >= NEARLY for text in texts)


def without_repeats(
    sections: tuple[SectionView, ...], limits: FindingLimits
) -> tuple[SectionView, ...]:
    """Lines without clauses that a sentence above the fold has; no row of what a line tells."""
    if not limits.terse:
        return sections
    told = _above(sections)
    whole = [each.line for section in sections for each in section.brief]
    whole = [line for line in whole if _once(line, told) == line]
    sections = tuple(_without_rows(section, whole) for section in sections)
    above = _above(sections)

    def once(view: FindingView) -> FindingView:
        if view.strong:
            return view
        return replace(
            view,
            line=_once(view.line, above),
            below=_once(view.below, above),
            alone=_once(view.alone, above),
        )

    return tuple(
        replace(section, findings=tuple(once(view) for view in section.findings))
        for section in sections
    )


def _above(sections: Iterable[SectionView]) -> list[str]:
    return [
        " ".join((view.sentence, view.aside, *(each.after for each in view.details)))
        for section in sections
        for view in section.full
    ]


def _without_rows(section: SectionView, lines: Sequence[str]) -> SectionView:
    """Without rows on what was not stated before, which a whole line tells as a sentence."""

    def once(view: FindingView) -> FindingView:
        rows = (each for each in view.details if not (each.first and _is_row_of(each.after, lines)))
        return replace(view, details=tuple(rows)) if view.strong and view.details else view

    return replace(section, findings=tuple(map(once, section.findings)))


def _is_row_of(value: str, lines: Iterable[str]) -> bool:
    return any(share(value, each) >= NEARLY for each in lines)


def _once(line: str, above: Sequence[str]) -> str:
    head, colon, said = line.partition(": ")
    if not colon:
        head, said = "", line
    kept = [text for each in _SENTENCE.split(said) if (text := _left(each, above))]
    text = " ".join(kept).rstrip(";")
    if not kept or text == said:
        return line
    if colon and ": " in kept[0] and not said.startswith(kept[0]):
        # What is left says itself what it is: `Arrangements, no longer said: …`
        head, colon, text = head.partition(",")[0], ", ", f"{text[:1].lower()}{text[1:]}"
        return f"{head}{colon}{text}"
    end = "" if text.endswith((".", "!", "?", ".”", '."')) else "."
    return f"{head}{colon}{text[:1].upper()}{text[1:]}{end}"


def _left(sentence: str, above: Sequence[str]) -> str:
    """What is left of a sentence: nothing of one that goes on from what is told already."""
    first, *others = _CLAUSE.split(sentence)
    if _repeated(first, above):
        return ""
    return " ".join([first, *(each for each in others if not _repeated(each, above))])


def _repeated(clause: str, above: Sequence[str]) -> bool:
    if len(clause.split()) < FEWEST:
        return False
    return any(repeats(clause, each) or share(clause, each) >= NEARLY for each in above)
