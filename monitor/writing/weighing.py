"""What of a placement the words of a quotation carry, and what to look at before it is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from monitor.kinds.kind import Collection
from monitor.model.record import replace
from monitor.writing.carrying import Carrying
from monitor.writing.facts import Fact
from monitor.writing.holding import hold
from monitor.writing.marks import Named
from monitor.writing.placing import Placement
from monitor.writing.quoted import Marked, Quoted
from monitor.writing.references import Level, references, speakers_of

Made: TypeAlias = Mapping[Named, str]
"""What entities are called that other proposals of an answer bring in."""


class Weighing:
    """Of one quotation. `known` are the facts of the state."""

    def __init__(self, marked: Marked, quoted: Quoted, known: Sequence[Fact], made: Made) -> None:
        self._marked = marked
        self._quoted = quoted
        self._facts = known
        self._made = made
        self._carrying = Carrying(marked, quoted)

    def unsaid(self, placement: Placement, at: Sequence[Level]) -> tuple[str, ...]:
        """The parts that the words do not carry: who, which value, how firm, by whom."""
        return tuple(dict.fromkeys(self._unsaid(placement, at)))

    def doubts(self, placement: Placement, at: Sequence[Level]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._doubts(placement, at)))

    def _unsaid(self, placement: Placement, at: Sequence[Level]) -> Iterator[str]:
        collection = at[-1].collection
        carried = False
        for level in at:
            missing = list(self._keys(level))
            yield from missing
            # A building or a day in the words is what the entry says.
            carried = not missing and level.is_own and "." in level.collection.path
        for name, value in placement.values.items():
            missing = list(self._value(collection, name, value))
            field = collection.fields.get(name)
            carried = carried or (not missing and (field is None or field.ref is None))
            yield from missing
        if not carried and not self._quoted.has_words(collection.title):
            # Names alone do not say how they belong together.
            yield collection.name
        if placement.status is not None and placement.status not in self._quoted.rungs:
            yield f"status: {placement.status}"
        for one in speakers_of(placement, collection):
            if one not in self._quoted.speaking:
                yield f"said by {one.key}"

    def _keys(self, level: Level) -> Iterator[str]:
        for name, key in level.key.items():
            one = _named(level, name, key)
            if one is None:
                yield from self._carrying.missing(level.collection, name, key)
            elif one in self._quoted.names or self._is_made(one):
                continue
            elif one in self._quoted.maybe:
                yield f"{key}: it may be another"
            elif not self._is_described(level):
                yield key

    def _value(self, collection: Collection, name: str, value: Any) -> Iterator[str]:
        field = collection.fields.get(name)
        if field is None or field.ref is None:
            yield from self._carrying.missing(collection, name, value)
            return
        for one in value if isinstance(value, list) else [value]:
            if not self._is_made(Named(field.ref, str(one))):
                yield from self._carrying.missing(collection, name, one)

    def _is_made(self, one: Named) -> bool:
        """Whether the words name an entity that another proposal brings in."""
        called = self._made.get(one)
        return called is not None and self._quoted.has_words(called)

    def _is_described(self, level: Level) -> bool:
        """Whether the words give the city and the days of a planned thing without its name."""
        if level.entry is None or level.collection.period is None:
            return False
        about = [one for one in self._facts if one.path == level.path]
        return any(
            fact in hold(one, [fact]).facts for fact in about for one in self._quoted.sentences
        )

    def _doubts(self, placement: Placement, at: Sequence[Level]) -> Iterator[str]:
        keys = [_named(level, name, key) for level in at for name, key in level.key.items()]
        for one in keys:
            if one is not None and one in self._quoted.heard:
                yield f"{one.key} is named only as who says so"
        for one in references(placement, at):
            if one in self._made:
                yield f"{one.key} is new in {one.collection}"
        texts = [str(value) for value in placement.values.values()]
        if self._quoted.negation and not any(map(self._marked.denies, texts)):
            yield f"the words say “{self._quoted.negation}”"
        if self._quoted.beside:
            yield f"its sentence also says “{self._quoted.beside}”"
        if len(self._quoted.sentences) > 1:
            yield f"its words are of {len(self._quoted.sentences)} sentences"
        elif not self._is_together(placement, at):
            yield "its parts stand in different parts of the sentence"
        yield from self._ends(placement, at[-1].collection)

    def _is_together(self, placement: Placement, at: Sequence[Level]) -> bool:
        """Whether one clause carries what the whole sentence does, names and values."""
        plain = replace(placement, status=None, said_by=())
        clauses = self._marked.clauses(self._quoted.place)
        if len(clauses) < 2 or self.unsaid(plain, at):
            return True
        return any(
            not Weighing(self._marked, self._marked.quoted(one), self._facts, self._made).unsaid(
                plain, at
            )
            for one in clauses
        )

    def _ends(self, placement: Placement, collection: Collection) -> Iterator[str]:
        """A day of which the words say that it is the other end."""
        period = collection.period
        if (
            period is None
            or not period.end
            or any("/" in (d.edtf or "") for d in self._quoted.dates)
        ):
            return
        said = {
            name: self._marked.says_end(self._quoted.text, is_end=name == period.end)
            or self._quoted.has_words(name)
            for name in (period.start, period.end)
        }
        for name, other in ((period.start, period.end), (period.end, period.start)):
            alone = name in placement.values and other not in placement.values
            if alone and said[other] and not said[name]:
                yield f"{name}: the words speak of its {other}"


def _named(level: Level, name: str, key: str) -> Named | None:
    """The entity that a part of a key is; None where it is a value, as a day or a building."""
    field = level.collection.fields.get(name)
    if field is not None and field.ref is not None:
        return Named(field.ref, key)
    if level.is_own and "." not in level.collection.path:
        return Named(level.collection.path, key)
    return None
