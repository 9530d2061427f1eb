"""Ukrainian: what a finding or remark says in words; the type checker names a shape without any."""

from __future__ import annotations

from typing import assert_never

from monitor.model.said import (
    Added,
    AlikeChanged,
    Beside,
    BroughtForward,
    Cancelled,
    Churned,
    Converged,
    Corrected,
    DateLoosened,
    DateSet,
    Denied,
    Disagreement,
    Disputed,
    Diverged,
    EachChanged,
    Emptied,
    Everywhere,
    Exchanged,
    Extended,
    FieldChanged,
    FieldsChanged,
    Firmed,
    Hardened,
    Joined,
    KindChanged,
    Lapsed,
    Left,
    ManyAdded,
    ManyMoved,
    ManyRemoved,
    Memberships,
    Moved,
    NameChanged,
    Narrowed,
    Observed,
    Overlap,
    Reassigned,
    Recomposed,
    Rekeyed,
    Removed,
    Renewed,
    Renumbered,
    Reordered,
    Replaced,
    Respelled,
    Returned,
    Retyped,
    Reused,
    Reversed,
    Reworded,
    RoleChanged,
    Said,
    SameField,
    SameName,
    Settled,
    Shifted,
    Shortened,
    Slipped,
    Softened,
    SpanChanged,
    StanceShifted,
    Succeeded,
    Swapped,
    TookPlace,
    Weakened,
    Widened,
)
from monitor.words.uk import (
    claims,
    corrections,
    entries,
    held,
    ids,
    many,
    membership,
    plans,
    remarks,
)
from monitor.words.uk.below import below as told_below
from monitor.words.uk.claims import reserved
from monitor.words.uk.grammar import followed
from monitor.words.uk.rivals import gives, rival, says, verb
from monitor.words.uk.shorts import short

__all__ = [
    "aside",
    "below",
    "corrected",
    "correction",
    "followed",
    "gives",
    "lines",
    "remark",
    "reserved",
    "rival",
    "rivals",
    "says",
    "sentence",
    "short",
    "verb",
]


# One row per shape: a table that the type checker reads, not branches to follow.
def sentence(said: Said, beside: Beside) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915
    match said:
        case Emptied():
            return many.emptied(said)
        case Rekeyed():
            return many.rekeyed(said)
        case Renumbered():
            return many.renumbered(said)
        case NameChanged():
            return many.name_changed(said)
        case Respelled():
            return many.respelled(said)
        case Everywhere():
            return many.everywhere(said)
        case Churned():
            return many.churned(said)
        case Exchanged():
            return many.exchanged(said)
        case SameName():
            return many.same_name(said)
        case SameField():
            return many.same_field(said)
        case Retyped():
            return ids.retyped(said)
        case Reused():
            return ids.reused(said)
        case Swapped():
            return ids.swapped(said)
        case Reassigned():
            return ids.reassigned(said)
        case Replaced():
            return membership.replaced(said)
        case Moved():
            return membership.moved(said)
        case ManyMoved():
            return membership.many_moved(said)
        case Recomposed():
            return membership.recomposed(said)
        case RoleChanged():
            return membership.role_changed(said)
        case Joined():
            return membership.joined(said)
        case Left():
            return membership.left(said)
        case Succeeded():
            return membership.succeeded(said)
        case Memberships():
            return membership.memberships(said)
        case Cancelled():
            return plans.cancelled(said)
        case TookPlace():
            return plans.took_place(said, beside)
        case Slipped():
            return plans.slipped(said, beside)
        case BroughtForward():
            return plans.brought_forward(said, beside)
        case DateSet():
            return plans.date_set(said, beside)
        case DateLoosened():
            return plans.date_loosened(said, beside)
        case Extended():
            return plans.extended(said)
        case Shortened():
            return plans.shortened(said)
        case Widened() | Narrowed() | Shifted() | Hardened() | Softened() | StanceShifted():
            return claims.moves(said, beside)
        case Firmed():
            return claims.firmed(said, beside)
        case Weakened():
            return claims.weakened(said)
        case Denied():
            return claims.denied(said)
        case Disputed():
            return claims.disputed(said)
        case Settled():
            return claims.settled(said)
        case Reworded():
            return claims.reworded(said)
        case Added():
            return entries.added(said, beside)
        case Removed():
            return entries.removed(said)
        case ManyAdded():
            return entries.many_added(said, beside)
        case ManyRemoved():
            return entries.many_removed(said, beside)
        case FieldChanged():
            return entries.field_changed(said, beside)
        case FieldsChanged():
            return entries.fields_changed(said, beside)
        case SpanChanged():
            return entries.span_changed(said)
        case EachChanged():
            return many.each_changed(said)
        case AlikeChanged():
            return entries.alike_changed(said)
        case Renewed():
            return entries.renewed(said, beside)
        case Reordered():
            return entries.reordered(said)
        case _:
            assert_never(said)


def below(said: Said, beside: Beside) -> str:
    match said:
        case Added() | ManyAdded() | Removed() | ManyRemoved():
            return told_below(said, beside) or sentence(said, beside)
        case _:
            return sentence(said, beside)


def rivals(said: Disagreement) -> str:
    return claims.rivals(said)


def correction(said: Said, beside: Beside) -> str:
    return corrections.put_right(said) or corrections.corrected(sentence(said, beside))


def corrected(text: str, before: str = "") -> str:
    return corrections.corrected(text, before)


def aside(said: Said, beside: Beside) -> str:  # noqa: PLR0911
    """What stands beside the sentence; most have nothing."""
    match said:
        case Rekeyed():
            return many.after_rekeyed(said)
        case Reused() | Reassigned():
            return ids.beside(said)
        case Replaced():
            return membership.after_replaced(said)
        case Joined():
            return membership.after_joined(said)
        case Left():
            return membership.after_left(said)
        case Denied():
            return said.text or ""
        case Disputed() | Settled():
            return claims.claimed(said)
        case Added() | ManyAdded():
            return entries.after_added(said, beside)
        case Removed():
            return held.members(beside)
        case _:
            return ""


def lines(said: Said) -> list[str]:
    """What a sentence does not hold, in full; most have nothing."""
    return membership.everybody(said) if isinstance(said, Recomposed) else []


def remark(said: Observed) -> str:  # noqa: PLR0911
    match said:
        case Converged():
            return remarks.closer(said)
        case Diverged():
            return remarks.further(said)
        case Overlap():
            return remarks.overlap(said)
        case Reversed():
            return remarks.reversed(said)
        case Returned():
            return remarks.returned(said)
        case Corrected():
            return remarks.corrected(said)
        case Lapsed():
            return remarks.lapsed(said)
        case KindChanged():
            return remarks.kind_changed(said)
        case _:
            assert_never(said)
