"""What the pages say on which the next version of a situation is written. Each language has a
module `drafting` with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from monitor.model.record import Record


class DraftLabels(Record):
    """Fixed words: headings, buttons, fields."""

    drafts: str
    none: str
    open: str
    open_one: str
    situation: str
    as_of: str
    today: str
    over: str
    opened: str
    nobody_told: str
    the_text: str
    text_hint: str
    save: str
    faults: str
    fits: str
    nothing_new: str
    unfit: str
    line: str
    yours: str
    theirs: str
    theirs_hint: str
    save_mine: str
    what_it_says: str
    would_get: str
    preview: str
    preview_none: str
    nothing_for: str
    publish: str
    published: str
    held: str
    written: str
    unwritten: str
    discard: str
    discard_ask: str
    discard_text: str
    keep: str
    discarded: str
    back: str
    start: str
    start_text: str
    # Without an article.
    form: str
    form_text: str
    new_entry: str
    find: str
    found_none: str
    put_in: str
    take_out: str
    not_said: str
    from_: str
    to: str
    unit: str
    yes: str
    no: str
    date_hint: str
    list_hint: str
    facts: str
    provenance: str
    key_hint: str
    below: str
    wrong: str
    # Articles and their cards.
    articles: str
    article: str
    add_article: str
    add_text: str
    paste: str
    or_file: str
    publisher: str
    headline: str
    date: str
    address: str
    add: str
    move: str
    accept: str
    change: str
    reject: str
    later: str
    undo: str
    status: str
    said_by: str
    nobody: str
    is_this: str
    to_write: str
    adds_source: str
    kept: str
    reads: str
    nothing_open: str
    by_hand: str
    no_text: str
    what_it_says_now: str
    not_in_words: str
    look_twice: str
    known_already: str
    show: str


class Drafting(Protocol):
    """Sentences with names, days and counts in them; days come in words."""

    LABELS: DraftLabels

    SORTS: Mapping[str, str]
    """What a sentence is to what we have."""

    CHOICES: Mapping[str, str]
    """What became of a card."""

    FAULTS: Mapping[str, str]
    """What is wrong with a field of a form."""

    def draft_for(self, day: str, title: str) -> str:
        """The heading of a draft."""

    def saved_at(self, moment: str, by: str) -> str: ...

    def follow(self, number: int) -> str:
        """How many readers follow the situation."""

    def get_it(self, told: int, asked: int) -> str:
        """How many of so many readers would get something."""

    def first_of(self, asked: int, every: int) -> str:
        """That only so many readers were looked at."""

    def publish_day(self, day: str) -> str:
        """The button that publishes."""

    def article_of(self, number: int, every: int) -> str: ...

    def marks(self, number: int) -> str: ...

    def left(self, number: int) -> str:
        """How many cards are still to be placed."""

    def entry_fields(self, label: str, fields: str) -> str:
        """An entry and those of its fields that differ."""

    def joins(self, group: str) -> str: ...

    def somebody_new(self) -> str: ...

    def spelling(self, label: str) -> str:
        """That a name is another one of somebody known."""

    def entry_in(self, title: str, label: str) -> str:
        """A new entry of a list."""

    def facts_known(self, number: int) -> str: ...

    def add_source(self, number: int) -> str:
        """The button that cites the article for so many facts."""

    def silent(self, number: int) -> str:
        """How many sentences name nobody we know."""

    def folded(self, number: int) -> str:
        """How many proposals of a model cannot be right."""

    def copied(self, share: int, other: str) -> str:
        """That so many percent of an article stand in another."""
