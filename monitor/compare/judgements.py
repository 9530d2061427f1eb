"""What a person has decided about identity: two entities are the same, or are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`left` and `right` are ids within `collection`, in either order.

    `verdict` is `same-as` or `not-same`. Whoever keeps judgements keeps their dates, and passes
    on those that hold; a comparison made again reads old versions through them.
    """

    collection: str
    left: str
    right: str
    verdict: str


class Judged:
    """Judgements asked for a pair at a time; of several on one pair the last one holds."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._verdicts = {
            (judgement.collection, frozenset((judgement.left, judgement.right))): judgement.verdict
            for judgement in judgements
        }

    def same(self, collection: str, left: str, right: str) -> bool | None:
        """True or False where a person decided, else None."""
        verdict = self._verdicts.get((collection, frozenset((left, right))))
        return None if verdict is None else verdict == "same-as"
