"""What pages say to readers who subscribe and look after themselves; `readers` in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from monitor.model.record import Record


class ReaderLabels(Record):
    """Fixed words: headings, labels, buttons, and what is wrong with a field."""

    # Subscribing.
    subscribe: str
    subscribe_text: str
    by_mail: str
    address: str
    situations: str
    how_often: str
    at: str
    on: str
    zone: str
    choose: str
    language: str
    send: str
    asked: str
    asked_text: str
    asked_nothing: str
    # Confirming.
    confirm: str
    confirm_button: str
    confirm_not: str
    used: str
    used_text: str
    over: str
    over_text: str
    ask_again: str
    gone: str
    no_mail: str
    # Her own page.
    own: str
    what: str
    least: str
    alert: str
    never: str
    narrower: str
    narrower_text: str
    lists: str
    parties: str
    issues: str
    entities: str
    entities_text: str
    save: str
    begin_again: str
    mutes: str
    mutes_text: str
    no_mutes: str
    mute_what: str
    until: str
    reason: str
    mute: str
    unmute: str
    no_end: str
    pause: str
    pause_text: str
    pause_until: str
    resume: str
    leave: str
    leave_all: str
    all_of_it: str
    export: str
    new_link: str
    new_link_text: str
    erase: str
    erase_title: str
    erase_text: str
    erase_keeps: str
    erase_button: str
    back: str
    erased: str
    erased_text: str
    # What is wrong with a field.
    wrong: str
    no_address: str
    no_situation: str
    no_zone: str
    no_time: str
    no_choice: str
    no_day: str
    too_long: str
    too_many_asked: str
    too_many: str


class Readers(Protocol):
    """Sentences with names and days in them, and the words of closed lists."""

    LABELS: ReaderLabels

    EVERY: Mapping[str, str]
    """How often, as in `cadence.Cadence`."""

    DAYS: Mapping[str, str]
    """`mon` to `sun`."""

    DONE: Mapping[str, str]
    """What was just done."""

    LANGUAGES: Mapping[str, str]
    """By their own names, by code."""

    def asked_for(self, names: str) -> str:
        """What would be followed, above the button that confirms."""

    def rests(self, day: str) -> str: ...

    def ended(self, moment: str) -> str: ...

    def told(self, day: str) -> str:
        """Up to which day a situation was told."""

    def want_a_day(self, last: str) -> str: ...

    def nothing_such(self, said: str) -> str:
        """What is wrong with a name in a filter or mute; `said` is how commands say it."""

    def confirm_subject(self, names: str) -> str: ...

    def confirm_opening(self) -> str: ...

    def confirm_here(self) -> str:
        """Before the link."""

    def confirm_closing(self) -> str: ...
