"""What the pages say on which people decide and look after the service. Each language has a module
`deciding` with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from monitor.model.record import Record


class DecidingLabels(Record):
    """Fixed words: headings, buttons, columns."""

    # Review, and what was decided.
    held: str
    held_because: str
    now_counts: str
    reason: str
    say_why: str
    release: str
    reject: str
    whole_difference: str
    nothing_held: str
    decisions: str
    nothing_decided: str
    when: str
    who: str
    what: str
    why: str
    by_command: str
    all_decisions: str
    # Versions and the baseline.
    pin: str
    advance: str
    follow: str
    withdraw: str
    put_back: str
    decide: str
    withdrawn: str
    the_baseline: str
    counts: str
    source: str
    revision: str
    step: str
    # Digests.
    subject: str
    readers: str
    text: str
    html: str
    by_itself: str
    nothing_sent: str
    as_sent: str
    # The service.
    nodes: str
    process: str
    not_running: str
    sources: str
    no_source: str
    state: str
    looked: str
    newest: str
    trouble: str
    outbox: str
    oldest_owed: str
    empty: str
    messages: str
    all_messages: str
    newest_first: str
    older: str
    to: str
    attempts: str
    next_try: str
    expires: str
    retry: str
    let_go: str
    nobody_needed: str
    rates: str
    channels: str
    kind: str
    takes: str
    takes_nothing: str
    answer: str
    no_attempt: str
    uncertain: str
    came_back: str
    report: str
    # Subscriptions, people and tokens.
    cadence: str
    told: str
    next_due: str
    no_subscriptions: str
    people: str
    role: str
    address: str
    language: str
    zone: str
    add: str
    save: str
    end: str
    ended: str
    tokens: str
    scopes: str
    make: str
    token_once: str
    no_tokens: str
    yourself: str
    last_admin: str


class Deciding(Protocol):
    """Sentences with names and counts in them, and the words of closed lists."""

    LABELS: DecidingLabels

    DECIDED: Mapping[str, str]
    """What was decided, as in `released`."""

    STATES: Mapping[str, str]
    """Of sources, messages, versions and subscriptions."""

    TROUBLES: Mapping[str, str]
    """By the sort of their condition; `other` for what has no words of its own."""

    HOLDS: Mapping[str, str]
    """Why a version waits, by cause."""

    WAITS: Mapping[str, str]
    """Why mail waits, by how its reason begins."""

    GIVEN_UP: Mapping[str, str]
    """Why mail was cancelled by ourselves, by words that stand in its reason."""

    ROLES: Mapping[str, str]

    BASELINES: Mapping[str, str]
    """How it was chosen."""

    REASONS: Mapping[str, str]
    """What a message is."""

    RETURNED: Mapping[str, str]
    """What was done with mail that came back."""

    def held_since(self, moment: str) -> str:
        """Since when a version waits."""

    def since(self, moment: str) -> str:
        """Since when it is so."""

    def instead_of(self, day: str) -> str:
        """Which version stands now where the held one would."""

    def readers(self, number: int) -> str: ...

    def messages(self, number: int) -> str: ...

    def tries(self, number: int) -> str: ...

    def needed(self, number: int) -> str:
        """How many troubles a person is needed for."""

    def of_the_last(self, number: int) -> str:
        """That only so many of the newest were counted."""

    def taken(self, taken: int, waiting: int) -> str:
        """Of a rate: how many went lately, how many wait."""
