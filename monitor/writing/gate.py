"""What stands between a model and a person: nothing that an article does not say passes.

A model proposes relations. Its words are data, never orders: what it names is looked up, what it
quotes is searched for letter by letter, and nothing of it is accepted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from monitor.kinds.addressing import path_fault
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.validation import validate
from monitor.model.edtf import bounds
from monitor.model.paths import read_place
from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.writing.marking import Reader, mark
from monitor.writing.marks import Named, Place, Sentence
from monitor.writing.placing import Placement, partial_of

_SPACE: Final = regex(r"\s+")


class Proposal(Record):
    """What a model says that an article says."""

    placement: Placement
    quote: str


class Shown(Record):
    """A proposal that a person is asked about. `unsaid` are the parts that its quotation does not
    carry: they may be right, but not by these words."""

    proposal: Proposal
    place: Place
    unsaid: tuple[str, ...] = ()


class Folded(Record):
    """A proposal that is only counted, and shown when asked for: why it cannot be right."""

    proposal: Proposal
    reason: str


class Gate:
    """Of one article and one state; asked proposal by proposal."""

    def __init__(self, text: str, kind: Kind, state: Mapping[str, Any], reader: Reader) -> None:
        self._text, self._places = _folded(text)
        self._kind = kind
        self._reader = reader
        self._ids = frozenset(_ids(kind, state))

    def judge(self, proposal: Proposal) -> Shown | Folded:
        place = self._find(proposal.quote)
        if place is None:
            return Folded(proposal=proposal, reason="no such words in the article")
        if reason := self._fault(proposal.placement):
            return Folded(proposal=proposal, reason=reason)
        said = mark(proposal.quote, None, self._reader)
        unsaid = tuple(dict.fromkeys(self._unsaid(proposal.placement, proposal.quote, said)))
        return Shown(proposal=proposal, place=place, unsaid=unsaid)

    def _find(self, quote: str) -> Place | None:
        """Where the words stand, white space apart; an empty quotation stands nowhere."""
        wanted = _SPACE.sub(" ", quote).strip()
        at = self._text.find(wanted) if wanted else -1
        if at < 0:
            return None
        return Place(self._places[at], self._places[at + len(wanted) - 1] + 1)

    def _fault(self, placement: Placement) -> str | None:
        if wrong := path_fault(placement.path, self._kind):
            return wrong
        try:
            document = partial_of([placement], self._kind)
        except ValueError as error:
            return str(error)
        for one in _references(placement, self._kind):
            if one not in self._ids:
                return f"no {one.key!r} in {one.collection}"
        faults = validate(document, self._kind, partial=True)
        return faults[0].message if faults else None

    def _unsaid(
        self, placement: Placement, quote: str, said: tuple[Sentence, ...]
    ) -> Iterator[str]:
        named = {each for one in said for name in one.names for each in name.entities}
        for one in _references(placement, self._kind):
            if one in self._ids and one not in named and self._is_named(one.collection):
                yield one.key
        for name, value in placement.values.items():
            if not _carries(quote, said, value, named):
                yield f"{name}: {value}"

    def _is_named(self, collection: str) -> bool:
        return (
            collection in self._kind.collections
            and self._kind.collections[collection].source is None
        )


def _carries(quote: str, said: tuple[Sentence, ...], value: Any, named: set[Named]) -> bool:
    """Whether the words of a value stand in a quotation: its digits, its date, its name."""
    if isinstance(value, Mapping):
        amounts = [one for one in value.values() if isinstance(one, int | float)]
        return all(_carries(quote, said, one, named) for one in amounts)
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int | float):
        return any(_decimal(value) in (one.low, one.high) for each in said for one in each.numbers)
    text = str(value)
    if any(one.key == text for one in named) or text.casefold() in quote.casefold():
        return True
    day = bounds(text)
    return day is not None and any(
        bounds(one.edtf) == day for each in said for one in each.dates if one.edtf
    )


def _decimal(value: float) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _references(placement: Placement, kind: Kind) -> Iterator[Named]:
    """The entities that a placement refers to, by the keys of its path and by its values."""
    collection = kind.collections[""]
    for step in read_place(placement.path) or ():
        below = f"{collection.path}.{step.name}" if collection.path else step.name
        if below not in kind.collections:
            return
        collection = kind.collections[below]
        for names in collection.keys:
            if step.key is not None and len(names) == len(step.key):
                yield from _refer(collection, dict(zip(names, step.key, strict=True)))
    yield from _refer(collection, placement.values)
    if collection.provenance is not None and collection.provenance.said_by:
        yield from _refer(collection, {collection.provenance.said_by: list(placement.said_by)})


def _refer(collection: Collection, values: Mapping[str, Any]) -> Iterator[Named]:
    for name, value in values.items():
        field = collection.fields.get(name)
        if field is not None and field.ref is not None:
            for one in value if isinstance(value, list) else [value]:
                yield Named(field.ref, str(one))


def _ids(kind: Kind, state: Mapping[str, Any]) -> Iterator[Named]:
    for collection in kind.collections.values():
        if not collection.path or "." in collection.path or not collection.keys:
            continue
        for entry in state.get(collection.path) or ():
            if isinstance(entry, Mapping) and len(collection.keys[0]) == 1:
                yield Named(collection.path, str(entry.get(collection.keys[0][0])))


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """With single spaces, and where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        plain = " " if letter.isspace() else letter
        if plain == " " and letters[-1:] == [" "]:
            continue
        letters.append(plain)
        places.append(at)
    return "".join(letters), tuple(places)
