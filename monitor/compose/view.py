"""What the digest templates see: frozen values that hold finished, visible text and checked links.

A template decides only how something looks. Nothing here can make it fail: there is no missing
value and no character that a mail could not carry.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.compose.chart import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link, or plain text where `url` is None."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView:
    """One field, old and new in words; a side that did not exist is None."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedView:
    """What one source says instead."""

    value: str
    source: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """`said` is who says so and how firm it is. A `fallback` could not be put into words."""

    id: str
    significance: str
    sentence: str
    aside: str
    details: tuple[DetailView, ...]
    said: tuple[str, ...]
    sources: tuple[LinkView, ...]
    more_sources: int
    disputed: tuple[DisputedView, ...]
    history: LinkView | None
    remarks: tuple[str, ...]
    alerted: str | None
    chart: Chart | None
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One heading with its findings, strongest first, and remarks that belong to none of them."""

    title: str
    findings: tuple[FindingView, ...]
    remarks: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """How many findings of one significance there are, shown or left out."""

    word: str
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
    """What has stood unchanged since a date."""

    since: str
    labels: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """One situation. `left_out` findings did not fit; `open` leads to all of them."""

    title: str
    name: str
    old: str
    old_means: str
    new: str
    total: int
    unchanged: int
    counts: tuple[CountView, ...]
    sections: tuple[SectionView, ...]
    withdrawn: tuple[str, ...]
    baseline: BaselineView | None
    steady: tuple[SteadyView, ...]
    upcoming: tuple[str, ...]
    open: LinkView | None
    command: str
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The whole digest. `banner` says what kind of message it is and when it was due."""

    language: str
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
    has_page: bool
    left_out: int = 0

    @property
    def several(self) -> bool:
        return len(self.situations) > 1

    @property
    def level(self) -> int:
        """Of the headings of sections: below the title, or below a situation's own heading."""
        return 3 if self.several else 2
