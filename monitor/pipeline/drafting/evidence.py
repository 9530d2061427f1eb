"""The words that published values rest on, beside the content and never compared with it."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model.quotation import Quotation
from monitor.pipeline.drafting.written import placement_of
from monitor.store.records import Evidence
from monitor.store.store import Families


def quotations(store: Families, situation: str) -> tuple[Quotation, ...]:
    """Of what was published of a situation, the oldest first: one for each publication of each."""
    return tuple(each for one in store.placings.evidence(situation) for each in _of(one))


def _of(one: Evidence) -> Iterator[Quotation]:
    placement = placement_of(one.placement)
    if one.article.source is None:
        return
    yield Quotation(
        path=placement.path,
        fields=tuple(placement.values),
        source=one.article.source,
        quote=one.quote,
        article=one.article.id,
        first=one.first,
        last=one.last,
        by=one.decided_by,
        at=one.decided_at,
        how=one.how,
    )
