"""What findings and remarks say: one shape for each thing a rule can say.

A value of a snapshot stands in them as its reader knows it: references as labels, quantities as
`{"low", "high", "unit"}`; None is null or not stated, MISSING is absent. The order of the fields is
that of the published JSON (see `model.arguments`), where `number` is called `count`, which is a
method of every tuple.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing

Dates: TypeAlias = Sequence[Json]
"""Start and end as written; None where not stated."""


class StanceNames(NamedTuple):
    """Whose stance it is, on what, and its place on a scale; absent where it is no stance."""

    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING


NO_STANCE = StanceNames()


class Replaced(NamedTuple):
    """`label` takes a role from `former` that only one can hold."""

    label: Json
    former: Json
    parent: str | None
    role: str
    former_stays: bool
    was_listed: bool
    former_role: Json | Missing = MISSING
    role_before: Json | Missing = MISSING


class Moved(NamedTuple):
    """`before` and `after` are the groups; `single`: only one can hold the role."""

    label: Json
    before: str | None
    after: str | None
    role_before: Json
    role: Json
    single: bool


class Joined(NamedTuple):
    label: Json
    parent: str
    role: Json
    single: bool


class Left(NamedTuple):
    label: Json
    parent: str
    role: Json
    single: bool


class RoleChanged(NamedTuple):
    label: Json
    parent: str
    before: Json
    after: Json
    single: bool
    was_single: bool


class Difference(NamedTuple):
    """A field that differs between an entity under its old key and under its new one."""

    label: str
    field: str
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Rekeyed(NamedTuple):
    """One entity under another key. `how` it was known: judged, alias, spelling, similar, content;
    `score`: how alike the names are, 0 to 1; `consequences`: changes that follow from it alone."""

    before: str
    after: str
    key_before: str
    key_after: str
    how: str
    score: float
    consequences: int
    differences: Sequence[Difference]


class Renumbered(NamedTuple):
    """Many entries of one list that are the same but for their ids."""

    how: Literal["renumbered"]
    section: str
    number: int
    key_before: str
    key_after: str
    examples: Sequence[str]


class NameChanged(NamedTuple):
    """The same id under another name."""

    before: str
    after: str
    how: Literal["name"] = "name"


class Respelled(NamedTuple):
    label: str
    before: str
    after: str
    number: int


Extent: TypeAlias = Literal["appeared", "disappeared", "value", "edit"]


class Everywhere(NamedTuple):
    """`what`: the field appeared or disappeared, has one value for another, or had one edit made to
    its text, where `before` and `after` are what was cut out and what was put in its place."""

    what: Extent
    field: str
    section: str
    number: int
    examples: Sequence[str]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Emptied(NamedTuple):
    """`section` is None for the whole document; `size` is how many entries there were."""

    section: str | None
    number: int
    size: int


class Cancelled(NamedTuple):
    label: str
    state: str
    dates: Dates


class TookPlace(NamedTuple):
    label: str
    state: str
    dates: Dates


class Rescheduled(NamedTuple):
    """The dates before and after."""

    label: str
    before: Dates
    after: Dates


class Slipped(Rescheduled):
    __slots__ = ()


class BroughtForward(Rescheduled):
    __slots__ = ()


class Firmness(NamedTuple):
    """Words of a ladder; `dates` where it is the state of a planned thing."""

    label: str
    parent: str | None
    field: str
    before: str
    after: str
    dates: Dates | Missing = MISSING


class Firmed(Firmness):
    __slots__ = ()


class Weakened(Firmness):
    __slots__ = ()


class PositionMove(NamedTuple):
    """A quantity or a place on a scale before and after; the last three where it is a stance."""

    label: str
    parent: str | None
    field: str
    before: Json
    after: Json
    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING


class Widened(PositionMove):
    __slots__ = ()


class Narrowed(PositionMove):
    __slots__ = ()


class Shifted(PositionMove):
    __slots__ = ()


class Hardened(PositionMove):
    __slots__ = ()


class Softened(PositionMove):
    __slots__ = ()


class StanceShifted(PositionMove):
    __slots__ = ()


class Reworded(PositionMove):
    """A text before and after."""

    __slots__ = ()


class Claim(NamedTuple):
    """What one source says instead of the value that a field has."""

    field: str
    value: Json
    source: str | None


class Disagreement(NamedTuple):
    """`fields` are those that `said` speaks of, but for the key; `remaining`: other claims that
    still stand."""

    label: str
    parent: str | None
    fields: Sequence[str]
    said: Sequence[Claim]
    remaining: int


class Disputed(Disagreement):
    __slots__ = ()


class Settled(Disagreement):
    __slots__ = ()


class Fact(NamedTuple):
    """What a plain field of a new entity says."""

    label: str
    value: Json


class Entity(NamedTuple):
    """An entity with its plain facts and first text; stances and planned things have more."""

    label: str
    parent: str | None
    section: str
    facts: Sequence[Fact]
    text: str | None
    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING
    quantity: Json | Missing = MISSING
    dates: Dates | Missing = MISSING
    state: str | Missing | None = MISSING


class Added(Entity):
    __slots__ = ()


class Removed(Entity):
    __slots__ = ()


class Entities(NamedTuple):
    """Several entries of one list."""

    section: str
    parent: str | None
    number: int
    entries: Sequence[str]


class ManyAdded(Entities):
    __slots__ = ()


class ManyRemoved(Entities):
    __slots__ = ()


class Stated(NamedTuple):
    """A stance that is put on a scale for the first time."""

    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING
    text: str | Missing | None = MISSING


NOT_A_STANCE = Stated()


class FieldChanged(NamedTuple):
    """One field before and after; `prose`: better shown word by word."""

    label: str
    parent: str | None
    section: str
    field: str
    before: Json
    after: Json
    prose: Literal[True] | Missing = MISSING
    stated: Stated = NOT_A_STANCE


class FieldsChanged(NamedTuple):
    """Several fields, by their titles; their values stand in the details."""

    label: str
    parent: str | None
    section: str
    fields: Sequence[str]
    stated: Stated = NOT_A_STANCE


class Places(NamedTuple):
    """First and last place of a block of neighbours before and after, counted from 1."""

    before: tuple[int, int]
    after: tuple[int, int]


class Reordered(NamedTuple):
    """Entries of a list without keys that stand elsewhere in it; `moved` is None for many."""

    moved: Places | None
    section: str
    parent: str | None
    number: int
    entries: Sequence[str]


class Approach(NamedTuple):
    """The distance between two parties on an issue before and after, in `unit` or in steps; `moved`
    are those of them that moved."""

    issue: str
    parties: Sequence[str]
    before: float
    after: float
    unit: str | None
    moved: Sequence[str]
    record: Literal["closest", "widest"] | Missing = MISSING


class Converged(Approach):
    __slots__ = ()


class Diverged(Approach):
    __slots__ = ()


class Overlap(Approach):
    __slots__ = ()


class Reversed(NamedTuple):
    """A position is back where it stood on `as_of`."""

    label: str
    as_of: str


class Returned(NamedTuple):
    """The state of `as_of` again; what the version of `undone` changed is undone."""

    as_of: str
    undone: str


class Corrected(NamedTuple):
    as_of: str


class Lapsed(NamedTuple):
    label: str
    dates: Dates
    state: Json


class KindChanged(NamedTuple):
    as_of: str


Membership: TypeAlias = Replaced | Moved | Joined | Left | RoleChanged
Naming: TypeAlias = Rekeyed | Renumbered | NameChanged | Respelled | Everywhere | Emptied
Plan: TypeAlias = Cancelled | TookPlace | Slipped | BroughtForward
Position: TypeAlias = Widened | Narrowed | Shifted | Hardened | Softened | StanceShifted | Reworded
Assertion: TypeAlias = Firmed | Weakened | Disputed | Settled
Entry: TypeAlias = (
    Added | Removed | ManyAdded | ManyRemoved | FieldChanged | FieldsChanged | Reordered
)

Said: TypeAlias = Membership | Naming | Plan | Position | Assertion | Entry
"""What a finding can say. Whoever words or shows findings is held to all of it by the types."""

Observed: TypeAlias = (
    Converged | Diverged | Overlap | Reversed | Returned | Corrected | Lapsed | KindChanged
)
"""What a remark can say."""


class Detail(NamedTuple):
    """A field that changed beside what the lead says. `of`: the entity, if it is another one;
    `text`: prose; `fact`: a plain statement, neither reference nor status."""

    label: str
    field: str
    of: str | Missing = MISSING
    text: bool = False
    fact: bool = False
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Followed(NamedTuple):
    """Numbers of `field` that shifted by one in consequence; `smaller`: how many went down."""

    number: int
    field: str
    smaller: int


class Also(NamedTuple):
    """What another rule says of the same entity."""

    rule: str
    said: Said


class OwnWords(NamedTuple):
    """The kind's own sentence, and the entity's fields that its slots may name."""

    template: str
    values: Mapping[str, Json]


class Beside(NamedTuple):
    """What stands beside the lead of a finding."""

    also: tuple[Also, ...] = ()
    followed: Followed | None = None
    members: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    own_words: OwnWords | None = None


NOTHING_BESIDE = Beside()
