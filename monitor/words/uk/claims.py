"""Sentences on positions, on how firm a claim is, and on who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.model.comparison import MISSING, Json
from monitor.model.said import (
    Beside,
    Claim,
    Denied,
    Disagreement,
    Firmed,
    Hardened,
    Narrowed,
    PositionMove,
    Reserve,
    Reworded,
    Settled,
    Shifted,
    Softened,
    StanceShifted,
    Weakened,
    Widened,
)
from monitor.words.clauses import beyond, said_before, says, tells_who
from monitor.words.company import Rival, also_moved, firmer_than, is_named, names_of, paper_of
from monitor.words.uk.anew import saying, weightiest
from monitor.words.uk.grammar import in_parent, small, when
from monitor.words.uk.plans import new_facts, planned, with_facts
from monitor.words.uk.rivals import rival
from monitor.words.uk.rivals import says as says_who
from monitor.words.uk.values import from_to, listed, words

WAYS = ("за словами", "за даними", "according to")
# What a paper does itself with what nobody else is known to say.
PUBLISHED = ("за повідомленнями", "reported", "published", "printed")
# A longer text is not put into a sentence.
SHORT = 200
CHANGES = "позиція змінюється"
ANOTHER = "інше джерело"


VERBS: Final[Mapping[type[PositionMove], str]] = {
    Widened: "діапазон розширюється",
    Narrowed: "діапазон звужується",
    Shifted: "межі зсуваються",
    Hardened: "позиція жорсткішає",
    Softened: "позиція м’якшає",
    StanceShifted: "позиція змінюється",
}


def moves(said: PositionMove, beside: Beside) -> str:
    before, after = _places(said)
    told = f"{_verb(said)}, {before} → {after}"
    if said.issue is not MISSING:
        return saying(f"{said.label}: {_both(told, said, beside)}", beside)
    if firmer := firmer_than(said, beside):
        told = f"{words(said.after)}, а не {before} (раніше — {firmer})"
    subject, told = in_parent(said.label, said.parent), f"{small(said.field)}: {told}"
    heaviest = weightiest(said, beside)
    return f"{heaviest.rstrip('.')}; {told}" if heaviest else f"{subject}, {told}"


def _verb(said: PositionMove) -> str:
    """What has no two ends, or is no position, has no limits that could shift."""
    if said.extreme is True:
        return CHANGES
    if isinstance(said, Shifted) and _is_number(said.before) and _is_number(said.after):
        return CHANGES if said.issue is not MISSING else "зміна"
    return VERBS[type(said)]


def _is_number(value: Json) -> bool:
    return isinstance(value, dict) and value.get("low") == value.get("high")


def _both(told: str, said: PositionMove, beside: Beside) -> str:
    """A word and a number that moved together, the number first."""
    other = also_moved(said, beside)
    if other is None:
        return told
    before, after = _places(other)
    if isinstance(said.before, dict):
        return f"{told}; {before} → {after}"
    old, new = _places(said)
    return f"{CHANGES}, {before} → {after}; {old} → {new}"


def _places(said: PositionMove) -> tuple[str, str]:
    """The words of a scale are quoted, as they are verbs as often as not."""
    before, after = from_to(said.before, said.after)
    if isinstance(said.before, dict) or isinstance(said.after, dict):
        return before, after
    return f"«{before}»", f"«{after}»"


def firmed(said: Firmed, beside: Beside) -> str:
    if said.dates is not MISSING:
        told = planned(said.label, said.after, said.dates, new_facts(beside), beside.where)
        return saying(with_facts(told, beside, fresh=False), beside)
    return f"{in_parent(said.label, said.parent)}: тепер «{said.after}», раніше «{said.before}»"


def weakened(said: Weakened) -> str:
    subject = in_parent(said.label, said.parent if said.dates is MISSING else None)
    return f"{subject}: тепер лише «{said.after}», раніше «{said.before}»"


def denied(said: Denied) -> str:
    """`Спростовано (Dorn); раніше — за повідомленнями (The Bell): візит до Риги, 3 травня 2031`."""
    days = when(said.dates) if said.dates is not MISSING else ""
    what = ", ".join(part for part in (in_parent(said.label, said.parent), days) if part)
    sources = [part for part in (said.claimed_by, listed(said.papers)) if part]
    before = f"{said.before} ({'; '.join(sources)})" if sources else said.before
    now = f"{said.status} ({said.said_by})" if said.said_by else said.status
    return f"{_capital(now)}; раніше — {before}: {what}"


def reserved(text: str, reserve: Reserve) -> str:
    names = reserve.said_by if reserve.said_by and reserve.said_by.count(", ") < 2 else None
    voice = names if names and not is_named(names, text) else paper_of(reserve, text, PUBLISHED)
    if reserve.lowest:
        return f"{_capital(f'{reserve.status} ({voice})' if voice else reserve.status)}: {text}"
    text = text.removesuffix(".")
    if names and tells_who(text, names, WAYS):
        return text
    if says(text, reserve):
        if not voice:
            return text
        return f"{text[:-1]}; {voice})" if text.endswith(")") else f"{text} ({voice})"
    told = f"{reserve.status}, {voice}" if voice else reserve.status
    return f"{text[:-1]}; {told})" if text.endswith(")") else f"{text} ({told})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def disputed(said: Disagreement) -> str:
    return f"Джерела розходяться: {_matter(said)}"


def settled(said: Disagreement) -> str:
    if said.remaining > 0:
        return f"Розбіжностей між джерелами поменшало: {_matter(said)}"
    return f"Джерела більше не розходяться: {_matter(said)}"


def _matter(said: Disagreement) -> str:
    """The entity and the fields; the entity alone where it is contradicted as such."""
    fields = listed([small(field) for field in said.fields])
    return f"{in_parent(said.label, said.parent)}{' — ' if fields else ''}{fields}"


def otherwise(said: Disagreement) -> str:
    """`Джерела розходяться: рада, Ada Rook — посада голова` what others say."""
    on = (settled if isinstance(said, Settled) else disputed)(said._replace(fields=[]))
    return f"{on} — {_claims(said)}"


def rivals(said: Disagreement) -> str:
    """`Рада, Ada Rook — посада голова`, where it is clear that somebody says so."""
    return f"{in_parent(said.label, said.parent)} — {_claims(said)}"


def _claims(said: Disagreement) -> str:
    """With who says so, unless nobody does any more."""
    told: dict[Rival, list[Claim]] = {}
    for claim in said.said:
        told.setdefault(rival(claim, alone=not said.fields), []).append(claim)
    if isinstance(said, Settled):
        return "; ".join(each.value for each in told)
    return "; ".join(says_who(each, names_of(claims, ANOTHER)) for each, claims in told.items())


def claimed(said: Disagreement) -> str:
    several = len(said.fields) > 1
    voices = [
        f"{small(claim.field) + ', ' if several else ''}{claim.source or 'інше джерело'}: "
        f"{words(claim.value)}"
        for claim in said.said
    ]
    return f"{'; '.join(voices)}."


def reworded(said: Reworded) -> str:
    """`Red (криниця), тепер: …`; where the rest stays only what it says now, or no longer does."""
    subject = in_parent(said.label, said.parent)
    more, gone = beyond(said.before, said.after), beyond(said.after, said.before)
    if said.issue is MISSING and len(more or gone or said.after) > SHORT:
        return f"{subject}: змінено формулювання ({small(said.field)})"
    if more:
        return f"{subject}, тепер також: {more}"
    if gone:
        return f"{subject}, більше не йдеться: {gone}"
    old = said_before(said.before, said.after)
    before = f" Раніше: {old}" if old else ""
    return f"{subject}, тепер: {said.after}{before}"
