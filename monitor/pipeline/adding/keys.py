"""The keys of a source's lists in the file of its kind: seen, tried on what is stored, and changed.

Only the one annotation is written anew, so that what a person has edited around it stays.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.errors import Conflict, MonitorError, NotFound
from monitor.kinds.dotted import join_field, split_field
from monitor.kinds.keys import identifies
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.reading import read_kind
from monitor.kinds.vocabulary import BY_CONTENT
from monitor.kinds.walking import entities
from monitor.mapping.inferred import is_provisional, settled_text
from monitor.mapping.kindfiles import write_kind
from monitor.model.comparison import MISSING, Document, Json
from monitor.model.nearest import few, suggestion_or_all
from monitor.model.record import Record

_KEY: Final = re.compile(
    r'(?P<head>"?x-key"?[ \t]*:[ \t]*)'
    r'(?P<value>\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]|"?content"?)'
    r"(?P<found>[ \t]+#[^\n]*matched by[^\n]*)?"
)
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SHOWN: Final = 3
_DEEPEST: Final = 4


class KeyedList(Record):
    """A list of a kind: its keys as alternatives of fields, and how its entries are called."""

    path: str
    keys: tuple[str, ...]
    label: str


class KindFile(Record):
    """The file of a kind as it was read."""

    path: Path
    text: str
    kind: Kind


def read_kind_file(path: Path) -> KindFile:
    """Raises NotFound, KindError, SnapshotRefused."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = f"there is no {path} yet: it is written when the first version is taken in"
        raise NotFound(text) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MonitorError(f"{path} cannot be read: {error}") from None
    return KindFile(path=path, text=text, kind=_kind(text, path))


def lists_of(kind: Kind) -> tuple[KeyedList, ...]:
    return tuple(
        KeyedList(
            path=path,
            keys=tuple("+".join(names) for names in collection.keys),
            label=" or ".join(
                part for part in (collection.label, *collection.other_labels) if part
            ),
        )
        for path, collection in kind.collections.items()
        if path and collection.disputed is None
    )


def wanted_keys(written: Sequence[str], kind: Kind) -> dict[str, tuple[str, ...]]:
    """`LIST=FIELD+FIELD` by list; no fields where entries are to be compared by content. Raises
    NotFound for a list that the kind has not, MonitorError for another form."""
    paths = [one.path for one in lists_of(kind)]
    found: dict[str, tuple[str, ...]] = {}
    for text in written:
        path, _, fields = text.rpartition("=")
        names = tuple(name.strip() for name in fields.split("+"))
        if not path or not all(names):
            raise MonitorError(f"{text}: want LIST=FIELD, such as {paths[0] if paths else 'x'}=id")
        if path not in paths:
            raise NotFound(f"there is no list {path}{suggestion_or_all(path, paths)}")
        found[path] = () if names == (BY_CONTENT,) and kind.inferred else names
    return found


def check_key(path: str, names: Sequence[str], kind: Kind, document: Document) -> str | None:
    """A line about entries that lack it, where the kind allows that. Raises NotFound for a field
    that no entry has, Conflict for one that does not tell all entries of a list apart."""
    lists: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for collection, entity, at in entities(document, kind):
        if collection.path == path and at:
            lists[at[:-1]].append(entity)
    every = [entity for part in lists.values() for entity in part]
    known = list(dict.fromkeys(name for entity in every for name in _fields(entity)))
    for name in names:
        if every and name not in known:
            raise NotFound(f"no entry of {path} has a field {name}{suggestion_or_all(name, known)}")
    collection = kind.collections[path]
    for part in lists.values():
        _refuse_doubled(path, names, collection, part)
    lacking = [entity for entity in every if _values(entity, names, collection) is None]
    if lacking and not kind.inferred:
        raise Conflict(
            f"{len(lacking)} of {len(every)} entries of {path} have no {'+'.join(names)}"
        )
    if lacking:
        return f"{len(lacking)} of {len(every)} entries have none, and are compared by content"
    return None


def with_keys(file: KindFile, wanted: Mapping[str, Sequence[str]]) -> str:
    """The text of the file with other keys, and nothing else changed. Raises MonitorError where a
    key is not written in one line of its own."""
    text = settled_text(file.text) if is_provisional(file.text) else file.text
    for path, names in wanted.items():
        text = _with_key(file.path, text, path, names)
    return text


def write_keys(file: KindFile, text: str) -> None:
    """Raises Conflict when somebody else has written the file meanwhile."""
    try:
        if not write_kind(file.path, text, instead_of=file.text):
            raise Conflict(f"{file.path} was changed meanwhile; nothing was written")
    except OSError as error:
        raise MonitorError(f"{file.path} cannot be written: {error.strerror}") from error


