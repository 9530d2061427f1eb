"""The lists of a draft's situation and their entries, for a form that is made from the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.compare.labels import EntityLabels
from monitor.compare.paths import find, format_path, parse_path
from monitor.errors import NotFound, SnapshotRefused
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.translating import translated
from monitor.kinds.walking import inside
from monitor.model.comparison import Document, Key
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.store.records import Draft
from monitor.web.draft_fields import Choice, FieldView, shapes, view
from monitor.web.reading import Asking, capital

Typed = Mapping[str, Sequence[str]]


class Ground(Record):
    """What a draft stands on: its kind in the reader's words, the state with the draft in it as far
    as that fits, and the state below it."""

    kind: Kind
    document: Document
    base: Document
    labels: EntityLabels


class Spot(Record):
    """What a form is of: an entry of the list `name` at `path`, or a new one below `above`."""

    name: str
    path: str = ""
    above: str = ""


class Sent(Record):
    """What was sent and has to be shown again, with what is wrong with it by field."""

    typed: Typed
    faults: Mapping[str, str]


class Entry(Record):
    path: str
    label: str
    name: str


class Listed(Record):
    """One list; `above` is the entry that it belongs to, "" at the top."""

    path: str
    title: str
    above: str
    count: int
    entries: tuple[Entry, ...] = ()


class EntryForm(Record):
    """`path` is "" for a new entry; `holder` is the list above. `keys` are the fields by which a
    new one is named."""

    path: str
    above: str
    collection: str
    holder: str
    title: str
    keys: tuple[FieldView, ...]
    facts: tuple[FieldView, ...]
    says: tuple[FieldView, ...]
    below: tuple[Listed, ...]
    removable: bool
    offered: tuple[tuple[str, tuple[Choice, ...]], ...]
    """For inputs that find by typing, by list."""


def ground(program: Program, asking: Asking, draft: Draft) -> Ground:
    base = latest_of(program, draft.situation)
    state = program.comparing.state(base).document
    try:
        document = check_draft(program, draft).document
    except SnapshotRefused:
        document = state
    kind = translated(program.kinds.by_hash(base.kind_hash), asking.person.language)
    return Ground(
        kind=kind, document=document, base=state, labels=EntityLabels(document, kind, older=state)
    )


def lists(at: Ground) -> tuple[Listed, ...]:
    return tuple(
        _listed(at, name, at.document, (), "") for name in at.kind.collections[""].children
    )


def entries(at: Ground, name: str, asked: str) -> tuple[Entry, ...]:
    """Those of a list at the top whose name or id holds what was asked."""
    wanted = asked.strip().lower()
    found = entries_in(at, collection_of(at.kind, name), at.document, ())
    return tuple(one for one in found if not wanted or wanted in f"{one.label} {one.name}".lower())


def collection_of(kind: Kind, name: str) -> Collection:
    """Raises NotFound."""
    found = kind.collections.get(name)
    if found is None or not name or not found.keys:
        raise NotFound(f"{kind.name} has no list {name[:80]!r}")
    return found


def form(at: Ground, spot: Spot, sent: Sent | None) -> EntryForm:
    """Raises NotFound."""
    name, path, above = spot.name, spot.path, spot.above
    typed, faults = (sent.typed, sent.faults) if sent is not None else (None, {})
    collection = collection_of(at.kind, name)
    entry = entry_at(at, path, name) if path else {}
    if above:
        entry_at(at, above, collection.parent)
    offered: dict[str, tuple[Choice, ...]] = {}

    def options(ref: str) -> tuple[Choice, ...]:
        if ref not in offered:
            offered[ref] = choices_of(at, ref)
        return offered[ref]

    keyed = {one for names in collection.keys[:1] for one in names}
    fields = collection.provenance
    saying = {fields.sources, fields.said_by, fields.firmness} if fields else set()
    made = [(one, view(one, entry, options, faults, typed)) for one in shapes(collection, at.kind)]
    key = parse_path(path, at.kind)[1] if path else ()
    return EntryForm(
        path=path,
        above=above,
        collection=name,
        holder=collection.parent,
        title=visible(at.labels.of(name, key), 160) if path else "",
        keys=tuple(v for one, v in made if one.field.name in keyed and not path),
        facts=tuple(v for one, v in made if one.field.name not in keyed | saying),
        says=tuple(v for one, v in made if one.field.name in saying - keyed),
        below=tuple(_below(at, collection, entry, key, path)) if path else (),
        removable=bool(path) and isinstance(find(at.base, path, at.kind), dict),
        offered=tuple((ref, each) for ref, each in offered.items()),
    )


def entry_at(at: Ground, path: str, name: str) -> dict[str, Any]:
    """Raises NotFound."""
    collection, key, field = parse_path(path, at.kind)
    found = find(at.document, path, at.kind) if key and field is None else None
    if collection != name or not isinstance(found, dict):
        raise NotFound(f"there is no {path[:200]}")
    return found


def holder(at: Ground, above: str) -> Mapping[str, Any]:
    if not above:
        return at.document
    found = find(at.document, above, at.kind)
    return found if isinstance(found, dict) else {}


def _listed(at: Ground, path: str, holder: Mapping[str, Any], above: Key, where: str) -> Listed:
    collection = at.kind.collections[path]
    found = tuple(entries_in(at, collection, holder, above)) if where else ()
    count = inside(holder, collection.path if not where else collection.name)
    return Listed(
        path=path,
        title=visible(capital(collection.title), 120),
        above=where,
        count=len(count) if isinstance(count, list) else 0,
        entries=found,
    )


def _below(
    at: Ground, collection: Collection, entry: Mapping[str, Any], key: Key, path: str
) -> Iterator[Listed]:
    for name in collection.children:
        below = f"{collection.path}.{name}"
        if at.kind.collections[below].keys:
            yield _listed(at, below, entry, key, path)


def entries_in(
    at: Ground, collection: Collection, holder: Mapping[str, Any], above: Key
) -> Iterator[Entry]:
    found = inside(holder, collection.path if not above else collection.name)
    for one in found if isinstance(found, list) else ():
        level = key_level(one, collection) if isinstance(one, dict) else None
        if level is not None:
            key = (*above, level)
            yield Entry(
                path=format_path(collection.path, key, kind=at.kind),
                label=visible(at.labels.of(collection.path, key), 160),
                name=", ".join(str(value) for _, value in level),
            )


def choices_of(at: Ground, ref: str) -> tuple[Choice, ...]:
    return tuple(_options(at, ref))


def _options(at: Ground, ref: str) -> Iterator[Choice]:
    """Newest first where facts cite them, else by name."""
    collection = at.kind.collections.get(ref)
    if collection is None or not collection.keys:
        return
    key = collection.keys[0][0]
    found = inside(at.document, ref)
    made = [
        (str(one[key]), visible(at.labels.ref(ref, one[key]), 120))
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and one.get(key) is not None
    ]
    ordered = made[::-1] if collection.source is not None else sorted(made, key=lambda o: o[1])
    for value, title in ordered:
        yield Choice(value=value, title=title)
