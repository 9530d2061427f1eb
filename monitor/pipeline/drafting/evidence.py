"""The words that published values rest on, beside the content and never compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from monitor.compare.history import FactValue
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Document, Json, State
from monitor.model.paths import read_place
from monitor.model.quotation import Quotation, quotations_of
from monitor.pipeline.drafting.written import placement_of
from monitor.store.records import Evidence
from monitor.store.store import Families


def quotations(store: Families, situation: str, *, drafted: bool = False) -> tuple[Quotation, ...]:
    """Of what was published of a situation, the oldest first; `drafted`: of its open draft too."""
    known = store.placings.evidence(situation, drafted=drafted)
    return tuple(each for one in known for each in _of(one))


def _of(one: Evidence) -> Iterator[Quotation]:
    placement = placement_of(one.placement)
    if one.article.source is None:
        return
    yield Quotation(
        path=placement.path,
        values=placement.values,
        removed=placement.removed,
        source=one.article.source,
        quote=one.quote,
        article=one.article.id,
        first=one.first,
        last=one.last,
        by=one.decided_by,
        at=one.decided_at,
        how=one.how,
    )


class Words:
    """What the values of facts rest on, over the states of a situation."""

    def __init__(self, known: Sequence[Quotation], states: Sequence[State], kind: Kind) -> None:
        self._known = known
        self._states = states
        self._kind = kind

    def under(self, path: str, value: FactValue) -> tuple[Quotation, ...]:
        found = quotations_of(self._known, path, value.provenance.sources)
        states = (one for one in self._states if found and one.ref == value.version)
        return tuple(each for one in states for each in upheld(found, one.document, self._kind))


def upheld(known: Iterable[Quotation], document: Document, kind: Kind) -> tuple[Quotation, ...]:
    """Those whose values are still what a document says: a fact that was written anew by hand may
    cite the same publication, and rests on its old words no more."""
    entries = _Entries(document, kind)
    return tuple(one for one in known if _holds(one, entries.at(one.path)))


def _holds(one: Quotation, entry: Json) -> bool:
    if one.removed or entry is None:
        return one.removed and entry is None
    return _says(entry, one.values)


class _Entries:
    """Finds many entries of a document by their paths."""

    def __init__(self, document: Document, kind: Kind) -> None:
        self._document = document
        self._kind = kind
        self._known: dict[tuple[int, tuple[str, ...]], dict[tuple[str, ...], Json]] = {}

    def at(self, path: str) -> Json:
        """None where there is none."""
        found: Json = self._document
        below = ""
        for step in read_place(path) or ():
            below = f"{below}.{step.name}" if below else step.name
            entries, collection = get(found, step.name), self._kind.collections.get(below)
            if collection is None or not isinstance(entries, list):
                return None
            found = self._named(entries, step.key or (), collection)
        return found

    def _named(self, entries: list[Json], key: tuple[str, ...], collection: Collection) -> Json:
        for names in collection.keys:
            if len(names) == len(key):
                by_key = self._known.setdefault((id(entries), names), {})
                if not by_key:
                    by_key |= {tuple(str(get(one, name)) for name in names): one for one in entries}
                if (found := by_key.get(key)) is not None:
                    return found
        return None


def _says(there: Json, written: Any) -> bool:
    """Whether a value says all that was written, and perhaps more."""
    if isinstance(written, Mapping):
        return all(_says(get(there, name), value) for name, value in written.items())
    if isinstance(written, list):
        each = there if isinstance(there, list) else []
        return all(any(_says(one, value) for one in each) for value in written)
    return there is MISSING if written is None else same(there, written)
