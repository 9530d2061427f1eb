"""What a language has to offer: the rest of the house knows no word of any.

A language is a folder beside this file with a module for each protocol below; the type checker
holds every language to the whole of it. Text from snapshots stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from monitor.model.comparison import Json, Significance
from monitor.model.said import Beside, Claim, Disagreement, Followed, Observed, Reserve, Said
from monitor.model.tuples import NamedTuple

if TYPE_CHECKING:
    from monitor.cadence import Cadence
    from monitor.words.company import Rival
    from monitor.words.pages import Pages


class Values(Protocol):
    """Values, numbers, days and lists."""

    def words(self, value: Json, *, other: Json = None) -> str:
        """A value in words; `other` stands on the other side: where that is a name, null is "not
        named"."""

    def both(self, before: Json, after: Json) -> tuple[str, str]:
        """Two values in words; as JSON where words would hide the difference."""

    def named(self, name: str) -> str:
        """A name or label as it stands within a sentence, with its article where it takes one."""

    def quoted(self, text: str) -> str:
        """A name in quotation marks."""

    def listed(self, parts: Sequence[str], *, limit: int = 12) -> str:
        """`a, b and c`; beyond the limit the rest is counted."""

    def number(self, value: float) -> str:
        """Thousands are set apart from 10,000 on, so that a year stays a year."""

    def interval(self, low: Json, high: Json, unit: Json) -> str:
        """`30–50 years`; None is an open end."""

    def from_to(self, before: Json, after: Json) -> tuple[str, str]:
        """Two values in words; a unit or a year that both have is said once, behind the
        second."""

    def date_words(self, text: str, *, year: bool = True) -> str:
        """`17 February 2026`; text that is no day is returned as it is."""

    def days_in_words(self, text: str) -> str:
        """A text with every day in it (`2026-02-17`, as labels have them) written out."""

    def without_year(self, text: str, year: str) -> str:
        """`17–18 February` of `17–18 February 2026`: days of the year without it, outside of
        quotation marks."""

    def date_range(self, start: Json, end: Json) -> str:
        """`17–18 February 2026`; what two days share is said once."""


class Sentences(Protocol):
    """What findings and remarks say. No end is needed: `wording` closes a sentence."""

    def sentence(self, said: Said, beside: Beside) -> str: ...

    def short(self, said: Said, beside: Beside, year: str) -> str:
        """The same in its shortest true form, for a subject; days of `year` go without it. Empty
        where the sentence is as short as can be."""

    def below(self, said: Said, beside: Beside) -> str:
        """The sentence below the name of what the entity belongs to, which it does not repeat."""

    def rivals(self, said: Disagreement) -> str:
        """What others say, below a heading that says that they do."""

    def rival(self, claim: Claim, *, alone: bool = False) -> Rival:
        """What one source says, with its field unless the value is to stand `alone`."""

    def gives(self, claim: Claim, names: Sequence[str], *, goes_on: bool = False) -> str:
        """A clause on what they say instead, whose subject they are; one that `goes_on` stands
        behind another of the same."""

    def says(self, told: Rival, names: Sequence[str]) -> str:
        """The same with who says so and what is told instead."""

    def verb(self, number: int) -> str:
        """What so many sources do: they say something."""

    def correction(self, said: Said, beside: Beside) -> str:
        """The same where nothing happened and a mistake was put right."""

    def corrected(self, text: str, before: str = "") -> str:
        """A sentence of the kind's own, told as a correction of what it said `before`."""

    def aside(self, said: Said, beside: Beside) -> str:
        """What stands beside the sentence; most have nothing."""

    def lines(self, said: Said) -> Sequence[str]:
        """What the sentence only begins to list, in full, a line each."""

    def reserved(self, text: str, reserve: Reserve) -> str:
        """A sentence with the status under which it is told, and with who says so where the
        sentence does not name them."""

    def followed(self, shifted: Followed) -> str:
        """What only follows, such as ranks that shift because one above is gone."""

    def remark(self, said: Observed) -> str: ...


class Labels(NamedTuple):
    """Fixed words of templates and of the terminal; each stands alone or before a colon."""

    in_short: str
    briefly: str
    """The heading of what is told in one line each."""
    withdrawn: str
    was: str
    now: str
    before: str
    after: str
    disagree: str
    disputed: str
    all_of_them: str
    unchanged: str
    running: str
    """Before what has begun and is not over."""
    next: str
    source: str
    sources: str
    muted: str
    to_change: str
    or_ask: str
    your_page: str
    sent_to: str
    unsubscribe: str
    beside: str
    comparison: str
    document: str
    entry: str
    """With `{}` for its place: an entry that nothing else identifies."""
    entries: str
    """A list at the root of a file, which has no name."""
    span_role: str
    """With `{}` for the role, behind the noun: a term as member."""
    span_start: str
    """With `{}` for the first day, behind the role."""
    also: str
    empty: str
    history: str
    open_comparison: str
    open_baseline: str
    new: str
    over: str
    your_subscription: str
    day: str
    """Babel's pattern of a day, and without its year."""
    day_of_year: str


