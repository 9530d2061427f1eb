"""What templates and terminals see: frozen values with finished, visible text and checked links.

A template decides only how something looks. Nothing here can make it fail: there is no missing
value and no character that a mail could not carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monitor.model.digest import Unworded
from monitor.report.chart import Chart
from monitor.words.language import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link, or plain text where `url` is None."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView(LinkView):
    """One source, shortly in `text` and with its title in `whole`; `number` counts those named."""

    number: int
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """Words of a text that stay, go or come."""

    op: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView:
    """One field, old and new in words; prose also word by word in `pieces`."""

    label: str
    before: str
    after: str
    pieces: tuple[PieceView, ...] = ()

    @property
    def brief(self) -> bool:
        """Short enough to share a line with others."""
        return not self.pieces and len(self.before) <= 40 and len(self.after) <= 40


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedView:
    """What one source says instead."""

    value: str
    source: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """`said` is who says so and how firm it is; `more` counts the sources left out, in words.
    `weighed` is why it matters, where the writer of the version says so.

    `significance` names colours and marks, `level` is its word for readers.
    """

    id: str
    path: str
    significance: str
    level: str
    sentence: str
    aside: str
    details: tuple[DetailView, ...]
    said: tuple[str, ...]
    sources: tuple[SourceView, ...]
    more: str
    disputed: tuple[DisputedView, ...]
    weighed: str
    history: LinkView | None
    remarks: tuple[str, ...]
    alerted: str | None
    chart: Chart | None

    @property
    def brief_details(self) -> tuple[DetailView, ...]:
        return tuple(each for each in self.details if each.brief)

    @property
    def long_details(self) -> tuple[DetailView, ...]:
        return tuple(each for each in self.details if not each.brief)

    @property
    def aside_joins(self) -> bool:
        """The second sentence goes on where the only line of details ends."""
        return bool(self.aside and len(self.brief_details) == 1 and not self.long_details)

    @property
    def strong(self) -> bool:
        """Set in bold; what is minor stays in plain type, so that the eye finds the rest."""
        return self.significance in ("critical", "major")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One heading with its findings, strongest first, and remarks that belong to none of them.

    `missing` says how many findings did not fit.
    """

    title: str
    findings: tuple[FindingView, ...]
    remarks: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """How many findings of one significance there are, shown or left out; `level` in words."""

    word: str
    level: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineView:
    """Where things stand against the baseline; `fresh` are sentences that are new in that."""

    title: str
    summary: str
    fresh: tuple[str, ...]
    link: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SteadyView:
    """What has stood unchanged; `since` is `since 24 Jan 2026`."""

    since: str
    labels: tuple[str, ...]
    more: str = ""

    @property
    def said(self) -> str:
        return f"{'; '.join((*self.labels, self.more) if self.more else self.labels)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """One situation. `left_out` findings did not fit, as `missing` says; `open` leads to all.

    `compared` says from what its reader was last told, or that there is nothing newer: then what
    is found comes from the calendar.
    """

    title: str
    name: str
    old: str
    new: str
    compared: str
    summary: str
    total: int
    counts: tuple[CountView, ...]
    sections: tuple[SectionView, ...]
    withdrawn: tuple[str, ...]
    baseline: BaselineView | None
    steady: tuple[SteadyView, ...]
    upcoming: tuple[str, ...]
    open: LinkView | None
    command: str
    left_out: int = 0
    missing: str = ""
    unworded: tuple[Unworded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole comparison: what the terminal, Markdown and the page show.

    `summary` counts what is shown, `hidden` what filters left out. `with_paths`: without a kind
    only the path of a finding tells where it is.
    """

    language: str
    labels: Labels
    title: str
    old: str
    new: str
    summary: str
    hidden: str
    counts: tuple[CountView, ...]
    sections: tuple[SectionView, ...]
    remarks: tuple[str, ...]
    sources: tuple[SourceView, ...]
    with_paths: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The whole digest. `banner` says what kind of message it is and when it was due."""

    language: str
    labels: Labels
    reason: str
    banner: str
    title: str
    preheader: str
    headline: str
    others: int
    situations: tuple[SituationView, ...]
    undelivered: str | None
    health: tuple[str, ...]
    checked: str | None
    muted: tuple[str, ...]
    follows: str
    left_out: int = 0

    @property
    def several(self) -> bool:
        return len(self.situations) > 1

    @property
    def level(self) -> int:
        """Of the headings of sections: below the title, or below a situation's own heading."""
        return 3 if self.several else 2
