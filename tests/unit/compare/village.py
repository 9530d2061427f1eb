"""A kind with every annotation, whose fields can be given any names: no rule may know one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.compare.comparison import Context, compare
from monitor.kinds.canonical import canonical, content_hash
from monitor.kinds.kind import (
    Collection,
    Field,
    Kind,
    Membership,
    Period,
    Position,
    ProvenanceFields,
    QuantityFields,
    SourceFields,
)
from monitor.model.comparison import Comparison, Document, State, VersionRef

Naming = Callable[[str], str]

GRIP = ("denied", "claimed", "reported", "confirmed")
PHASES = ("proposed", "expected", "announced", "under-way", "concluded")
LEANS = ("rejects", "opposes", "open", "accepts")


def as_written(name: str) -> str:
    return name


def backwards(name: str) -> str:
    """Other names for everything: `name` becomes `eman`."""
    return name[::-1]


def kind(naming: Naming = as_written) -> Kind:
    """Teams with members, stances, events, notes, and what they refer to."""
    n = naming
    amount = QuantityFields(low=n("min"), high=n("max"), unit=n("unit"))
    provenance = ProvenanceFields(sources=n("sources"), said_by=n("voice"), firmness=n("grip"))

    def fields(*described: Field) -> dict[str, Field]:
        return {field.name: field for field in described}

    def field(name: str, **annotations: Any) -> Field:
        return Field(name=n(name), title=name.capitalize(), **annotations)

    said = (
        field("sources", ref=n("papers"), is_list=True),
        field("voice", ref=n("folk")),
        field("grip", ladder=GRIP),
    )
    quarrel = fields(
        field("about"), field("paper", ref=n("papers")), Field(name=n("value"), title="Value")
    )

    def collection(path: str, title: str, *keys: str, **annotations: Any) -> Collection:
        return Collection(
            path=".".join(n(part) for part in path.split(".")),
            title=title,
            keys=(tuple(n(key) for key in keys),) if keys else (),
            **annotations,
        )

    tops = ("teams", "stances", "events", "notes", "folk", "camps", "matters", "papers")
    found = [
        collection(
            "", "Village", children=tuple(n(top) for top in tops), fields=fields(field("mood"))
        ),
        collection(
            "teams",
            "Teams",
            "camp",
            label=f"{{{n('camp')}}}'s team",
            children=(n("hands"),),
            fields=fields(field("camp", ref=n("camps")), field("size", quantity=amount)),
        ),
        collection(
            "teams.hands",
            "Hands",
            "soul",
            label=f"{{{n('soul')}}}",
            fields=fields(field("soul", ref=n("folk")), field("post"), field("rank"), *said),
            membership=Membership(
                entity=n("soul"), role=n("post"), single=("captain",), size=n("size")
            ),
            provenance=provenance,
        ),
        collection(
            "stances",
            "Positions",
            "camp",
            "matter",
            label=f"{{{n('camp')}}} on {{{n('matter')}}}",
            children=(n("quarrels"),),
            fields=fields(
                field("camp", ref=n("camps")),
                field("matter", ref=n("matters")),
                field("lean", scale=LEANS),
                field("amount", quantity=amount),
                field("prose", text=True),
                *said,
            ),
            position=Position(
                party=n("camp"), issue=n("matter"), value=n("lean"), quantity=n("amount")
            ),
            provenance=provenance,
            disputed=n("quarrels"),
        ),
        collection(
            "stances.quarrels",
            "Quarrels",
            "about",
            "paper",
            fields=quarrel,
            label=f"{{{n('about')}}}",
        ),
        collection(
            "events",
            "Events",
            "tag",
            label=f"{{{n('called')}}}",
            fields=fields(
                field("tag"),
                field("called"),
                field("place"),
                field("from"),
                field("till"),
                field("phase", ladder=PHASES),
            ),
            period=Period(start=n("from"), end=n("till"), state=n("phase")),
        ),
        collection(
            "notes",
            "Notes",
            "tag",
            label=f"{{{n('tag')}}}",
            fields=fields(field("tag"), field("prose", text=True), field("colour"), *said),
            provenance=provenance,
        ),
        collection(
            "folk",
            "People",
            "tag",
            label=f"{{{n('called')}}}",
            aliases=n("also"),
            fields=fields(
                field("tag"), field("called"), field("also", is_list=True), field("trade")
            ),
        ),
        collection(
            "camps",
            "Camps",
            "tag",
            label=f"{{{n('called')}}}",
            fields=fields(field("tag"), field("called")),
        ),
        collection(
            "matters",
            "Matters",
            "tag",
            label=f"{{{n('called')}}}",
            fields=fields(field("tag"), field("called")),
        ),
        collection(
            "papers",
            "Papers",
            "tag",
            label=f"{{{n('press')}}}",
            fields=fields(field("tag"), field("press")),
            source=SourceFields(publisher=n("press")),
        ),
    ]
    return Kind(name="village", hash="1", title="Village", collections={c.path: c for c in found})


BASE: Document = {
    "teams": [
        {
            "camp": "red",
            "hands": [
                {"soul": "ann", "post": "captain", "grip": "confirmed"},
                {"soul": "bob", "post": "cook", "grip": "reported"},
            ],
        },
        {"camp": "blue", "hands": [{"soul": "cid", "post": "captain"}]},
    ],
    "stances": [
        {
            "camp": "red",
            "matter": "well",
            "lean": "open",
            "amount": {"min": 30, "max": 50, "unit": "years"},
            "prose": "Wants a long lease.",
            "grip": "reported",
        },
        {"camp": "blue", "matter": "well", "amount": {"min": 15, "max": 15, "unit": "years"}},
    ],
    "events": [
        {
            "tag": "feast",
            "called": "Harvest feast",
            "from": "2026-02-17",
            "till": "2026-02-18",
            "phase": "announced",
        }
    ],
    "notes": [{"tag": "first", "prose": "All is well.", "colour": "green"}],
    "folk": [
        {"tag": "ann", "called": "Ann Archer", "trade": "smith"},
        {"tag": "bob", "called": "Bob Baker", "also": ["Robert Baker"], "trade": "cook"},
        {"tag": "cid", "called": "Cid Carter", "trade": "carter"},
        {"tag": "dee", "called": "Dee Draper", "trade": "weaver"},
    ],
    "camps": [{"tag": "red", "called": "Red"}, {"tag": "blue", "called": "Blue"}],
    "matters": [{"tag": "well", "called": "the well"}, {"tag": "road", "called": "the road"}],
    "papers": [{"tag": "p1", "press": "The Bell"}],
}


def renamed(value: Any, naming: Naming) -> Any:
    """A document with every field under its other name; values stay."""
    if isinstance(value, dict):
        return {naming(name): renamed(part, naming) for name, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, naming) for part in value]
    return value


def state(
    document: Document, *, as_of: str = "2026-02-05", naming: Naming = as_written, revision: int = 1
) -> State:
    described = kind(naming)
    content = canonical(renamed(document, naming), described)
    return State(
        ref=VersionRef(
            situation="village",
            as_of=as_of,
            revision=revision,
            content_hash=content_hash(content, described),
        ),
        document=content,
    )


def comparison(
    old: Document,
    new: Document,
    *,
    naming: Naming = as_written,
    context: Context | None = None,
) -> Comparison:
    return compare(
        state(old, naming=naming),
        state(new, as_of="2026-02-17", naming=naming),
        kind(naming),
        context=context or Context(),
    )
