"""Checking a document against its kind: the schema, then what a schema cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from monitor.kinds.faults import Fault, Path, suggestion
from monitor.kinds.identity import identity_faults
from monitor.kinds.kind import Kind
from monitor.kinds.partial import as_schema, without_marks
from monitor.kinds.schema import resolve
from monitor.model.comparison import Document

_validators: dict[tuple[str, bool], jsonschema_rs.Draft202012Validator] = {}


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
        schema = as_schema(kind.schema, partial=partial)
        _validators[key] = jsonschema_rs.Draft202012Validator(dict(schema))
    return _validators[key]


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
