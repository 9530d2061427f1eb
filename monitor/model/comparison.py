"""What a comparison says: changes, what they mean, and what stands beside them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from monitor.model.record import NONE, Record
from monitor.model.tuples import NamedTuple

if TYPE_CHECKING:
    from monitor.model.quotation import Quotation
    from monitor.model.said import Beside, Observed, Said

# What a JSON parser returns. A precise recursive alias would only be cast away at every index.
Json: TypeAlias = Any
Document: TypeAlias = dict[str, Any]

KeyLevel: TypeAlias = tuple[tuple[str, Json], ...]
"""The identifying fields of one entity, in the kind's order: `(("party", "russia"),)`."""

Key: TypeAlias = tuple[KeyLevel, ...]
"""One level per collection on the way down: a delegation, then its member."""

Op: TypeAlias = Literal["added", "removed", "changed"]


class Missing(enum.Enum):
    """Stands for a side that does not exist, which is not the same as null."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


class Significance(enum.IntEnum):
    """How much something matters to a reader; comparable, the stronger the greater."""

    NOISE = 0
    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Significance:
        """Raises ValueError, naming the four words, for any other."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"{word!r} is not one of critical, major, minor, noise") from None


class Publication(Record):
    """Who published what, when and where; `url` is text and not yet judged safe to link."""

    id: str
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None


class VersionRef(Record):
    """Names one version. `as_of` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`; such texts sort."""

    situation: str
    as_of: str
    content_hash: str
    revision: int = 1
    learned_at: str | None = None
    title: str | None = None


class Weight(NamedTuple):
    """How much what changes below a path matters in one version, by whoever wrote it (`weigh`)."""

    path: str
    significance: Significance | None
    because: str | None = None
    correction: bool = False
    """Whether what changes there puts a mistake right."""


class State(Record):
    """One version with its full document, in canonical form, and what its writer says of the weight
    of its changes."""

    ref: VersionRef
    document: Document
    weigh: tuple[Weight, ...] = ()


class Change(NamedTuple):
    """One atomic difference. `field` is None for an entity that was added or removed.

    `id` is a hash of (situation, collection, key, field, before, after). `sources` are ids of the
    entity's sources, those of the newer side first. `label` names the entity in words.

    A tuple, because there may be thousands: a frozen dataclass takes five times as long to make.
    """

    id: str
    op: Op
    collection: str
    key: Key
    label: str
    field: str | None
    before: Json | Missing
    after: Json | Missing
    significance: Significance
    sources: tuple[str, ...] = ()


class Provenance(Record):
    """Who says so and how firm it is, in words; each may be unknown.

    `grade` says where the status is not the firmest: below it, or the lowest, as a denial is.
    `written` is the status as the snapshot has it, where its reader knows it by another word.
    """

    status: str | None = None
    said_by: str | None = None
    sources: tuple[str, ...] = ()
    grade: Literal["below", "lowest"] | None = None
    written: str | None = None


class Finding(Record):
    """What one or several changes mean. Every change of a comparison is in exactly one.

    `said` is what leads it, names in it are already labels; `beside` is what else belongs to it.
    `collection` is the dotted path it is listed under, `path` the fact whose history explains it
    (`delegations[russia].members[x].role`).
    `parties`, `issues` and `entities` are what a filter can name: ids for the first two, paths
    such as `people[medinsky]` for the last. `disputed` holds what other sources say instead.
    """

    id: str
    rule: str
    said: Said
    beside: Beside
    significance: Significance
    changes: tuple[str, ...]
    collection: str
    path: str
    provenance: Provenance = Provenance()
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    disputed: tuple[RivalClaim, ...] = ()
    because: tuple[str, ...] = ()
    """Why it weighs what it does, where whoever wrote the newer version says so."""


class RivalClaim(Record):
    """What one source says instead of the value that a fact has.

    `field` is the field's title, `value` as in what a finding says, `source` the publisher.
    `source_id` leads to its link; `stands` is the value that the fact has, where that is no text.
    """

    field: str
    value: Json
    source: str | None
    source_id: str | None = None
    stands: Json = None


class Remark(Record):
    """An observation beside the findings, owning no change. `about`: change ids or paths."""

    id: str
    rule: str
    said: Observed
    significance: Significance
    about: tuple[str, ...]
    collection: str = ""
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Interval(Record):
    """A quantity; an open end is None."""

    low: float | None
    high: float | None
    unit: str | None = None


class PartyStanding(Record):
    """Where one party stands on one issue, in the newer version, and where it stood before.

    `now` and `before` are the position's own words; the intervals are set where it is a quantity,
    the scale steps (0-based, of `steps`) where it is a place on a scale; `text` is its prose.
    `since` is the as_of of the first version from which the position has been held without a
    break, when history is known. `path` names the stance.
    """

    party: str
    party_label: str
    issue: str
    issue_label: str
    now: str | None
    before: str | None = None
    interval: Interval | None = None
    interval_before: Interval | None = None
    step: int | None = None
    step_before: int | None = None
    steps: int | None = None
    moved: bool = False
    since: str | None = None
    text: str | None = None
    path: str = ""


class Upcoming(Record):
    """A planned thing ahead: its label, dates (as written) and state in words."""

    label: str
    starts: str
    ends: str | None
    state: str | None
    path: str


class Waiting(Record):
    """A planned thing that is off for now, and was so in the older version too: its label, its
    state in words, and since when that is so (an as_of, or a date as written; None: unknown)."""

    label: str
    state: str
    since: str | None
    path: str


class Steady(Record):
    """What has not changed for a while: labels that have stood since the same `as_of`."""

    since: str
    labels: tuple[str, ...]


class Section(Record):
    """A top-level collection in the kind's order, with its heading."""

    collection: str
    title: str


class Comparison(Record):
    """Everything that comparing two versions of one situation says; the same input, the same value.

    `unchanged` counts the entities that stand exactly as before. `notes` are lines for the person
    who ran the comparison (inferred keys, lists without keys). `faults` are lines on rules that
    failed, which is a fault of the program: what they would have said is told plainly. `ignored`
    counts the changes that do not belong to the content, by the pattern or path that says so; they
    are in no finding and not among the changes. `quotations` are words that values rest on, where
    somebody has kept them; they stand beside the content and are no part of what is compared.
    """

    situation: str
    title: str | None
    kind: str | None
    old: VersionRef
    new: VersionRef
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...] = ()
    sources: Mapping[str, Publication] = NONE
    sections: tuple[Section, ...] = ()
    unchanged: int = 0
    standings: tuple[PartyStanding, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    steady: tuple[Steady, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    ignored: Mapping[str, int] = NONE
    quotations: tuple[Quotation, ...] = ()
