"""What templates and terminals see: frozen values with finished, visible text and checked links.

A template decides only how something looks. Nothing here can make it fail: there is no missing
value and no character that a mail could not carry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from monitor.model.record import Record, replace

if TYPE_CHECKING:
    from monitor.model.digest import Unworded
    from monitor.report.chart import Chart
    from monitor.words.language import Labels

BRIEF: Final = 40
"""Characters of a value that shares a line with another."""


class LinkView(Record):
    """A link, or plain text where `url` is None."""

    text: str
    url: str | None = None


class SourceView(LinkView):
    """One source, shortly in `text` and with its title in `whole`; `number` counts those named, and
    is 0 for one that no list has."""

    number: int
    whole: str


class PieceView(Record):
    """Words of a text that stay, go or come."""

    op: Literal["same", "gone", "new"]
    text: str


class DetailView(Record):
    """One field, old and new in words; prose also word by word in `pieces`. `first`: what was
    before it need not be said; `told`: the sentence says what is new."""

    label: str
    before: str
    after: str
    pieces: tuple[PieceView, ...] = ()
    first: bool = False
    told: bool = False
    text: bool = False

    @property
    def brief(self) -> bool:
        """Short enough to share a line with others."""
        return not self.pieces and len(self.before) <= BRIEF and len(self.after) <= BRIEF


class DisputedView(Record):
    """What some sources say instead: `told` whole, or its parts for one who links the sources.
    `clause`: whole it is a sentence, which needs no heading."""

    value: str
    sources: tuple[SourceView, ...]
    verb: str
    stands: str
    told: str
    clause: bool = False


class FindingView(Record):
    """`short` is the sentence in few words, `line` the whole with what stands beside it; `said` is
    who says so and how firm it is; `untold` counts the details left out and `more` the sources,
    in words. `weighed` is why it matters, where the writer of the version says so.

    `significance` names colours and marks, `level` is its word for readers.
    """

    id: str
    path: str
    significance: str
    level: str
    sentence: str
    short: str
    line: str
    aside: str
    details: tuple[DetailView, ...]
    untold: str
    said: tuple[str, ...]
    sources: tuple[SourceView, ...]
    more: str
    disputed: tuple[DisputedView, ...]
    weighed: str
    history: LinkView | None
    remarks: tuple[str, ...]
    alerted: str | None
    chart: Chart | None
    parent: str = ""
    below: str = ""
    """`line` without `parent`, to which it belongs, for below its name; empty without one."""
    alone: str = ""
    """`line` for below no heading that says what it is about; empty where that is no other."""
    rivals: str = ""
    """Of a disagreement what others say, for below a heading that says that they do."""
    lines: tuple[str, ...] = ()
    """Where all is shown: what the sentence only begins to list."""
    drawn: bool = True
    """Whether the chart is drawn in plain text too."""
    quotes: tuple[LinkView, ...] = ()
    """The words that it rests on, each leading to where they stand."""

    @property
    def attributed(self) -> str:
        """The sentence with who says so."""
        if not self.said:
            return self.sentence
        who, sentence = ", ".join(self.said), self.sentence
        if sentence.endswith(")."):
            return f"{sentence[:-2]}, {who})."
        end = "." if sentence.endswith(".") else ""
        return f"{sentence.removesuffix('.')} ({who}){end}"

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


class SectionView(Record):
    """One heading with its findings, strongest first, and remarks that belong to none of them.

    `missing` says how many findings did not fit. A digest tells those in `full` with old and new
    and sources, and those in `brief` below in one line each.
    """

    title: str
    findings: tuple[FindingView, ...]
    remarks: tuple[str, ...] = ()
    missing: str = ""

    @property
    def full(self) -> tuple[FindingView, ...]:
        return tuple(each for each in self.findings if each.strong)

    @property
    def brief(self) -> tuple[FindingView, ...]:
        return tuple(each for each in self.findings if not each.strong)

    @property
    def opens(self) -> bool:
        """It has something above the fold."""
        return bool(self.full or self.remarks or self.missing)


class CountView(Record):
    """How many findings of one significance there are, shown or left out; `level` in words."""

    word: str
    level: str
    number: int


class BaselineView(Record):
    """How far things are from the baseline."""

    title: str
    summary: str
    link: LinkView | None


class SituationView(Record):
    """One situation. `block` are the few sentences that matter most. `left_out` findings did not
    fit, as `missing` says; `open` leads to all. `steady` is a line on what has not changed,
    `sources` are those that its lines number.

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
    block: tuple[str, ...]
    sections: tuple[SectionView, ...]
    sources: tuple[SourceView, ...]
    withdrawn: tuple[str, ...]
    baseline: BaselineView | None
    steady: str
    running: tuple[str, ...]
    waiting: tuple[str, ...]
    upcoming: tuple[str, ...]
    open: LinkView | None
    command: str
    left_out: int = 0
    missing: str = ""
    unworded: tuple[Unworded, ...] = ()
    briefly: tuple[SectionView, ...] = ()
    """What is below the fold, under the headings that it is told under."""

    @property
    def told(self) -> tuple[FindingView, ...]:
        """Every finding that it shows, in the order of the mail."""
        full = (finding for each in self.sections for finding in each.full)
        return (*full, *(finding for each in self.briefly for finding in each.findings))


class Report(Record):
    """A whole comparison: what the terminal, Markdown and the page show.

    In a brief one, `block` are the few sentences that matter most, and what is minor is told in
    `briefly`, one line each.

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
    block: tuple[str, ...]
    sections: tuple[SectionView, ...]
    remarks: tuple[str, ...]
    sources: tuple[SourceView, ...]
    with_paths: bool
    brief: bool = False
    briefly: tuple[SectionView, ...] = ()
    missing: str = ""
    """How many findings are not told because there are so many."""

    @property
    def told(self) -> tuple[SectionView, ...]:
        """Sections with what each tells with old and new and sources."""
        if not self.brief:
            return self.sections
        return tuple(replace(each, findings=each.full) for each in self.sections if each.full)


class DigestView(Record):
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
    own_page: bool = False
    """Whether each reader has a page of her own, to which the footer leads."""

    @property
    def several(self) -> bool:
        return len(self.situations) > 1

    @property
    def level(self) -> int:
        """Of the headings of sections: below the title, or below a situation's own heading."""
        return 3 if self.several else 2