def _with_key(path: Path, text: str, wanted: str, names: Sequence[str]) -> str:
    parsed = read_document(text.encode(), name=path.name)
    found = dict(_written_keys(parsed.document))
    steps = found.get(wanted)
    if steps is None:
        raise MonitorError(f"{path}: the key of {wanted} stands behind a $ref; edit it there")
    place = parsed.locate(steps)
    if place is None:
        raise MonitorError(f"{path}: the key of {wanted} cannot be found; edit it there")
    line, column = place
    lines = text.split("\n")
    # The place is that of the name or of the value behind it.
    start = max(lines[line - 1].rfind("x-key", 0, column + len("x-key")), 0)
    if start and lines[line - 1][start - 1] == '"':
        start -= 1
    match = _KEY.match(lines[line - 1], start)
    if match is None:
        raise MonitorError(f"{path}:{line}: x-key is not written in one line; edit it there")
    before, after = lines[line - 1][: match.start()], lines[line - 1][match.end() :]
    key = _flow(names, as_json=match["head"].startswith('"'))
    lines[line - 1] = f"{before}{match['head']}{key}{after}".rstrip()
    changed = "\n".join(lines)
    _refuse_undescribed(path, parsed.document, steps, names)
    if read_document(changed.encode(), name=path.name).document != _with(
        parsed.document, steps, names
    ):
        raise MonitorError(f"{path}:{line}: x-key cannot be changed alone; edit it there")
    _kind(changed, path)
    return changed


def _refuse_undescribed(
    path: Path, schema: Any, steps: Sequence[str], names: Sequence[str]
) -> None:
    """A column that came later stands in no kind yet. Raises MonitorError."""
    for step in (*steps[:-1], "items", "properties"):
        schema = schema.get(step) if isinstance(schema, dict) else None
    known = schema if isinstance(schema, dict) else {}
    for name in names:
        if name not in known and split_field(name)[0] not in known:
            told = f"{_flow([name])[1:-1]}: {{}}"
            raise MonitorError(f"{path}: add `{told}` to the properties of {steps[-2]} first")


def _with(schema: Any, steps: Sequence[str], names: Sequence[str]) -> Any:
    """The schema with another key at this place."""
    if not steps:
        return list(names) or BY_CONTENT
    return {**schema, steps[0]: _with(schema[steps[0]], steps[1:], names)}


def _written_keys(
    schema: Json, path: str = "", above: tuple[str, ...] = (), at: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each list of a schema with the place of its key; `above` are plain objects around it."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict):
        return
    for name, part in properties.items():
        if not isinstance(part, dict):
            continue
        here = (*at, "properties", name)
        if "x-key" in part:
            field = join_field((*above, name))
            below = f"{path}.{field}" if path else field
            yield below, (*here, "x-key")
            yield from _written_keys(part.get("items"), below, (), (*here, "items"))
        else:
            yield from _written_keys(part, path, (*above, name), here)


def _refuse_doubled(
    path: str, names: Sequence[str], collection: Collection, entries: Sequence[Any]
) -> None:
    values = [_values(entity, names, collection) for entity in entries]
    counts = Counter(each for each in values if each is not None)
    doubled = [words for words, count in counts.items() if count > 1]
    if doubled:
        text = f"{'+'.join(names)} does not tell the entries of {path} apart"
        shown = few([", ".join(words) for words in doubled], most=_SHOWN)
        raise Conflict(f"{text}: in the latest version {shown} stand there more than once")


def _values(entity: Any, names: Sequence[str], collection: Collection) -> tuple[str, ...] | None:
    """What identifies an entry, in words; None where something of it is missing."""
    found = [_value(entity, name) for name in names]
    if not found or not all(identifies(value, collection) for value in found):
        return None
    return tuple(str(value) for value in found)


def _value(entity: Any, name: str) -> Any:
    for step in split_field(name):
        entity = entity.get(step, MISSING) if isinstance(entity, dict) else MISSING
    return entity


def _fields(entity: Any, above: tuple[str, ...] = ()) -> Iterator[str]:
    """Names of the plain values of an entry, those in its objects too."""
    for name, value in entity.items() if isinstance(entity, dict) else ():
        if isinstance(value, dict) and len(above) < _DEEPEST:
            yield from _fields(value, (*above, name))
        elif isinstance(value, str | int | float):
            yield join_field((*above, name))


def _flow(names: Sequence[str], *, as_json: bool = False) -> str:
    if not names:
        return f'"{BY_CONTENT}"' if as_json else BY_CONTENT
    plain = (
        name if _PLAIN.fullmatch(name) and not as_json else json.dumps(name, ensure_ascii=False)
        for name in names
    )
    return f"[{', '.join(plain)}]"


def _kind(text: str, path: Path) -> Kind:
    parsed = read_document(text.encode(), name=str(path))
    return read_kind(parsed.document, name=path.name.split(".")[0], locate=parsed.locate)
