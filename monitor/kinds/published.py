"""The JSON Schemas that we publish: of kinds, of a kind's snapshots, of a diff, of webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import orjson

from monitor.kinds.kind import Kind
from monitor.kinds.partial import REMOVED, relaxed
from monitor.kinds.schema import LISTS, MAPS, SINGLE
from monitor.model import shapes
from monitor.model.comparison import Json

_FOLDER: Final = Path(__file__).parent / "schemas"
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

ENVELOPE: Final[Mapping[str, Json]] = {
    "kind": {
        "type": "string",
        "description": "A kind's name, or the path of a kind's file in this folder or below.",
    },
    "situation": {
        "type": "string",
        "pattern": "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$",
        "description": "The name of what is watched.",
    },
    "as_of": {
        "type": "string",
        "description": "When this was true: a date, or an RFC 3339 time with its zone.",
    },
    "coverage": {
        "description": "full (default), partial, or the collections this snapshot speaks for.",
        "anyOf": [
            {"enum": ["full", "partial"]},
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
        ],
    },
    "title": {"type": "string", "description": "What the situation is called in digests."},
    "weigh": {
        "description": "How much what changes below a path matters in this version.",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["path"],
            "anyOf": [{"required": ["significance"]}, {"required": ["correction"]}],
            "properties": {
                "path": {
                    "type": "string",
                    "description": "As findings write it, such as rounds or rounds[geneva-1].city.",
                },
                "significance": {"enum": ["critical", "major", "minor", "noise"]},
                "because": {"type": "string", "description": "Why; readers see it."},
                "correction": {
                    "type": "boolean",
                    "description": "True where what changes there puts a mistake right.",
                },
            },
        },
    },
    "note": {"type": "string", "description": "For those who write; never shown to readers."},
}
_OF_KIND: Final = ("$schema", "$id", "x-translations")
_NEEDED: Final = ["kind", "situation", "as_of"]


def published_schema(name: Literal["kind", "diff", "webhook"]) -> Json:
    """The schema of kinds (a dialect of 2020-12), of `monitor diff --format json`, or of what a
    webhook is sent."""
    schema = orjson.loads((_FOLDER / f"{name}.schema.json").read_bytes())
    if name == "webhook":
        return _with_comparison(schema)
    return _with_arguments(schema) if name == "diff" else schema


def _with_comparison(schema: Json) -> Json:
    diff = published_schema("diff")
    parts = diff["$defs"]
    comparison = {name: part for name, part in diff.items() if name[0] != "$"}
    return {**schema, "$defs": {**schema["$defs"], "comparison": comparison, **parts}}


def _with_arguments(schema: Json) -> Json:
    """With the shape of each rule's arguments, which the types of what rules say give."""
    named = schema["$defs"]
    for told in (named["finding"], named["remark"]):
        told["allOf"] = shapes.conditions()
    return {
        **schema,
        "$id": f"{schema['$id']}:{shapes.VERSION}",
        "$defs": {**named, **shapes.definitions()},
    }


def snapshot_schema(kind: Kind) -> Json:
    """What an editor completes and checks a snapshot with: the envelope and the kind's content.

    It says no more than a JSON Schema can; keys and references are checked by the program.
    """
    content = {name: part for name, part in kind.schema.items() if name not in _OF_KIND}
    return {
        "$schema": _DRAFT,
        "title": f"A snapshot of the kind {kind.name}",
        "type": "object",
        "required": _NEEDED,
        "properties": ENVELOPE,
        "if": {"properties": {"coverage": {"const": "full"}}},
        "then": {"$ref": "#/$defs/full"},
        "else": {"$ref": "#/$defs/partial"},
        "$defs": {
            "full": _with_envelope(_moved(content, "#/$defs/full")),
            "partial": _with_envelope(_moved(_clearable(relaxed(content)), "#/$defs/partial")),
        },
    }


def _with_envelope(content: Json) -> Json:
    envelope = dict.fromkeys(("$schema", *ENVELOPE), True)
    return {**content, "properties": {**envelope, **content["properties"]}}


def _clearable(schema: Json) -> Json:
    """With null for every field that it may clear, and `x-removed` on the entries of lists."""
    if not isinstance(schema, Mapping):
        return schema
    result = _each(schema, _clearable)
    properties = result.get("properties")
    if isinstance(properties, Mapping):
        nullable = {name: {"anyOf": [part, {"type": "null"}]} for name, part in properties.items()}
        result["properties"] = {**nullable, REMOVED: {"const": True}}
    return result


def _moved(schema: Json, place: str) -> Json:
    """With references that start at `place`, where the schema will stand in another one."""
    if not isinstance(schema, Mapping):
        return schema
    result = _each(schema, lambda part: _moved(part, place))
    if "$ref" in result:
        result["$ref"] = place + str(result["$ref"]).removeprefix("#")
    return result


def _each(schema: Mapping[str, Json], change: Any) -> dict[str, Json]:
    """A copy with each schema directly inside changed."""
    result = dict(schema)
    for name, part in schema.items():
        if name in MAPS and isinstance(part, Mapping):
            result[name] = {inner: change(value) for inner, value in part.items()}
        elif name in LISTS and isinstance(part, list):
            result[name] = [change(value) for value in part]
        elif name in SINGLE:
            result[name] = change(part)
    return result
