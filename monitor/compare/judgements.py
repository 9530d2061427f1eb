"""What a person has decided about identity: two entities are the same, or are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from monitor.model.tuples import NamedTuple


class Judgement(NamedTuple):
    """`left` and `right` are ids within `collection`, in either order.

    `verdict` is `same-as` or `not-same`. Whoever keeps judgements keeps their dates, and passes
    on those that hold; a comparison made again reads old versions through them.
    """

    collection: str
    left: str
    right: str
    verdict: str


class Verdicts:
    """Judgements asked for a pair at a time; of several on one pair the last one holds."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._same: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
        for judgement in judgements:
            same = judgement.verdict == "same-as"
            self._same[judgement.collection, judgement.left][judgement.right] = same
            self._same[judgement.collection, judgement.right][judgement.left] = same

    def same(self, collection: str, left: str, right: str) -> bool | None:
        """True or False where a person decided, else None."""
        return self._same.get((collection, left), {}).get(right)

    def same_as(self, collection: str, identity: str) -> list[str]:
        """The ids that were judged to be the same as this one."""
        known = self._same.get((collection, identity), {})
        return [other for other, same in known.items() if same]
