"""What pages of the web say around findings. Each language has a module `pages` with it."""

from __future__ import annotations

from typing import Protocol

from monitor.model.record import Record
from monitor.words.deciding import Deciding
from monitor.words.drafting import Drafting
from monitor.words.readers import Readers


class PageLabels(Record):
    """Fixed words: headings, buttons, columns."""

    # The menu.
    since: str
    situations: str
    review: str
    digests: str
    subscriptions: str
    service: str
    log_in: str
    log_out: str
    skip: str
    # Logging in.
    name: str
    password: str
    password_again: str
    wrong: str
    too_often: str
    first_title: str
    first_text: str
    first_button: str
    first_over: str
    unlike: str
    used_up: str
    # Reading.
    seen: str
    unseen: str
    mark_all: str
    compare: str
    with_: str
    show: str
    everything: str
    serious: str
    my_filter: str
    move: str
    open: str
    baseline: str
    latest: str
    version: str
    versions: str
    previous: str
    next: str
    side_by_side: str
    in_words: str
    as_markdown: str
    as_json: str
    as_patch: str
    who_says: str
    filter: str
    only: str
    least: str
    apply: str
    nothing_here: str
    not_found: str
    forbidden: str
    unknown: str
    unasked: str
    too_large: str
    away: str
    to_start: str
    failed: str
    page: str
    # A situation, its facts and its people.
    document: str
    as_of: str
    known: str
    who_stands_where: str
    issue: str
    distance: str
    since_baseline: str
    ahead: str
    mark_new: str
    mark_returned: str
    mark_gone: str
    mark_changed: str
    value: str
    from_: str
    until: str
    history: str
    also_said: str
    stands_in: str
    first_seen: str
    positions: str
    fact: str
    learned: str
    party: str
    older_values: str
    read_on: str
    # The feed and the calendar of a situation.
    feeds: str
    feed: str
    calendar: str
    feeds_text: str
    feeds_make: str
    feeds_once: str
    feeds_good: str
    feeds_end: str


class Pages(Protocol):
    """Sentences with days, counts and names in them; days and counts come in words."""

    LABELS: PageLabels
    deciding: Deciding
    drafting: Drafting
    readers: Readers

    def since_moment(self, moment: str) -> str:
        """The heading of what is new since somebody looked."""

    def from_start(self) -> str:
        """The heading where she has never looked."""

    def quiet(self, day: str) -> str:
        """Nothing has changed since that day."""

    def unshown(self, findings: int, day: str) -> str:
        """Some have changed since that day, and none of them is shown: they weigh less than what
        was asked for, or have been seen."""

    def looked_at(self, moment: str) -> str: ...

    def ahead(self, planned: str) -> str:
        """What comes next, behind `quiet`."""

    def counts(self, versions: int, findings: int, unshown: int = 0) -> str:
        """`unshown`: how many there are beside those."""

    def version_number(self, number: int) -> str:
        """`7th`."""

    def sources(self, fresh: int, bad: int, newest: str) -> str:
        """The line about sources on each page."""

    def good_until(self, moment: str) -> str:
        """When the data of a page was last good."""

    def since_day(self, day: str) -> str:
        """From which day on it has been so."""

    def and_more(self, number: int) -> str: ...

    def follows_nothing(self) -> str: ...

    def page_of(self, number: int, total: int) -> str: ...

    def read_back(self, day: str) -> str:
        """Up to which day a page has looked back, where older versions are still unread."""

    def or_earlier(self, day: str) -> str:
        """Since when something is so, where only this much is known."""
