"""People by their last names, once a mail has named them in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from monitor.model.comparison import Finding
from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.report.view import FindingView, SectionView

_NAME: Final = regex(r"([^\W\d_]\S*) ([^\W\d_]\S*)")


def by_surname(
    sections: tuple[SectionView, ...], findings: Iterable[Finding], block: Sequence[str]
) -> tuple[SectionView, ...]:
    """Who says something by full name where they are first named, then by the last name if that
    is how a text of the mail calls them too: an agency or a paper is called by all of its name."""
    texts = [*block, *(text for view in _views(sections) for text in (view.sentence, view.line))]
    known = [name for name in _voices(findings) if _is_called(name, texts)]
    if not known:
        return sections
    named = {name for name in known if any(name in line for line in block)}

    def once(text: str) -> str:
        for name in known:
            if name not in text:
                continue
            first, last = text.partition(name), name.rpartition(" ")[2]
            rest = first[2].replace(name, last)
            text = f"{first[0]}{last if name in named else name}{rest}"
            named.add(name)
        return text

    def told(view: FindingView) -> FindingView:
        if view.strong:
            return replace(view, sentence=once(view.sentence), said=tuple(map(once, view.said)))
        # One of these is read.
        forms = {text: once(text) for text in (view.line, view.below, view.alone)}
        return replace(
            view, line=forms[view.line], below=forms[view.below], alone=forms[view.alone]
        )

    def each_of(chosen: tuple[SectionView, ...], *, strong: bool) -> tuple[SectionView, ...]:
        return tuple(
            replace(
                section,
                findings=tuple(
                    told(view) if view.strong is strong else view for view in section.findings
                ),
            )
            for section in chosen
        )

    # All that is strong stands before the lines.
    return each_of(each_of(sections, strong=True), strong=False)


def _views(sections: Iterable[SectionView]) -> Iterator[FindingView]:
    return (view for section in sections for view in section.findings)


def _voices(findings: Iterable[Finding]) -> list[str]:
    said = (finding.provenance.said_by or "" for finding in findings)
    names = dict.fromkeys(name for each in said for name in each.split(", "))
    found = [name for name in names if _NAME.fullmatch(name) and _is_capital(name)]
    lasts = [name.rpartition(" ")[2] for name in found]
    return [name for name, last in zip(found, lasts, strict=True) if lasts.count(last) == 1]


def _is_capital(name: str) -> bool:
    return all(word[:1].isupper() for word in name.split())


def _is_called(name: str, texts: Iterable[str]) -> bool:
    """Whether the last name alone begins a text or stands within it."""
    first, _, last = name.partition(" ")
    alone = regex(rf"(?<!{first} )(?<![\w-]){last}(?![\w-])") if last.isalpha() else None
    return alone is not None and any(alone.search(text) for text in texts)
