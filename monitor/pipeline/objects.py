"""A fact's history and the positions as plain JSON, for the command line and for programs that ask
the pages: one shape for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.compare.history import FactValue
from monitor.compare.labels import EntityLabels
from monitor.compare.positions import Series
from monitor.kinds.kind import Kind
from monitor.model.authorship import Authorship, authorship_as_json
from monitor.model.quotation import Quotation
from monitor.report.inputs import plain


class PlaceNames:
    """Parties and issues in words."""

    def __init__(self, labels: EntityLabels, kind: Kind) -> None:
        self._labels = labels
        self._kind = kind

    def party(self, listed: str, identity: str) -> str:
        return self._name(listed, "party", identity)

    def issue(self, listed: str, identity: str) -> str:
        return self._name(listed, "issue", identity)

    def _name(self, listed: str, part: str, identity: str) -> str:
        collection = self._kind.collections[listed]
        field = collection.fields.get(getattr(collection.position, part))
        if field is None or field.ref is None:
            return identity
        return self._labels.ref(field.ref, identity)


def value_object(
    value: FactValue, author: Authorship | None, quotations: Sequence[Quotation] = ()
) -> dict[str, Any]:
    """One value that a fact has had; of a fact that was not there `value` is absent."""
    found: dict[str, Any] = {
        "as_of": value.version.as_of,
        "until": value.until,
        "learned_at": value.version.learned_at,
        "version": value.version.content_hash,
        "revision": value.version.revision,
        "present": value.present,
    }
    if value.present:
        found["value"] = value.value
    if author is not None:
        found["authorship"] = authorship_as_json(author)
    if quotations:
        found["quotations"] = [
            {"source": one.source, "quote": one.quote, "by": one.by, "at": one.at.isoformat()}
            for one in quotations
        ]
    return found | {
        "status": value.provenance.status,
        "said_by": value.provenance.said_by,
        "sources": list(value.provenance.sources),
        "disputed": [
            {"field": each.field, "value": each.value, "source": each.source_id}
            for each in value.disputed
        ],
    }


def positions_object(found: Series, names: PlaceNames) -> dict[str, Any]:
    """The series for charts: one point per version, null where there is none."""
    return {
        "as_ofs": list(found.as_ofs),
        "lines": [
            {
                "list": line.place[0],
                "party": line.place[1],
                "party_label": names.party(line.place[0], line.place[1]),
                "issue": line.place[2],
                "issue_label": names.issue(line.place[0], line.place[2]),
                "points": [plain(point) if point else None for point in line.points],
            }
            for line in found.lines
        ],
        "gaps": [plain(gap) for gap in found.gaps],
    }
