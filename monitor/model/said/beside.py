"""What stands beside the lead of a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said.claims import Assertion
from monitor.model.said.entries import Entry, Part
from monitor.model.said.membership import Membership
from monitor.model.said.naming import Naming
from monitor.model.said.plans import Plan, Where
from monitor.model.said.positions import Position, Reworded
from monitor.model.tuples import NamedTuple

Said: TypeAlias = Naming | Membership | Plan | Position | Assertion | Reworded | Entry
"""What a finding can say. Whoever words or shows findings is held to all of it by the types; the
order, here and in the parts, is that of the published shapes."""


class Detail(NamedTuple):
    """A field that changed beside what the lead says. `of`: the entity, if it is another one;
    `text`: prose; `fact`: a plain statement, neither reference nor status. `was_in` and `now_in`:
    the groups that it was and is so in, where the entity went from one to another."""

    label: str
    field: str
    of: str | Missing = MISSING
    text: bool = False
    fact: bool = False
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING
    was_in: str | Missing = MISSING
    now_in: str | Missing = MISSING


class Follower(NamedTuple):
    """One of these: whose number it is, and the number now."""

    label: str
    after: int
    smaller: bool


class Followed(NamedTuple):
    """Numbers of `field` that shifted by one in consequence; `smaller`: how many went down;
    `entries`: all of them where they are few, `parent` what they belong to where that is another
    than that of the entity which the finding is about."""

    number: int
    field: str
    smaller: int
    entries: Sequence[Follower] = ()
    parent: str | Missing = MISSING


class Also(NamedTuple):
    """What another rule says of the same entity."""

    rule: str
    said: Said


class Reserve(NamedTuple):
    """The status under which something is told that is not as firm as can be; `lowest` where it
    says that it is not so, as a denial does. `written`: the status as the snapshot has it, where
    its reader knows it by another word: a text in the snapshot's language may have that one.
    `papers` published it, for where nobody says so."""

    status: str
    lowest: bool
    said_by: str | None
    written: str | Missing = MISSING
    papers: Sequence[str] = ()


class OwnWords(NamedTuple):
    """The kind's own sentence, and the entity's fields that its slots may name."""

    template: str
    values: Mapping[str, Json]


class Anew(NamedTuple):
    """A text that says something else now. `first`: it is what its entity is told by; `heavier`:
    it weighs more than what the lead tells."""

    label: str
    before: str | None
    after: str
    first: bool
    heavier: bool = False


class Beside(NamedTuple):
    """What stands beside the lead of a finding."""

    also: tuple[Also, ...] = ()
    followed: Followed | None = None
    members: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """What each of many entries says, or what belongs to one that came or went."""
    details: tuple[Detail, ...] = ()
    own_words: OwnWords | None = None
    correction: bool = False
    """Whether a mistake was put right, and nothing happened."""
    reserve: Reserve | None = None
    where: Where | None = None
    """Where a planned thing is to be, if that is new."""
    anew: Anew | None = None
    """What a text of the entity says now."""


NOTHING_BESIDE = Beside()
