"""JSON Schema 2020-12, as far as a kind's structure needs it: references, types, known keywords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from monitor.kinds.faults import Fault, Path
from monitor.model.nearest import suggestion

Schema: TypeAlias = Mapping[str, Any]

MAPS: Final = ("properties", "patternProperties", "$defs", "dependentSchemas")
LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE: Final = (
    *("items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"),
    *("unevaluatedItems", "unevaluatedProperties", "contentSchema"),
)
# https://json-schema.org/draft/2020-12: the core, applicator, validation, format, content and
# meta-data vocabularies without dynamic references and nested identifiers.
_KEYWORDS: Final = frozenset(
    [
        *(*MAPS, *LISTS, *SINGLE, "$ref", "$comment", "$anchor", "type", "enum", "const"),
        *("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
        *("maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems"),
        *("maxContains", "minContains", "maxProperties", "minProperties", "required"),
        *("dependentRequired", "format", "contentEncoding", "contentMediaType"),
        *("title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"),
    ]
)
_ROOT_KEYWORDS: Final = frozenset({"$schema", "$id"})
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def resolve(schema: Any, root: Schema) -> Schema:
    """The schema with its `$ref` followed inside the document and `null` options left out.

    What stands beside a `$ref` wins over what it points to. An `anyOf` or `oneOf` with one option
    that is not `{type: null}` counts as that option. Anything else is returned as it is.
    """
    seen: list[str] = []
    merged = dict(schema) if isinstance(schema, Mapping) else {}
    while True:
        reference = merged.pop("$ref", None)
        if isinstance(reference, str) and reference not in seen:
            seen.append(reference)
            target = lookup(reference, root)
            merged = {**target, **merged} if isinstance(target, Mapping) else merged
            continue
        option = _only_option(merged)
        if option is None:
            return merged
        rest = {name: part for name, part in merged.items() if name not in ("anyOf", "oneOf")}
        merged = {**option, **rest}


def lookup(reference: str, root: Schema) -> Any:
    """What `#/...` points to (RFC 6901); None when there is nothing or it points elsewhere."""
    if reference == "#":
        return root
    if not reference.startswith("#/"):
        return None
    target: Any = root
    for step in reference[2:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(target, Mapping) or name not in target:
            return None
        target = target[name]
    return target


def types_of(schema: Schema) -> frozenset[str]:
    """The JSON types that the schema names, without null; empty when it names none."""
    named = schema.get("type", ())
    return frozenset([named] if isinstance(named, str) else named) - {"null"}


def schema_faults(root: Schema) -> list[Fault]:
    """Unknown keywords, and references that leave the document or point to nothing."""
    faults = _draft_fault(root)
    for path, schema in subschemas(root, ()):
        known = _KEYWORDS | _ROOT_KEYWORDS if not path else _KEYWORDS
        for name in schema:
            if name not in known and not name.startswith("x-"):
                text = f"{name} is not a keyword of JSON Schema 2020-12{suggestion(name, known)}"
                faults.append(Fault((*path, name), text))
        faults += _reference_fault(path, schema.get("$ref"), root)
    return faults


def subschemas(schema: Any, path: Path) -> Iterator[tuple[Path, Schema]]:
    """The schema and every schema written inside it, each with its path, in order."""
    if not isinstance(schema, Mapping):
        return
    yield path, schema
    for name, part in schema.items():
        if name in SINGLE:
            yield from subschemas(part, (*path, name))
        elif name in MAPS and isinstance(part, Mapping):
            for inner, value in part.items():
                yield from subschemas(value, (*path, name, inner))
        elif name in LISTS and isinstance(part, list):
            for position, value in enumerate(part):
                yield from subschemas(value, (*path, name, position))


def _only_option(schema: Schema) -> Schema | None:
    for name in ("anyOf", "oneOf"):
        options = schema.get(name)
        if not isinstance(options, list):
            continue
        real = [part for part in options if part != {"type": "null"}]
        if len(real) == 1 and len(options) > 1 and isinstance(real[0], Mapping):
            return real[0]
    return None


def _draft_fault(root: Schema) -> list[Fault]:
    draft = root.get("$schema", _DRAFT)
    if draft == _DRAFT or str(draft).endswith("kind.schema.json"):
        return []
    return [Fault(("$schema",), f"{draft} is not supported; write {_DRAFT} or leave it out")]


def _reference_fault(path: Path, reference: Any, root: Schema) -> list[Fault]:
    if reference is None:
        return []
    at = (*path, "$ref")
    if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
        return [Fault(at, f"{reference} leaves this file; only #/$defs/... is followed")]
    if not isinstance(lookup(reference, root), Mapping):
        return [Fault(at, f"{reference} points to nothing in this file")]
    return []
