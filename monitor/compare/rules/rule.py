"""A rule, and what one says about some changes before findings are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from monitor.compare.scene import Ref, Scene
from monitor.model.comparison import Change, Json, Significance
from monitor.model.record import Record
from monitor.model.said import Said
from monitor.model.tuples import NamedTuple


class Rule(NamedTuple):
    """What one rule says, and how much that matters where neither kind nor config says so.

    `mirror` is the rule that the same change gives backwards; without one, `unmirrored` says why.
    A `remark` owns no change.
    """

    id: str
    summary: str
    significance: Significance
    mirror: str | None = None
    unmirrored: str | None = None
    remark: bool = False


class Pair(NamedTuple):
    """An entity as it was in one place and as it is in another. `silent` are fields that the
    finding tells, or that only say which entity it is. `was` and `now`: where the entity stands,
    if that is elsewhere."""

    collection: str
    label: str
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    silent: frozenset[str] = frozenset()
    was: Ref | None = None
    now: Ref | None = None


class Draft(Record):
    """A rule's proposal: its word on some changes. Whether it gets them is decided elsewhere.

    `focus` is the entity spoken of (None: of many, and nothing else joins the finding); `others`
    are entities whose remaining changes belong to the same finding. `told` says that what is
    said holds the values before and after, so that they are not repeated as details. One that
    `yields` does not lead where another field changed too: what changed goes before who says so.
    `strength` ranks proposals of one rule that want the same change; a `divisible` one still holds
    when it gets only some of its changes. A `quiet` one is no news, whatever the kind says.
    A `formal` one is minor at most, however weighty what came and went would be: nothing did.
    `shares` are parts of its changes with the rule that would have told each by itself: it weighs
    what they would have.
    `weight` is what it counts by itself, where that is not what its rule does. `within` is the
    object inside the entity that all of its fields stand in, where it is called after that.
    `pairs` are entities that went from one place and came to another: what else is different of
    them is told as details.
    """

    rule: str
    changes: tuple[Change, ...]
    focus: Ref | None
    said: Said
    others: tuple[Ref, ...] = ()
    told: bool = True
    yields: bool = False
    strength: float = 0.0
    quiet: bool = False
    formal: bool = False
    divisible: bool = False
    shares: tuple[tuple[str, tuple[Change, ...]], ...] = ()
    weight: Significance | None = None
    within: str = ""
    pairs: tuple[Pair, ...] = ()


class Family(NamedTuple):
    """Rules that are found in one pass. The order of families is the order of the rules."""

    rules: tuple[Rule, ...]
    find: Callable[[Scene], Iterator[Draft]]
