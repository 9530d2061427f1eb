"""The objects of the interface, as its OpenAPI describes them."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")

Level = Literal["critical", "major", "minor", "noise"]


class Shape(BaseModel):
    """Frozen, and nothing in it that is not said here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fault(Shape):
    """One thing that is wrong. `where` is a place in what was sent, as `snapshot.yaml:3:5`."""

    where: str
    text: str


class Problem(Shape):
    """What went wrong (RFC 9457); `errors` has each fault where there may be several."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class VersionShape(Shape):
    """A version. `held` is why it waits for a person, or why it was rejected."""

    situation: str
    as_of: str
    revision: int
    content_hash: str
    title: str | None
    learned_at: str
    state: str
    held: str | None


class SituationShape(Shape):
    """What is watched. `waiting` counts versions that are held."""

    name: str
    title: str
    kind: str
    zone: str
    created_at: str
    versions: int
    waiting: int
    latest: VersionShape | None
    baseline: VersionShape | None
    baseline_how: str


class Listed(Shape, Generic[T]):
    """A page of a list; `total` counts all of it."""

    items: list[T]
    total: int
    page: int
    pages: int


class SubscriptionShape(Shape):
    """`told`: up to which version digests have spoken, by situation."""

    id: int
    address: str
    name: str
    state: str
    state_reason: str | None
    situations: list[str]
    cadence: str
    zone: str
    language: str
    least: str
    told: dict[str, str]
    next_due: str | None


class ValueShape(Shape):
    """A value that a fact had from `as_of` to `until`; absent where the fact was not there."""

    model_config = ConfigDict(frozen=True, extra="allow")

    as_of: str
    until: str
    version: str
    revision: int
    present: bool


class PositionsShape(Shape):
    """One point of each line per version, null where there is none."""

    as_ofs: list[str]
    lines: list[dict[str, Any]]
    gaps: list[dict[str, Any]]


class TakenShape(Shape):
    """What followed from a snapshot. No versions: it says nothing new. `again`: it had been handed
    in before under the same key. `withdrawn`: a person took it out, for this reason."""

    situation: str
    as_of: str
    again: bool
    withdrawn: str | None
    versions: list[VersionShape]
