"""The fields of one collection, read from the properties of its items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.kinds.annotations import Annotations
from monitor.kinds.dotted import join_field
from monitor.kinds.faults import Fault, Path
from monitor.kinds.kind import Field
from monitor.kinds.schema import Schema, resolve, types_of
from monitor.kinds.vocabulary import FIELD
from monitor.model.patterns import regex

_HUMP: Final = regex(r"(?<=[a-z0-9])[A-Z](?=[a-z])")
_DEPTH: Final = 16  # described objects nest a few levels; more is a $ref that contains itself
# Keywords that describe a scalar even where `type` is left out.
_SCALAR_SIGNS: Final = ("enum", "const", "pattern", "format", "x-ref", "x-scale", "x-ladder")


class Described:
    """What a walk over properties found. `names` are all that annotations may name."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.lists: list[tuple[str, Schema, Path]] = []
        """Keyed lists: name, resolved schema, path of the schema in the kind."""
        self.names: list[str] = []
        self.placeholders: list[Any] = []
        self.references: list[tuple[Path, str]] = []
        """Where an x-ref stands and which collection it names."""


def describe(
    item: Schema, at: Path, disputed: str | None, *, root: Schema, faults: list[Fault], loose: bool
) -> Described:
    """Walk the properties of a list's items (or of the document).

    `loose`: of a kind that was found in documents (see loose.py), whose lists may stand anywhere
    and whose properties are fields only where something is said of them. `disputed` names the
    property with contradicting values, a keyed list without saying so.
    """
    walk = _Walk(root, faults, disputed, loose=loose)
    walk.properties(item, at, "")
    return walk.found


class _Walk:
    def __init__(self, root: Schema, faults: list[Fault], disputed: Any, *, loose: bool) -> None:
        self._root = root
        self._faults = faults
        self._disputed = disputed
        self._loose = loose
        self.found = Described()

    def properties(self, schema: Schema, at: Path, prefix: str) -> None:
        properties = schema.get("properties")
        for name, written in properties.items() if isinstance(properties, Mapping) else ():
            path = (*at, "properties", name)
            if ("." in name or "[" in name) and not self._loose:
                self._faults.append(Fault(path, f"{name}: a property's name has no '.' and no '['"))
            whole = prefix + (join_field((name,)) if self._loose else name)
            self._property(resolve(written, self._root), path, whole)

    def _property(self, schema: Schema, at: Path, name: str) -> None:
        self.found.names.append(name)
        if "x-key" in schema or name == self._disputed:
            self._keyed_list(schema, at, name)
        elif "properties" in schema and "x-quantity" not in schema:
            self._object(schema, at, name)
        else:
            self._field(schema, at, name)

    def _keyed_list(self, schema: Schema, at: Path, name: str) -> None:
        if "." in name and not self._loose:
            text = "a list with x-key stands in the document or in the entries of a keyed list"
            self._faults.append(Fault(at, f"{name}: {text}, not inside another object"))
            return
        self.found.lists.append((name, schema, at))

    def _object(self, schema: Schema, at: Path, name: str) -> None:
        Annotations(schema, at, self._faults).only(frozenset(), "an object with properties")
        if name.count(".") >= _DEPTH:
            text = "described more than 16 levels deep; does a $ref contain itself?"
            self._faults.append(Fault(at, f"{name}: {text}"))
            return
        self.properties(schema, at, f"{name}.")

    def _title(self, schema: Schema, name: str) -> str:
        """What stands alone under a name of its own has none; only a loose kind says so."""
        if self._loose and schema.get("title") == "":
            return ""
        return str(schema.get("title") or title_of(name))

    def _field(self, schema: Schema, at: Path, name: str) -> None:
        if self._loose and not schema:
            return
        notes = Annotations(schema, at, self._faults)
        notes.only(FIELD, "a field")
        members = _members(schema, self._root)
        is_list = members is not None
        reference = schema.get("x-ref", members.get("x-ref") if members else None)
        if reference is not None:
            self.found.references.append((at, str(reference)))
        self.found.placeholders += notes.placeholders()
        self.found.fields[name] = Field(
            name=name,
            title=self._title(schema, name),
            ref=str(reference) if reference is not None else None,
            is_list=is_list,
            ordered=notes.flag("x-ordered"),
            freeform=not is_list and not _is_scalar(schema) and "x-quantity" not in schema,
            text=notes.flag("x-text"),
            quantity=notes.quantity(tuple(schema.get("properties", ()))),
            edtf=notes.flag("x-edtf"),
            ignored=notes.flag("x-ignore"),
            tolerance=notes.tolerance(fits=_has_numbers(schema, members)),
            scale=notes.texts("x-scale"),
            ladder=notes.texts("x-ladder"),
            significance=notes.significance(),
            wording=notes.wording(),
            choices=_choices(schema, members, self._root),
        )


def _choices(schema: Schema, members: Schema | None, root: Schema) -> tuple[str, ...]:
    """The words of a closed list: of the field, of its members, or of a quantity's unit."""
    named = schema.get("x-quantity")
    unit = named.get("unit") if isinstance(named, Mapping) else None
    if unit is not None:
        properties = schema.get("properties")
        schema = resolve(properties.get(unit), root) if isinstance(properties, Mapping) else {}
    values = (members or schema).get("enum", ())
    return tuple(value for value in values if isinstance(value, str)) if _listed(values) else ()


def _has_numbers(schema: Schema, members: Schema | None) -> bool:
    types = types_of(members if members is not None else schema)
    return "x-quantity" in schema or not types or bool(types & {"number", "integer"})


def _listed(values: Any) -> bool:
    return isinstance(values, list | tuple)


def title_of(name: str) -> str:
    """Words for a name without a title: `said_by` is "said by", `startDate` "start date"."""
    words = _HUMP.sub(lambda hump: f" {hump[0].lower()}", name)
    return words.replace("_", " ").replace("-", " ").replace(".", " ")


def _members(schema: Schema, root: Schema) -> Schema | None:
    """The schema of the members of a list of scalars; None for anything else."""
    if types_of(schema) != {"array"} or "items" not in schema:
        return None
    members = resolve(schema["items"], root)
    return members if _is_scalar(members) else None


def _is_scalar(schema: Schema) -> bool:
    types = types_of(schema)
    if types:
        return not types & {"object", "array"}
    return any(sign in schema for sign in _SCALAR_SIGNS)
