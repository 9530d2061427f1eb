"""What other rules say of the entity that a sentence is about, where the sentence tells it too."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.said import Beside, Claim, Firmed, PositionMove, Reserve, Reworded
from monitor.model.tuples import NamedTuple
from monitor.words.clauses import first_hand


def also_moved(said: PositionMove, beside: Beside) -> PositionMove | None:
    """The other of a stance's word and number, where both moved."""
    for each in beside.also:
        other = each.said
        if not isinstance(other, PositionMove) or isinstance(other, Reworded):
            continue
        if said.label.endswith(other.label) and other.field != said.field:
            return other
    return None


class Rival(NamedTuple):
    """What one source says, with its field where that is needed, and in brackets what is told."""

    value: str
    stands: str


def names_of(claims: Sequence[Claim], another: str) -> list[str]:
    """Who had first what these claims say, each once; nobody for one of no name."""
    papers = [claim.paper for claim in claims if claim.paper != ""]
    return list(dict.fromkeys(first_hand(p) if isinstance(p, str) else another for p in papers))


def is_named(who: str, text: str) -> bool:
    """Whether the text names who says so: as written, or a person by the last word of her name.
    `the minister of Red` is not named where Red is."""
    return who in text or (who[:1].isupper() and who.rsplit(maxsplit=1)[-1] in text)


def paper_of(reserve: Reserve, text: str, published: Sequence[str]) -> str | None:
    """Who published what nobody is known to say, where the text does not name it. A status of
    those `published` is the paper's own, though one who says so is named in the text."""
    named = reserve.said_by is not None
    if not reserve.papers or (named and reserve.status not in published):
        return None
    if reserve.said_by is not None and not is_named(reserve.said_by, text):
        return None
    paper = first_hand(reserve.papers[0])
    return None if paper in text else paper


def firmer_than(said: PositionMove, beside: Beside) -> str:
    """The status under which a number was told that is firmer now; empty where it is not."""
    for each in beside.also:
        other = each.said
        if isinstance(other, Firmed) and said.label.endswith(other.label):
            return other.before
    return ""
