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
    saved: str
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
    whole: str
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
    clear: str
    unset: str
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
    in_draft: str
    key_hint: str
    below: str
    wrong: str


class Drafting(Protocol):
    """Sentences with names, days and counts in them; days come in words."""

    LABELS: DraftLabels

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

    def of_day(self, situation: str, day: str) -> str: ...
