"""Checking a document against its kind: the schema, then what a schema cannot tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import jsonschema_rs

from monitor.kinds.faults import Fault, Path
from monitor.kinds.identity import identity_faults
from monitor.kinds.kind import ENVELOPE, Kind
from monitor.kinds.partial import REMOVED, as_schema, unmarked
from monitor.kinds.schema import Schema
from monitor.kinds.speaking import Speaking
from monitor.model.comparison import Document
from monitor.model.nearest import suggestion
from monitor.model.paths import is_below

_validators: dict[tuple[str, bool], jsonschema_rs.Draft202012Validator] = {}
_METASCHEMA: Final = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
_TYPES: Final = "string, number, integer, boolean, object, array, null"


def metaschema_faults(schema: Schema) -> list[Fault]:
    """What makes a schema no JSON Schema 2020-12. References are not followed."""
    errors = jsonschema_rs.Draft202012Validator(_METASCHEMA).iter_errors(dict(schema))
    return list(dict.fromkeys(_metaschema_fault(error) for error in errors))


def pattern_faults(schema: Schema) -> list[Fault]:
    """A pattern that the linear-time engine does not run. References must stay in the schema."""
    try:
        _compiled(schema)
    except jsonschema_rs.ValidationError as error:
        return [_metaschema_fault(error)]
    return []


def validate(
    document: Document, kind: Kind, *, partial: bool = False, covered: Collection[str] = ()
) -> list[Fault]:
    """Every fault in document order; empty when the document fits.

    A partial document is checked without what has to be there, its marks apart; the lists that it
    speaks for in full (`covered`) are checked as those of a full one.
    """
    if not isinstance(document, dict):
        return [Fault((), "a document is an object with named lists")]
    known = _Known(kind, partial=partial)
    if partial:
        faults = _partial_faults(document, kind, frozenset(covered), known)
    else:
        faults = _faults_of(document, kind, known)
    faults += identity_faults(document, kind, partial=partial)
    return sorted(dict.fromkeys(faults), key=_order)


def _partial_faults(
    document: Document, kind: Kind, covered: frozenset[str], known: _Known
) -> list[Fault]:
    said = unmarked(document, kind, covered)
    faults = [
        fault
        for fault in _faults_of(said.document, kind, known, partial=True)
        if not _is_covered(fault.path, covered)
    ]
    if covered:
        faults += [
            fault
            for fault in _faults_of(said.document, kind, known)
            if _is_covered(fault.path, covered) and not _goes(fault.path, document)
        ]
    return [*faults, *said.faults]


def _faults_of(
    instance: Document, kind: Kind, known: _Known, *, partial: bool = False
) -> list[Fault]:
    return [
        fault
        for error in _validator(kind, partial=partial).iter_errors(instance)
        for fault in _schema_faults(error, known)
    ]


def _is_covered(path: Path, covered: frozenset[str]) -> bool:
    """Whether a path is an entry of a covered list, or inside one."""
    names = [step for step in path if isinstance(step, str)]
    depth = len(names) if path and isinstance(path[-1], int) else len(names) - 1
    lists = (".".join(names[:length]) for length in range(1, depth + 1))
    return any(is_below(name, above) for name in lists for above in covered)


def _goes(path: Path, document: Document) -> bool:
    """Whether the path is in an entry that the partial removes."""
    value: Any = document
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
        if isinstance(value, dict) and REMOVED in value:
            return True
    return False


class _Known:
    """Which names may stand at a place of a document, for suggestions."""

    def __init__(self, kind: Kind, *, partial: bool) -> None:
        self._speaking = Speaking(kind.schema)
        self._partial = partial

    def names(self, path: Path) -> list[str]:
        known = list(self._speaking.properties(path))
        if not path:
            return [*known, *ENVELOPE]
        return [*known, REMOVED] if self._partial and isinstance(path[-1], int) else known


def _validator(kind: Kind, *, partial: bool) -> jsonschema_rs.Draft202012Validator:
    key = (kind.hash, partial)
    if key not in _validators:
        _validators[key] = _compiled(as_schema(kind.schema, partial=partial))
    return _validators[key]


def _compiled(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    # The linear-time engine: a pattern cannot be made to run for ever. Nothing is fetched.
    plain = {name: part for name, part in schema.items() if name not in ("$schema", "$id")}
    return jsonschema_rs.Draft202012Validator(
        plain, pattern_options=jsonschema_rs.RegexOptions(), retriever=_refuse
    )


def _refuse(address: str) -> Any:
    raise ValueError(f"{address} is outside the kind")


def _metaschema_fault(error: jsonschema_rs.ValidationError) -> Fault:
    path: Path = tuple(error.instance_path)
    if path and path[-1] == "type":
        return Fault(path, f"{error.instance} is not a type; there are {_TYPES}")
    if path and path[-1] == "pattern":
        return Fault(path, f"{error.instance} is not a pattern that runs in linear time")
    return Fault(path, error.message)


def _schema_faults(error: jsonschema_rs.ValidationError, known: _Known) -> Iterator[Fault]:
    path: Path = tuple(error.instance_path)
    detail = error.kind.as_dict()
    if error.kind.name in ("additionalProperties", "unevaluatedProperties"):
        names = known.names(path)
        for name in detail["unexpected"]:
            yield Fault((*path, name), f"unknown field {name}{_hint(name, names, error)}")
    elif error.kind.name == "required":
        yield Fault(path, f"the field {detail['property']} is missing")
    elif error.kind.name == "enum":
        words = [word for word in detail["options"] if isinstance(word, str)]
        yield Fault(path, f"{error.message}{_meant(error.instance, words)}")
    else:
        yield Fault(path, error.message)


def _hint(name: str, known: list[str], error: jsonschema_rs.ValidationError) -> str:
    near = suggestion(name, known)
    inside = error.instance
    if not near and " " in name and isinstance(inside, dict) and inside.get(name) is None:
        return "; a text with a comma in it is written in quotes"
    return near


def _meant(written: Any, words: list[str]) -> str:
    return suggestion(written, words) if isinstance(written, str) else ""


def _order(fault: Fault) -> tuple[tuple[int, str | int], ...]:
    # Positions before names, so that both kinds of steps can be compared.
    return tuple((0, step) if isinstance(step, int) else (1, step) for step in fault.path)