class Counts(Protocol):
    """Words for levels, and lines with counts in them."""

    def level(self, level: Significance) -> str:
        """A significance as it stands beside a count or in brackets."""

    def of_level(self, number: int, level: Significance) -> str:
        """The same behind this number of findings."""

    def more(self, number: int) -> str:
        """`and 3 more`, at the end of a list."""

    def more_remarks(self, number: int) -> str: ...

    def more_withdrawn(self, number: int) -> str: ...

    def missing_in(self, number: int, section: str) -> str:
        """Findings of a section that did not fit in a mail."""

    def missing(self, number: int) -> str: ...

    def summary(self, total: int, unchanged: int) -> str:
        """`9 findings; 21 entries unchanged.`"""

    def stands(self, counts: str, unchanged: int) -> str:
        """`3 critical; 21 entries stand as before.`"""

    def hidden(self, number: int, noise: int) -> str:
        """What filters left out, of which so many are noise."""

    def ignored(self, number: int, names: Sequence[str]) -> str:
        """Changes that do not belong to the content, and what says so."""

    def situations(self, number: int) -> str: ...

    def against(self, total: int, counts: str, new: int) -> str:
        """`93 findings since then: 4 critical. 2 of them are new to you.`"""

    def first(self, number: int, since: str) -> str:
        """What the first digest will tell."""


class Frame(Protocol):
    """What is said around findings; days and counts come in words."""

    def banner(self, reason: str, every: str) -> str:
        """What kind of message it is; `every` as in `cadence.Cadence`."""

    def cadence(self, cadence: Cadence, place: str) -> str:
        """How often a reader is told; `place` as below."""

    def place(self, zone: str) -> str:
        """What names an IANA zone: its city; `UTC` itself."""

    def moment(self, date: str, clock: str, place: str) -> str:
        """`17 February 2026, 07:00 Kyiv time`; `place` names the zone, `UTC` itself."""

    def in_situations(self, total: int, names: str) -> str: ...

    def nothing_changed(self, names: str) -> str: ...

    def nothing_to_tell(self) -> str: ...

    def alert(self, headline: str) -> str: ...

    def taken_back(self, headline: str) -> str:
        """A subject whose changes come of a snapshot that was withdrawn."""

    def compared(self, old: str, new: str | None) -> str:
        """From which state to which, before what there is; None: the mail's own day."""

    def compared_short(self, title: str, old: str, new: str) -> str: ...

    def nothing_newer(self, old: str) -> str: ...

    def undelivered(self, day: str) -> str: ...

    def alerted(self, moment: str) -> str: ...

    def no_longer_so(self, moment: str, sentence: str) -> str: ...

    def withdrawn(self, day: str, reason: str, changed: bool | None) -> str: ...

    def counts_again(self, day: str, changed: bool) -> str: ...

    def no_state(self, day: str) -> str: ...

    def axis(self, low: str, high: str) -> str: ...

    def source(
        self, name: str, state: str, newest: str | None, looked: str | None, trouble: str
    ) -> str: ...

    def checked(self, number: int, last: str) -> str: ...

    def mute(self, what: str, hid: str, until: str | None, reason: str) -> str: ...

    def follows(self, names: str, cadence: str, minimum: Significance, only: str) -> str: ...

    def baseline(self, day: str, how: str | None) -> str: ...

    def same_baseline(self) -> str: ...

    def nothing_differs(self) -> str: ...

    def since(self, day: str) -> str: ...

    def until(self, day: str) -> str: ...

    def count_only(self, number: int) -> str: ...

    def another_source(self) -> str: ...

    def still(self, label: str, state: str, since: str | None) -> str:
        """That a planned thing is off for now, as it was before."""

    def reason(self, reasons: str) -> str:
        """Why something was put right, in the words of whoever did."""

    def weighed(self, level: str, reasons: str) -> str:
        """Why a finding matters so much, in the words of whoever wrote the version."""

    def unworded(self, path: str) -> str: ...

    def unworded_rule(self, rule: str) -> str: ...

    def unworded_remark(self, rule: str, about: str) -> str: ...


class Letters(Protocol):
    """Mails about a subscription itself."""

    def you_follow(self, names: str) -> str: ...

    def welcome_opening(self) -> str: ...

    def welcome_closing(self) -> str: ...

    def how_often(self, cadence: str) -> str: ...

    def what(self, minimum: Significance) -> str: ...

    def without_waiting(self, level: Significance) -> str: ...

    def as_of(self, title: str, day: str) -> str: ...

    def next(self, planned: str) -> str: ...

    def holds(self, title: str, count: int, names: str, *, all_named: bool) -> str:
        """A list of the present state: `Members: 12 entries, such as Ana and Bo`; `names` may be
        empty."""

    def from_here_on(self) -> str: ...

    def page_title(self, *, done: bool) -> str: ...

    def page_question(self, name: str, *, done: bool) -> str: ...

    def page_text(self, name: str, *, done: bool) -> str: ...


class Series(Protocol):
    """What a fact or a position was, version by version: `history` and `positions`."""

    NOT_LISTED: str
    LISTED: str
    STATED: str
    """A stance in words alone: no place on a scale and no quantity."""
    MOVES: str
    DISTANCES: str

    def otherwise(self, field: str, value: str, source: str) -> str: ...

    def quoted(self, quote: str, source: str) -> str: ...

    def learned(self, moment: str) -> str: ...

    def stance(self, party: str, issue: str) -> str: ...

    def restated(self, subject: str, text: str) -> str: ...

    def first_put(self, subject: str, position: str) -> str: ...

    def back_to(self, day: str) -> str:
        """Behind a move, with its comma."""

    def both_ends(self, size: str, *, down: bool) -> str: ...

    def lower_end(self, moved: str) -> str: ...

    def upper_end(self, moved: str) -> str: ...

    def distance(self, number: float, sizes: str, unit: str | None) -> str:
        """`15 → 5 years`; in steps of a scale without a unit. `number` is the last of `sizes`."""

    def met(self, day: str) -> str:
        """Behind a distance, with its mark."""

    def closest(self, day: str) -> str: ...


class Language(NamedTuple):
    """One language. `code` is that of BCP 47, as subscriptions and Babel name it."""

    code: str
    values: Values
    sentences: Sentences
    labels: Labels
    counts: Counts
    frame: Frame
    letters: Letters
    series: Series
    pages: Pages
