"""Sentences on positions, on how firm a claim is, and on who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.model.comparison import MISSING
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
from monitor.words.en.anew import saying, weightiest
from monitor.words.en.grammar import hyphenless, in_parent, is_, is_plural, possessive, small, when
from monitor.words.en.plans import new_facts, planned, with_facts
from monitor.words.en.rivals import rival
from monitor.words.en.rivals import says as says_who
from monitor.words.en.values import from_to, listed, words

# A longer text is not put into a sentence.
SHORT = 200
WAYS = ("according to",)
# What a paper does itself with what nobody else is known to say.
PUBLISHED = ("reported", "published", "printed")
ANOTHER = "another source"


VERBS: Final[Mapping[type[PositionMove], str]] = {
    Widened: "widens",
    Narrowed: "narrows",
    Shifted: "moves",
    Hardened: "hardens",
    Softened: "softens",
    StanceShifted: "changes",
}


def moves(said: PositionMove, beside: Beside) -> str:
    """`Red's position on the well moves from 10–15 to 8–10 percent, and from “insists” to “backs”`;
    a firmer number says so: `count is 9 persons, not 90 as reported before`."""
    before, after = _places(said)
    told = f"{_verb(said)} from {before} to {after}"
    if said.issue is not MISSING:
        return saying(f"{stance(said)} {_both(told, said, beside)}", beside)
    name = small(said.field)
    if is_plural(name):
        told = f"{_verb(said).removesuffix('s')} from {before} to {after}"
    subject, told = in_parent(said.label, said.parent), f"{name} {told}"
    firmer = hyphenless(firmer_than(said, beside))
    if firmer.endswith("ed"):
        told = f"{is_(small(said.field))} {words(said.after)}, not {before} as {firmer} before"
    heaviest = weightiest(said, beside)
    return f"{heaviest.rstrip('.')}; {told}" if heaviest else f"{subject}: {told}"


def stance(said: PositionMove) -> str:
    """`Red's position on the well`: a party may be many, which a position is not."""
    if not isinstance(said.party, str) or not isinstance(said.issue, str):
        return said.label
    return f"{possessive(said.party)} position on {said.issue}"


def _verb(said: PositionMove) -> str:
    """To hold a view is no softer kind of the opposite one, and a size is none at all."""
    if said.issue is MISSING and isinstance(said.after, dict):
        return "changes"
    return "moves" if said.extreme is True else VERBS[type(said)]


def _both(told: str, said: PositionMove, beside: Beside) -> str:
    """A word and a number that moved together, the number first."""
    other = also_moved(said, beside)
    if other is None:
        return told
    before, after = _places(other)
    if isinstance(said.before, dict):
        return f"{told}, and from {before} to {after}"
    old, new = _places(said)
    return f"moves from {before} to {after}, and from {old} to {new}"


def _places(said: PositionMove) -> tuple[str, str]:
    """The words of a scale are quoted, as they are verbs as often as not."""
    before, after = from_to(said.before, said.after)
    if isinstance(said.before, dict) or isinstance(said.after, dict):
        return before, after
    return f"“{before}”", f"“{after}”"


def firmed(said: Firmed, beside: Beside) -> str:
    if said.dates is not MISSING:
        told = planned(said.label, said.after, said.dates, new_facts(beside), beside.where)
        return saying(with_facts(told, beside, fresh=False), beside)
    return f"{in_parent(said.label, said.parent)}: now {said.after}, before {said.before}"


def weakened(said: Weakened) -> str:
    if said.dates is not MISSING:
        return f"{said.label} is now only {said.after}, before {said.before}"
    return f"{in_parent(said.label, said.parent)}: now only {said.after}, before {said.before}"


def denied(said: Denied) -> str:
    """`Denied by Dorn, reported before by The Bell: the visit to Riga, 3 May 2031`."""
    days = when(said.dates) if said.dates is not MISSING else ""
    what = ", ".join(part for part in (in_parent(said.label, said.parent), days) if part)
    return f"{_capital(_by(said.status, said.said_by))}, {_claimed_before(said)}: {what}"


def _claimed_before(said: Denied) -> str:
    """`reported before by Dorn (The Bell)`, `hearsay in The Bell before`."""
    status, papers = hyphenless(said.before), listed(said.papers)
    if status.endswith("ed") and (said.claimed_by or papers):
        told = f"{status} before by {said.claimed_by or papers}"
    elif said.claimed_by:
        told = f"{status} before, {said.claimed_by}"
    else:
        told = f"{status} in {papers} before" if papers else f"{status} before"
    return f"{told} ({papers})" if said.claimed_by and papers else told


def reserved(text: str, reserve: Reserve) -> str:
    said_by = _voices(reserve.said_by)
    voice = said_by if said_by and not is_named(said_by, text) else None
    paper = paper_of(reserve, text, PUBLISHED)
    if reserve.lowest:
        told = f"{hyphenless(reserve.status)} ({paper})" if paper else _by(reserve.status, voice)
        return f"{_capital(told)}: {text}"
    text = text.removesuffix(".")
    if said_by and tells_who(text, said_by, WAYS):
        return text
    if voice and text.endswith(f" ({hyphenless(reserve.status)})") and text.count("(") == 1:
        return f"{text.rpartition(' (')[0]} ({_by(reserve.status, voice)})"
    if says(text, reserve):
        return f"{text}, according to {voice or paper}" if voice or paper else text
    if paper and reserve.status not in PUBLISHED:
        return f"{text} ({hyphenless(reserve.status)}, {paper})"
    return f"{text} ({_by(reserve.status, voice or paper)})"


def _voices(names: str | None) -> str | None:
    """Up to two of them by name."""
    if names is None or names.count(", ") > 1:
        return None
    return names.replace(", ", " and ")


def _by(status: str, voice: str | None) -> str:
    """`reported by The Bell`, `rumour, The Bell`."""
    word = hyphenless(status)
    if voice is None:
        return word
    return f"{word} by {voice}" if word.endswith("ed") else f"{word}, {voice}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def disputed(said: Disagreement) -> str:
    return f"Sources disagree on {_matter(said)}"


def settled(said: Disagreement) -> str:
    if said.remaining > 0:
        return f"Fewer sources disagree on {_matter(said)}"
    return f"Sources no longer disagree on {_matter(said)}"


def _matter(said: Disagreement) -> str:
    """The entity and the fields; the entity alone where it is contradicted as such."""
    fields = listed([small(field) for field in said.fields])
    return f"{in_parent(said.label, said.parent)}{': ' if fields else ''}{fields}"


def otherwise(said: Disagreement) -> str:
    """`Sources disagree on Ada Rook in the Board: role chair` what others say."""
    on = (settled if isinstance(said, Settled) else disputed)(said._replace(fields=[]))
    return f"{on}: {_claims(said)}"


def rivals(said: Disagreement) -> str:
    """`Ada Rook in the Board: role chair`, where it is clear that somebody says so."""
    return f"{in_parent(said.label, said.parent)}: {_claims(said)}"


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
        f"{small(claim.field) + ', ' if several else ''}{claim.source or 'another source'}: "
        f"{words(claim.value)}"
        for claim in said.said
    ]
    return f"{listed(voices)}."


def reworded(said: Reworded) -> str:
    """`Red on the well now: …`; where the rest stays only what it says now, or no longer does."""
    subject = in_parent(said.label, said.parent)
    stance = said.issue is not MISSING
    if stance and isinstance(said.party, str):
        subject = f"{said.party} on {said.issue}"
    more, gone = beyond(said.before, said.after), beyond(said.after, said.before)
    if not stance and len(more or gone or said.after) > SHORT:
        return f"{subject}: {small(said.field)} is reworded"
    says = "" if stance else f" {'say' if is_plural(subject) else 'says'}"
    if more:
        return f"{subject} now also{says}: {more}"
    if gone:
        return f"{subject} no longer{says}: {gone}"
    old = said_before(said.before, said.after)
    before = f" Before: {old}" if old else ""
    return f"{subject} now: {said.after}{before}"
