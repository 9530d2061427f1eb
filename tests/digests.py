"""Comparisons and digest inputs that speak the domain, made without reading any snapshot."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from monitor.mail.message import Sender
from monitor.model.comparison import (
    Change,
    Comparison,
    Finding,
    Interval,
    PartyStanding,
    Provenance,
    Publication,
    Remark,
    RivalClaim,
    Section,
    Significance,
    Steady,
    Upcoming,
    VersionRef,
)
from monitor.model.digest import DigestInput, SituationInput
from monitor.model.record import replace
from monitor.model.said import (
    NOTHING_BESIDE,
    Beside,
    Converged,
    Detail,
    FieldsChanged,
    Joined,
    OwnWords,
    Replaced,
    Said,
    Widened,
)
from monitor.model.subscription import Filter
from monitor.model.tokens import fill

READER = {
    "address": "ana@example.org",
    "unsubscribe": "https://monitor.example.org/u/TOKEN",
    "page": "https://monitor.example.org/r/TOKEN",
}

SENDER = Sender(
    address="digests@monitor.example.org",
    name="Monitor",
    domain="monitor.example.org",
    bounce_domain="bounces.example.org",
    secret=b"a secret of the bounce addresses",
    unsubscribe_address="unsubscribe@monitor.example.org",
    public_url="https://monitor.example.org",
)

SOURCES = {
    "reuters": Publication(
        id="reuters",
        publisher="Reuters",
        url="https://example.org/reuters/1?a=1&b=2",
        published="2026-02-13",
    ),
    "afp": Publication(
        id="afp", publisher="AFP", url="https://example.org/afp", published="2025-12-30"
    ),
    "tass": Publication(id="tass", publisher="TASS", published="2026-02-16"),
}

SECTIONS = (
    Section(collection="parties", title="Parties"),
    Section(collection="delegations", title="Delegations"),
    Section(collection="stances", title="Positions"),
    Section(collection="rounds", title="Rounds"),
)


def version(as_of: str, situation: str = "ukraine-talks") -> VersionRef:
    return VersionRef(situation=situation, as_of=as_of, content_hash=f"hash-of-{as_of}")


def finding(rule: str, said: Said, **others: Any) -> Finding:
    """A finding with one change of its own; what is not given is plain."""
    label = str(getattr(said, "label", rule))
    given: dict[str, Any] = {
        "id": f"f-{label}",
        "significance": Significance.MINOR,
        "changes": (f"c-{label}",),
        "beside": NOTHING_BESIDE,
        "collection": "delegations.members",
        "path": f"delegations[russia].members[{label.lower()}]",
        **others,
    }
    return Finding(rule=rule, said=said, **given)


def replaced() -> Finding:
    return finding(
        "replaced",
        Replaced(
            label="Vladimir Medinsky",
            former="Igor Kostyukov",
            role="head",
            parent="Russia's delegation",
            former_stays=True,
            former_role="member",
            was_listed=False,
        ),
        significance=Significance.CRITICAL,
        path="delegations[russia].members[medinsky].role",
        parties=("russia",),
        entities=("people[medinsky]", "people[kostyukov]"),
        provenance=Provenance(
            status="announced", said_by="Dmitry Peskov", sources=("reuters", "afp")
        ),
    )


def joined(who: str = "Mikhail Galuzin", **others: Any) -> Finding:
    return finding(
        "joined",
        Joined(who, "Russia's delegation", role="member", single=False),
        **{
            "significance": Significance.MAJOR,
            "parties": ("russia",),
            "entities": (f"people[{who.lower()}]",),
            "provenance": Provenance(status="reported", sources=("tass",)),
            **others,
        },
    )


def widened() -> Finding:
    before = {"low": 30, "high": 50, "unit": "years"}
    after = {"low": 20, "high": 50, "unit": "years"}
    return finding(
        "widened",
        Widened(
            label="Ukraine's position on security guarantees",
            parent=None,
            field="Quantity",
            before=before,
            after=after,
            issue="security guarantees",
        ),
        significance=Significance.CRITICAL,
        collection="stances",
        path="stances[ukraine,security-guarantees].quantity",
        parties=("ukraine",),
        issues=("security-guarantees",),
        disputed=(
            RivalClaim(field="Quantity", value=before, source="AFP, 30 Dec 2025", source_id="afp"),
        ),
        provenance=Provenance(status="confirmed", said_by="Volodymyr Zelenskyy"),
    )


PRESS: Final = ("Trilateral and closed to the press.", "Trilateral and open to the press.")


def reworded(before: str, after: str, significance: Significance = Significance.MAJOR) -> Finding:
    return finding(
        "changed",
        FieldsChanged("Third round", None, "Rounds", fields=["Format"]),
        beside=Beside(
            details=(Detail("Format", "format", text=True, before=before, after=after),),
            own_words=OwnWords("{label}: format changed", {}),
        ),
        significance=significance,
        collection="rounds",
        path="rounds[geneva].format",
    )


def converged() -> Remark:
    return Remark(
        id="r-converged",
        rule="converged",
        said=Converged(
            parties=["Ukraine", "United States"],
            moved=["Ukraine"],
            issue="security guarantees",
            before=15,
            after=5,
            unit="years",
        ),
        significance=Significance.MAJOR,
        about=("stances[ukraine,security-guarantees]",),
        collection="stances",
        issues=("security-guarantees",),
    )


def standings() -> tuple[PartyStanding, ...]:
    stands = partial(PartyStanding, issue="security-guarantees", issue_label="security guarantees")
    return (
        stands(
            party="ukraine",
            party_label="Ukraine",
            now="asks",
            before="asks",
            interval=Interval(low=20, high=50, unit="years"),
            interval_before=Interval(low=30, high=50, unit="years"),
            moved=True,
        ),
        stands(
            party="usa",
            party_label="United States",
            now="offers",
            before="offers",
            interval=Interval(low=15, high=15, unit="years"),
            interval_before=Interval(low=15, high=15, unit="years"),
        ),
    )


def comparison(*findings: Finding, **others: Any) -> Comparison:
    """5 -> 17 February; each finding brings its changes."""
    changes = tuple(
        Change(
            id=identity,
            op="changed",
            collection=each.collection,
            key=((("id", identity),),),
            label=identity,
            field="role",
            before=None,
            after="x",
            significance=each.significance,
        )
        for each in findings
        for identity in each.changes
    )
    given: dict[str, Any] = {
        "situation": "ukraine-talks",
        "title": "Trilateral talks: Ukraine, Russia, United States",
        "kind": "negotiation",
        "old": version("2026-02-05"),
        "new": version("2026-02-17"),
        "sources": SOURCES,
        "sections": SECTIONS,
        "unchanged": 21,
        **others,
    }
    return Comparison(changes=changes, findings=findings, **given)


def talks() -> Comparison:
    """The comparison that the whole-body tests are about."""
    return comparison(
        joined(),
        replaced(),
        reworded(*PRESS, Significance.MINOR),
        widened(),
        remarks=(converged(),),
        standings=standings(),
        upcoming=(
            Upcoming(
                label="Third round",
                starts="2026-02-17",
                ends="2026-02-18",
                state="announced",
                path="rounds[geneva]",
            ),
        ),
        steady=(Steady(since="2026-01-24", labels=("Russia: territory", "Ukraine: territory")),),
    )


def situation(told: Comparison, **others: Any) -> SituationInput:
    given: dict[str, Any] = {
        "against_baseline": None,
        "baseline": None,
        "baseline_how": None,
        **others,
    }
    return SituationInput(comparison=told, **given)


def digest_input(*situations: SituationInput, **others: Any) -> DigestInput:
    given: dict[str, Any] = {
        "reason": "digest",
        "situations": situations or (situation(talks()),),
        "filter": Filter(),
        "mutes": (),
        "health": (),
        "cadence": "daily 07:00",
        "zone": "Europe/Kyiv",
        "language": "en",
        "due": "2026-02-17T05:00:00Z",
        "public_url": "https://monitor.example.org",
        **others,
    }
    return DigestInput(**given)


def against(told: Comparison, as_of: str, *findings: Finding) -> Comparison:
    """The same newer version compared with another older one."""
    other = comparison(*findings)
    return replace(other, old=version(as_of), new=told.new)


def as_read(rendering: str, part: Any = "text") -> str:
    """A rendering as Ana gets it."""
    return fill(rendering, READER, part)
