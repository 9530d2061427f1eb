"""Checking a document against its kind: the schema, then what a schema cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import jsonschema_rs

from monitor.kinds.faults import Fault, Path, suggestion
from monitor.kinds.identity import identity_faults
from monitor.kinds.kind import Kind
from monitor.kinds.partial import as_schema, without_marks
from monitor.kinds.schema import Schema, resolve
from monitor.model.comparison import Document

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


def validate(document: Document, kind: Kind, *, partial: bool = False) -> list[Fault]:
    """Every fault in document order; empty when the document fits.

    A partial document is checked without what has to be there, its nulls and marks apart.
    """
    if not isinstance(document, dict):
        return [Fault((), "a document is an object with named lists")]
    instance = without_marks(document) if partial else document
    faults = [
        fault
        for error in _validator(kind, partial=partial).iter_errors(instance)
        for fault in _schema_faults(error, kind)
    ]
    faults += identity_faults(document, kind, partial=partial)
    return sorted(dict.fromkeys(faults), key=_order)


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


def _schema_faults(error: jsonschema_rs.ValidationError, kind: Kind) -> Iterator[Fault]:
    path: Path = tuple(error.instance_path)
    detail = error.kind.as_dict()
    if error.kind.name in ("additionalProperties", "unevaluatedProperties"):
        known = _properties(path, kind)
        for name in detail["unexpected"]:
            yield Fault((*path, name), f"unknown field {name}{suggestion(name, known)}")
    elif error.kind.name == "required":
        yield Fault(path, f"the field {detail['property']} is missing")
    else:
        yield Fault(path, error.message)


def _properties(path: Path, kind: Kind) -> Mapping[str, Any]:
    """The properties that the schema describes at a place of the document."""
    schema = resolve(kind.schema, kind.schema)
    for step in path:
        below = schema.get("items") if isinstance(step, int) else _named(schema, step)
        schema = resolve(below, kind.schema)
    properties = schema.get("properties", {})
    return properties if isinstance(properties, Mapping) else {}


def _named(schema: Mapping[str, Any], name: str) -> Any:
    properties = schema.get("properties")
    return properties.get(name) if isinstance(properties, Mapping) else None


def _order(fault: Fault) -> tuple[tuple[int, str | int], ...]:
    # Positions before names, so that both kinds of steps can be compared.
    return tuple((0, step) if isinstance(step, int) else (1, step) for step in fault.path)
