"""Placements as lines of a draft: `delegations[red]: {size: 6, status: confirmed}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_flow
from monitor.kinds.addressing import is_open, path_fault
from monitor.kinds.kind import Collection, Kind, ProvenanceFields
from monitor.kinds.partial import REMOVED
from monitor.kinds.validation import validate
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple
from monitor.writing.facts import Fact
from monitor.writing.ladders import PLAIN, ladder_of_list
from monitor.writing.option import UNWRITTEN, Option
from monitor.writing.placing import Placement, collection_of, partial_of
from monitor.writing.shorthand import expanded, shortened
from monitor.writing.wanting import Wanting

_NOTHING: Final = ProvenanceFields()

ABOVE: Final = "^"
"""Stands for the words of the sentence above, as a value."""

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_KEYED: Final = rf'(?:{_QUOTED}|[^\s.:\[\]"#]+)\[(?:{_QUOTED}|[^\]\["])*\]'
PATH: Final = rf"{_KEYED}(?:\.{_KEYED})*"
LINE: Final = regex(rf"(?P<path>{PATH})(?P<field>(?:\.[\w-]+)*):(?P<rest>(?:\s.*)?)")
"""A placement: an entry, perhaps one field of it, and its values."""


class Mark(NamedTuple):
    """What stands over the lines of a sentence: the publication, the number of the sentence in the
    article, the rung that its words show, the day on which it was said, who says it, where they
    tell; and its words."""

    source: str
    number: int
    rung: str | None = None
    day: str | None = None
    speaker: str | None = None
    words: str = ""


class _Voice(NamedTuple):
    """Who says so, as a line has it."""

    status: Any
    said_by: Any
    day: Any
    sources: Any


class Lines:
    """Reads and writes them; of one kind and one state."""

    def __init__(self, kind: Kind, known: Mapping[str, Fact]) -> None:
        self._kind = kind
        self._known = known
        self._wanting = Wanting(kind)
        self.cited: set[str] = set()
        """The entries of which the draft itself says who says so."""
        self._cites = any(one.source is not None for one in kind.collections.values())

    def of_option(self, option: Option) -> str:
        """The line that is read as just this placement, under the mark of its sentence."""
        return self.written(option.placement, option.missing)

    def written(self, one: Placement, missing: tuple[str, ...] = ()) -> str:
        collection = collection_of(one.path, self._kind)
        fields = collection.provenance or _NOTHING
        values = {name: self._short(name, value, one.path) for name, value in one.values.items()}
        keys = {name for names in collection.keys for name in names}
        values |= {name: UNWRITTEN for name in missing if name not in keys}
        if fields.firmness and one.status is not None:
            values[fields.firmness] = one.status
        if fields.said_by and one.said_by:
            said_by = self._short(fields.said_by, list(one.said_by), one.path)
            values[fields.said_by] = said_by
        return f"{one.path}: {write_flow(values)}"

    def missing(self, one: Placement) -> tuple[str, ...]:
        """What its kind wants of somebody new and it does not say."""
        collection = collection_of(one.path, self._kind)
        fields = collection.provenance or _NOTHING
        told: set[str | None] = {*one.values, *collection.keys[0]}
        told |= {fields.firmness} if one.status else set()
        told |= {fields.sources} if one.sources else set()
        return tuple(name for name in self._wanting.required(collection) if name not in told)

    def choices(self, path: str, name: str) -> tuple[str, ...]:
        """The words that a field can have; () for any."""
        field = collection_of(path, self._kind).fields.get(name)
        return () if field is None or field.quantity is not None else field.choices

    def read(self, text: str, mark: Mark | None) -> Placement:
        """What a line says, its source and how firm it is attached to it from the mark.

        Raises ValueError with what is wrong.
        """
        found = LINE.fullmatch(text.partition("\n")[0])
        if found is None:
            raise ValueError("write such as list[key]: {field: value}")
        path, field = found["path"], found["field"].removeprefix(".")
        if wrong := path_fault(path, self._kind) or self._field_fault(path, field):
            raise ValueError(wrong)
        value = _value(found["rest"] + text[found.end() :])
        body = {field: value} if field else {} if value is None else value
        if not isinstance(body, dict):
            raise ValueError(f"{path}: write its fields in braces, such as {{name: value}}")
        placement = self._placement(path, body, mark)
        if unwritten := _unwritten(path, body):
            raise ValueError(f"{path}: {unwritten} is still to be written")
        faults = validate(partial_of([placement], self._kind), self._kind, partial=True)
        if faults:
            raise ValueError(f"{path}: {faults[0].message}")
        return placement

    def _field_fault(self, path: str, field: str) -> str | None:
        """Of a kind that says all fields that there may be."""
        if not field or self._kind.inferred or is_open(f"{path}.{field}", self._kind):
            return None
        return path_fault(f"{path}.{field}", self._kind)

    def _placement(self, path: str, body: dict[str, Any], mark: Mark | None) -> Placement:
        if body.get(REMOVED) is True:
            return Placement(path=path, removed=True)
        collection = collection_of(path, self._kind)
        words = mark.words if mark is not None else ""
        values = {name: self._long(name, _said(value, words), path) for name, value in body.items()}
        own, voice = _voice(values, collection.provenance or _NOTHING)
        if not self._wanting.is_cited(collection, values):
            mark = None
        if mark is not None and own and not voice.said_by and mark.speaker is None:
            own |= self._unsaid(path, collection, own)
        status = voice.status or self._status(path, own, collection, mark)
        told = mark if status is not None else None
        return Placement(
            path=path,
            values=own,
            status=status,
            said_by=_names(voice.said_by) or self._speaker(collection, own, told),
            day=voice.day or self._day(collection, told),
            sources=_names(voice.sources) or self._sources(path, own, collection, mark),
        )

    def _day(self, collection: Collection, mark: Mark | None) -> str | None:
        return mark.day if mark is not None and (collection.provenance or _NOTHING).day else None

    def _status(
        self, path: str, values: Mapping[str, Any], collection: Collection, mark: Mark | None
    ) -> str | None:
        """Of the sentence's words; what is new is as firm as an article without such words."""
        if mark is None:
            return None
        ladder = ladder_of_list(collection)
        if mark.rung in ladder:
            return mark.rung
        is_new = bool(values) or path not in {*self._known, *self.cited}
        return PLAIN if is_new and PLAIN in ladder else None

    def _unsaid(
        self, path: str, collection: Collection, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Who said what was there says nothing of what takes its place; once the draft itself says
        who says it, that stays."""
        name = (collection.provenance or _NOTHING).said_by
        is_told = name is None or name in values or path in self.cited
        if is_told or name is None or not self._ours(name, path):
            return {}
        return {name: None}

    def _speaker(
        self, collection: Collection, values: Mapping[str, Any], mark: Mark | None
    ) -> tuple[str, ...]:
        """Who says the sentence, unless the line says that nobody does."""
        fields = collection.provenance or _NOTHING
        if mark is None or mark.speaker is None or fields.said_by in {None, *values}:
            return ()
        return (mark.speaker,)

    def _sources(
        self, path: str, values: Mapping[str, Any], collection: Collection, mark: Mark | None
    ) -> tuple[str, ...]:
        """The article; where nothing else is said of what we have, beside those that we have."""
        fields = collection.provenance or _NOTHING
        if mark is None or not self._cites or fields.sources in {None, *values}:
            return ()
        ours = self._known[path].entry.get(fields.sources or "") if path in self._known else None
        known = _names(ours) if not values and path not in self.cited else ()
        return tuple(dict.fromkeys((*known, mark.source)))

    def _ours(self, name: str, path: str) -> Any:
        return self._known[path].entry.get(name) if path in self._known else None

    def _short(self, name: str, value: Any, path: str) -> Any:
        field = collection_of(path, self._kind).fields.get(name)
        return value if field is None else shortened(value, field, self._ours(name, path))

    def _long(self, name: str, value: Any, path: str) -> Any:
        field = collection_of(path, self._kind).fields.get(name)
        if field is None or value == UNWRITTEN:
            return value
        return expanded(value, field, self._ours(name, path))


def _voice(values: Mapping[str, Any], fields: ProvenanceFields) -> tuple[dict[str, Any], _Voice]:
    """The values without those that say who says so; what is cleared there is a value."""
    given = {field: values[field] for field in fields if field is not None and field in values}
    said = {field: value for field, value in given.items() if value is not None}
    own = {name: value for name, value in values.items() if name not in said}
    return own, _Voice(
        status=said.get(fields.firmness or ""),
        said_by=said.get(fields.said_by or ""),
        day=said.get(fields.day or ""),
        sources=said.get(fields.sources or ""),
    )


def _said(value: Any, words: str) -> Any:
    return words if value == ABOVE and words else value


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


def _value(text: str) -> Any:
    document = read_document(f"v:{text}\n".encode(), name="draft").document
    if not isinstance(document, dict) or document.keys() != {"v"}:
        raise ValueError("write one entry a line, its fields in braces")
    return document["v"]


def _unwritten(path: str, body: Mapping[str, Any]) -> str | None:
    if UNWRITTEN in path:
        return "a part of its key"
    return next((name for name, value in body.items() if value == UNWRITTEN), None)
