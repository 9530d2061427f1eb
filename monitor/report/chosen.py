"""What of a comparison is shown: by significance and by list. A finding is never split."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import Change, Comparison, Finding, Remark, Significance
from monitor.model.paths import Place, change_place, lies_under, read_place
from monitor.model.tuples import NamedTuple


class Chosen(NamedTuple):
    """The findings and remarks that pass the filters, in the comparison's order."""

    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]


def choose(comparison: Comparison, minimum: Significance, only: Sequence[str]) -> Chosen:
    """A finding passes when it is strong enough and touches one of the paths, if any is named."""
    places = {change.id: _place(change) for change in comparison.changes} if only else {}
    wanted = [place for place in map(read_place, only) if place is not None]

    def passes(told: Finding | Remark, changes: Sequence[str]) -> bool:
        if told.significance < minimum:
            return False
        touched = [places[each] for each in changes if each in places]
        return not only or _touches([*_listed(told), *touched], wanted)

    return Chosen(
        findings=tuple(each for each in comparison.findings if passes(each, each.changes)),
        remarks=tuple(each for each in comparison.remarks if passes(each, each.about)),
    )


def _place(change: Change) -> Place:
    return change_place(change.collection, change.key, change.field)


def _listed(told: Finding | Remark) -> list[Place]:
    paths = (told.collection, told.path) if isinstance(told, Finding) else (told.collection,)
    return [place for place in map(read_place, paths) if place is not None]


def _touches(places: Sequence[Place], wanted: Sequence[Place]) -> bool:
    return any(lies_under(place, above) for place in places for above in wanted)
