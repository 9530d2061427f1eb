"""YAML read exactly: PyYAML's events, our own meaning, a line and column for every value.

Only libyaml's view of where a scalar begins and ends is used; what it means is decided in
`yaml_scalars.py`. Slow, and the judge of what is YAML here.
"""

from __future__ import annotations

from typing import Any

import yaml

from monitor.collect.exact import DocumentBuilder, Mark, Marks
from monitor.collect.limits import Limits
from monitor.collect.yaml_scalars import NotFinite, resolve_plain
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json

# PyYAML built without libyaml has the same events, more slowly.
_Parser: Any = getattr(yaml, "CParser", yaml.Loader)


def read_yaml(text: str, *, name: str, limits: Limits) -> tuple[Json, Marks]:
    """The one document in `text` and where its values begin. Raises SnapshotRefused.

    `text` holds only characters that YAML allows, and its lines end in LF.
    """
    reader = _Reader(text, name, limits)
    return reader.read(), reader.build.marks


class _Reader:
    def __init__(self, text: str, name: str, limits: Limits) -> None:
        self.build = DocumentBuilder(name, limits)
        self._parser = _Parser(text)
        self._anchors: dict[str, Json] = {}

    def read(self) -> Json:
        self._expect(yaml.StreamStartEvent)
        if isinstance(self._next(peek=True), yaml.StreamEndEvent):
            raise self.build.refuse("there is nothing in it", (1, 1))
        start = self._next()
        if start.version or start.tags:
            raise self.build.refuse("directives are not read; leave out %", _mark(start))
        document = self._value(self._next(), ())
        self._expect(yaml.DocumentEndEvent)
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.build.refuse("a second document; write one per file", _mark(after))
        return document

    def _value(self, event: Any, path: tuple[str | int, ...]) -> Json:
        mark = _mark(event)
        self.build.marks.setdefault(path, mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark)
        if event.tag is not None:
            raise self.build.refuse(f"the tag {event.tag}; tags are not read", mark)
        self.build.count(mark)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.build.deeper(path, mark)
            value = self._sequence(path)
        else:
            self.build.deeper(path, mark)
            value = self._mapping(path)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value

    def _alias(self, event: Any, mark: Mark) -> Json:
        self.build.alias(mark)
        if event.anchor not in self._anchors:
            raise self.build.refuse(f"*{event.anchor} names nothing written before it", mark)
        value = self._anchors[event.anchor]
        self.build.repeat(value, mark)
        return value

    def _scalar(self, event: Any, mark: Mark) -> Json:
        if event.style:  # quoted or a block: text, whatever it looks like
            return self.build.text(event.value, mark)
        try:
            value = resolve_plain(event.value)
        except NotFinite:
            raise self.build.refuse(f"{event.value} is not a number that JSON has", mark) from None
        if isinstance(value, int | float):
            return self.build.number(value, mark)
        return value

    def _sequence(self, path: tuple[str | int, ...]) -> list[Json]:
        result: list[Json] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Json]:
        result: dict[str, Json] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name = self._name(event)
            mark = _mark(event)
            if name in result:
                first = self.build.marks[(*path, name)][0]
                raise self.build.refuse(f"{name} stands twice, first in line {first}", mark)
            self.build.marks[(*path, name)] = mark
            result[name] = self._value(self._next(), (*path, name))
        return result

    def _name(self, event: Any) -> str:
        mark = _mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.build.refuse("a name that is not text", mark)
        if event.tag is not None:
            raise self.build.refuse(f"the tag {event.tag}; tags are not read", mark)
        if event.value == "<<" and not event.style:
            raise self.build.refuse("<< is not part of YAML 1.2; write the fields out", mark)
        self.build.count(mark)
        name = self._scalar(event, mark)
        if not isinstance(name, str):
            shown = event.value or "nothing"
            raise self.build.refuse(f"the name {shown} is not text; put it in quotes", mark)
        if event.anchor is not None:
            self._anchors[event.anchor] = name
        return name

    def _expect(self, kind: type) -> None:
        event = self._next()
        assert isinstance(event, kind), event

    def _next(self, *, peek: bool = False) -> Any:
        try:
            return self._parser.peek_event() if peek else self._parser.get_event()
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> SnapshotRefused:
        at = error.problem_mark or error.context_mark
        mark = (at.line + 1, at.column + 1) if at else (1, 1)
        if "'\\t'" in str(error.problem):
            return self.build.refuse("a tab where YAML allows only spaces", mark)
        context = f" ({error.context})" if error.context else ""
        return self.build.refuse(f"not YAML: {error.problem}{context}", mark)


def _mark(event: Any) -> Mark:
    return (event.start_mark.line + 1, event.start_mark.column + 1)
