"""From a JSON Schema (2020-12) with `x-` annotations to a Kind.

What has `x-key` is a collection; properties of its items are fields; an object with described
properties is walked and its leaves get dotted names; what the schema does not describe further is
free-form. A `$ref` is followed inside the document only. A kind with `x-inferred: true` is read
more loosely (loose.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import orjson

from monitor.errors import KindError
from monitor.kinds.annotations import Annotations
from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Fault, Path, one_line, path_text
from monitor.kinds.fields import Described, describe, title_of
from monitor.kinds.kind import ENVELOPE, Collection, Kind
from monitor.kinds.loose import INFERRED, Reaching, is_loose, labels, recurs, span
from monitor.kinds.schema import Schema, resolve, schema_faults
from monitor.kinds.translations import check_translations
from monitor.kinds.validation import metaschema_faults, pattern_faults
from monitor.kinds.vocabulary import ITEM, LIST, ROOT, SIGNIFICANCE

Locate = Callable[[Sequence[str | int]], tuple[int, int] | None]

_DEPTH: Final = 8  # keyed lists nest a few levels; more is a $ref that contains itself
_DISPUTED_KEY: Final = (("field", "source"),)


def read_kind(
    document: Any,
    *,
    name: str,
    file: str | None = None,
    locate: Locate | None = None,
    known_valid: bool = False,
) -> Kind:
    """Make a Kind called `name`. Raises KindError naming `file` (else the name), line and path.

    Every fault is reported: the first as the message, the rest in `others`. A document that is
    `known_valid` is not asked again whether it is a JSON Schema; its annotations are read all the
    same.
    """
    place = file or name
    if not isinstance(document, Mapping):
        raise KindError("a kind is an object: a JSON Schema with properties", where=place)
    invalid = [] if known_valid else metaschema_faults(document)
    faults = [] if known_valid else [*schema_faults(document), *invalid]
    if not invalid:
        reader = _Reader(document, faults)
        reader.document()
        reader.check_references()
        title = str(document.get("title") or _heading(name))
        if not known_valid:
            check_translations(document, title, reader.collections, faults)
    if not faults and not known_valid:
        faults = pattern_faults(document)
    if faults:
        raise _error(faults, place, locate)
    return Kind(
        name=name,
        hash=hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest(),
        title=title,
        collections=reader.collections,
        schema=document,
        inferred=is_loose(document),
    )


class _Reader:
    """Walks one schema once; collects its collections in schema order, and its faults."""

    def __init__(self, root: Schema, faults: list[Fault]) -> None:
        self._root = root
        self._loose = is_loose(root)
        self._faults = faults
        self._references: list[tuple[Path, str]] = []
        self.collections: dict[str, Collection] = {}

    def document(self) -> None:
        properties = self._root.get("properties")
        if not isinstance(properties, Mapping) or not (properties or self._loose):
            self._faults.append(Fault((), "a kind has properties: the lists of its documents"))
            return
        for name in ENVELOPE:
            if name in properties and not self._loose:
                text = f"{name} belongs to every snapshot's envelope; leave it out of the kind"
                self._faults.append(Fault(("properties", name), text))
        notes = Annotations(self._root, (), self._faults)
        notes.only(ROOT, "the document")
        self._check_root(notes, properties)
        found = self._described(self._root, (), None)
        self.collections[""] = Collection(
            path="",
            title=str(self._root.get("title") or ""),
            keys=(),
            fields=found.fields,
            children=tuple(name for name, _, _ in found.lists),
            significance=notes.significance(),
        )
        self._below("", found)

    def _described(self, item: Schema, at: Path, disputed: Any) -> Described:
        return describe(item, at, disputed, root=self._root, faults=self._faults, loose=self._loose)

    def _check_root(self, notes: Annotations, properties: Mapping[str, Any]) -> None:
        notes.flag(INFERRED)
        whole = self._root.get("x-whole")
        if whole is not None and (not isinstance(whole, str) or whole not in properties):
            known = ", ".join(properties)
            notes.fault("x-whole", f"name the list that the document is: one of {known}")

    def check_references(self) -> None:
        for path, target in self._references:
            collection = self.collections.get(target)
            text = None
            if collection is None or not target:
                known = ", ".join(name for name in self.collections if name) or "none"
                text = f"x-ref: there is no keyed list {target}; the kind has {known}"
            elif any(len(key) != 1 for key in collection.keys):
                text = f"x-ref: the entries of {target} are not identified by one field"
            if text:
                self._faults.append(Fault((*path, "x-ref"), text))

    def _below(self, parent: str, found: Described) -> None:
        self._references += found.references
        for name, schema, at in found.lists:
            path = f"{parent}.{name}" if parent else name
            if path.count(".") >= _DEPTH:
                text = f"{path}: lists nest more than {_DEPTH} deep; does a $ref contain itself?"
                self._faults.append(Fault(at, text))
                continue
            self._collection(path, schema, at)

    def _collection(self, path: str, schema: Schema, at: Path) -> None:
        item, item_at = resolve(schema.get("items"), self._root), (*at, "items")
        if "properties" not in item and not self._loose:
            text = f"{path}: the entries of a keyed list are objects: items with properties"
            self._faults.append(Fault(at, text))
            return
        disputed = schema.get("x-disputed", item.get("x-disputed"))
        found = self._described(item, item_at, disputed)
        fields = Reaching(found.names) if self._loose else found.names
        Annotations(item, item_at, self._faults).only(ITEM, "the items of a list")
        on_items = {name: part for name, part in item.items() if name in ITEM - {SIGNIFICANCE}}
        moved = {name: item_at for name in on_items if name not in schema}
        here = Annotations({**on_items, **schema}, at, self._faults, moved)
        here.only(LIST | ITEM, "the list")
        significance = Annotations(item, item_at, self._faults).significance()
        label, *others = labels(here, {**on_items, **schema}, fields) or (None,)
        recurring, shared = recurs(here, {**on_items, **schema})
        period = here.period(fields)
        here.states(period, found.fields)
        self.collections[path] = Collection(
            path=path,
            title=self._title(schema, path),
            keys=here.keys(fields, may_lack=self._loose) if "x-key" in schema else _DISPUTED_KEY,
            placeholders=tuple(found.placeholders),
            label=label,
            other_labels=tuple(others),
            span=span(here, {**on_items, **schema}, fields),
            recurring=recurring,
            shared=shared,
            aliases=here.field_name("x-aliases", fields),
            articles=here.articles(),
            fields=found.fields,
            children=tuple(name for name, _, _ in found.lists),
            membership=here.membership(fields, self._fields_above(path)),
            position=here.position(fields),
            period=period,
            provenance=here.provenance(fields),
            source=here.source(fields),
            disputed=here.field_name("x-disputed", fields),
            significance={**here.significance(), **significance},
            wording=here.wording(),
            ignored=here.flag("x-ignore"),
        )
        self._below(path, found)

    def _title(self, schema: Schema, path: str) -> str:
        """A list that a member of an object is has no name of its own; only such a kind says so."""
        if self._loose and schema.get("title") == "":
            return ""
        if self._loose and "title" not in schema:
            name = split_field(path)[-1]
            return _heading_of(name) if _heading_of(name).strip() else name
        return str(schema.get("title") or _heading(path))

    def _fields_above(self, path: str) -> Sequence[str]:
        """The fields of what entries of a list belong to."""
        above = max(
            (each for each in self.collections if path.startswith(f"{each}.") or not each), key=len
        )
        return tuple(self.collections[above].fields)


def _heading(path: str) -> str:
    return _heading_of(path.rpartition(".")[2])


def _heading_of(name: str) -> str:
    words = title_of(name)
    return words[:1].upper() + words[1:]


def _error(faults: Sequence[Fault], place: str, locate: Locate | None) -> KindError:
    unique = list(dict.fromkeys(faults))

    def where(fault: Fault) -> str:
        at = locate(fault.path) if locate else None
        return f"{place}:{at[0]}:{at[1]}" if at else place

    def text(fault: Fault) -> str:
        path = path_text(fault.path)
        return one_line(f"{path}: {fault.message}" if path else fault.message)

    others = tuple(f"{where(fault)}: {text(fault)}" for fault in unique[1:])
    return KindError(text(unique[0]), where=where(unique[0]), others=others)
