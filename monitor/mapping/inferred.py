"""A kind that was found in documents, written down as a file that a person may edit.

It says what `monitor diff` finds each time anew: by which field the entries of each list are
matched, what they are called, which lists share their entries. Nothing but the key has to be there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_yaml
from monitor.compare.infer import InferredKind, infer_kind
from monitor.compare.paths import dig, split_field
from monitor.compare.shapes import ROOT
from monitor.kinds.fields import title_of
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.loose import INFERRED, PROVISIONAL
from monitor.kinds.reading import read_kind
from monitor.kinds.vocabulary import BY_CONTENT
from monitor.mapping.lasting import lasting_keys
from monitor.model.comparison import Json
from monitor.model.record import Record

_TWO: Final = 2
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"})
_MARKED: Final = re.compile(rf'^{PROVISIONAL}: "([0-9a-f]{{16}})"\n', re.M)
_MACHINE: Final = re.compile(
    r"(?:last_?)?(?:updated|modified|fetched|retrieved|scraped|crawled|synced|indexed|checked)"
    r"(?:_?(?:at|on|time|date|timestamp))?|etag|timestamp|checksum|sha(?:1|256)|md5|_?rev(?:ision)?",
    re.I,
)
_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|\d{10,13}|[0-9a-fA-F]{16,}")

_HEAD: Final = """\
# What {told} hold{s}, as it was found in {them}. Edit it as you like: titles, labels, x-membership,
# x-significance, x-ref. Nothing but the key has to be there: a column that comes or goes is told
# and blocks nothing. docs/kinds.md says what each word means.
x-inferred: true
"""
_PROVISIONAL: Final = """\
# Found in one version, so that the keys may be wrong still. The second version that differs settles
# them, and so does any change of yours.
"""


class Found(Record):
    """A kind file and the lines that say by what the entries of each list are matched."""

    text: str
    notes: tuple[str, ...]


def infer(
    documents: Sequence[Json],
    *,
    name: str,
    title: str | None = None,
    told: str = "this source",
    keys: Mapping[str, str] | None = None,
) -> Found:
    """The kind of one document, provisional, or of several that differ, the oldest first.

    What tells entries apart is to hold in all of them; all else is found in the last two. `name` is
    what a list at the root is called. `keys` overrules what is found, as `monitor diff --key` does.
    Raises NotFound for a key that nothing has.
    """
    old, new = documents[-2:] if len(documents) > 1 else (documents[0], documents[0])
    found = infer_kind(old, new, keys=keys)
    if lasting := lasting_keys(found, documents, keys or {}):
        found = infer_kind(old, new, keys={**lasting, **(keys or {})})
    writing = _Writing(found, name)
    body = writing.text(title)
    head = _HEAD.format(told=told, s="s", them=_versions(len(documents)))
    if len(documents) > 1:
        return Found(text=head + body, notes=found.notes)
    text = head + _PROVISIONAL
    mark = f'{PROVISIONAL}: "{_digest(text + body)}"\n'
    return Found(text=f"{text}{mark}{body}", notes=found.notes)


def _versions(count: int) -> str:
    return ("it", "two versions")[count - 1] if count <= _TWO else f"{count} versions"


def is_provisional(text: str) -> bool:
    """Whether a kind file is as it was written from one version, and no person has touched it."""
    mark = _MARKED.search(text)
    if mark is None:
        return False
    return _digest(text[: mark.start()] + text[mark.end() :]) == mark[1]


def settled_text(text: str) -> str:
    """The file of a kind without the words that a second version is to settle it."""
    mark = _MARKED.search(text)
    return (
        text
        if mark is None
        else (text[: mark.start()] + text[mark.end() :]).replace(_PROVISIONAL, "")
    )


def kind_from(text: str, *, name: str) -> Kind:
    """The kind in a text that was written here. Raises KindError."""
    parsed = read_document(text.encode(), name=f"{name}.kind.yaml")
    return read_kind(parsed.document, name=name, locate=parsed.locate)


def text_of(schema: Mapping[str, Any], *, told: str) -> str:
    """The file of a kind that another node has settled: what it says, without its remarks."""
    plain = {name: part for name, part in schema.items() if name not in (INFERRED, PROVISIONAL)}
    head = _HEAD.format(told=told, s="s", them="two versions")
    return head + write_yaml(plain)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class _Writing:
    def __init__(self, found: InferredKind, name: str) -> None:
        self._found = found
        self._name = name
        self._collections = found.kind.collections
        self._by_list = dict(note.split(": ", 1) for note in found.notes if ": " in note)

    def text(self, title: str | None) -> str:
        lines = [f"title: {_scalar(title)}"] if title else []
        if self._found.form.wrapped:
            lines.append(f"x-whole: {_scalar(self._name)}  # the document itself is this list")
        lines.append("properties:")
        lines += _indented(self._properties("", [self._found.old, self._found.new]))
        return "\n".join(lines) + "\n"

    def _properties(self, path: str, entries: Sequence[Json]) -> Iterator[str]:
        """The lists of the entries, in plain objects too, and their fields."""
        collection = self._collections[path]
        tree = _tree(collection)
        yield from self._level(path, tree, [e for e in entries if isinstance(e, dict)])

    def _level(
        self, path: str, tree: Mapping[str, Any], objects: Sequence[Mapping[str, Any]]
    ) -> Iterator[str]:
        names = dict.fromkeys(chain.from_iterable(objects)) | dict.fromkeys(tree)
        if not names:
            yield "{}"
        for name in names:
            below = tree.get(name)
            if isinstance(below, str):
                inner = f"{path}.{below}" if path else below
                lists = [dig(entity, split_field(below)) for entity in self._owners(path)]
                entries = [e for part in lists if isinstance(part, list) for e in part]
                yield f"{_scalar(self._written(path, name))}:"
                yield from _indented(self._list(inner, entries))
            elif isinstance(below, Field):
                yield f"{_scalar(name)}: {self._described(below, name, objects)}"
            elif below is not None:
                inner_objects = [o[name] for o in objects if isinstance(o.get(name), dict)]
                yield f"{_scalar(name)}:"
                yield "  properties:"
                yield from _indented(self._level(path, below, inner_objects), 4)
            elif name != "@entry":
                yield f"{_scalar(name)}: {_field(name, objects)}"

    def _written(self, path: str, name: str) -> str:
        return self._name if not path and name == ROOT and self._found.form.wrapped else name

    def _described(self, field: Field, name: str, objects: Sequence[Mapping[str, Any]]) -> str:
        """A field of which something was found: what it names, or that it is no news."""
        if (plain := _field(name, objects)) != "{}":
            return plain
        said: dict[str, Json] = {}
        if field.title != title_of(field.name):
            said["title"] = field.title
        if field.ref is not None:
            said["x-ref"] = self._list_path(field.ref)
        if field.significance:
            said["x-significance"] = {op: each.word for op, each in field.significance.items()}
        return _flow(said) if said else "{}"

    def _list_path(self, path: str) -> str:
        """A collection as the file calls it."""
        first, point, rest = path.partition(".")
        return f"{self._written('', first)}{point}{rest}"

    def _owners(self, path: str) -> list[Any]:
        """Every entity of a collection, on both sides."""
        owners: list[Any] = [self._found.old, self._found.new]
        at = ""
        for step in _steps(path, self._collections):
            at = f"{at}.{step}" if at else step
            lists = [dig(entity, split_field(step)) for entity in owners]
            owners = [e for part in lists if isinstance(part, list) for e in part]
        return [owner for owner in owners if isinstance(owner, dict)]

    def _list(self, path: str, entries: Sequence[Json]) -> Iterator[str]:
        collection = self._collections[path]
        if title := self._title(path, collection):
            yield f"title: {_scalar(title)}"
        elif title is not None:
            yield 'title: ""'
        note = self._by_list.get(path, "")
        yield f"x-key: {_keys(collection)}" + (f"  # {_comment(note)}" if note else "")
        if not collection.keys:
            return
        yield "items:"
        yield from _indented(self._item(collection))
        yield "  properties:"
        yield from _indented(self._properties(path, entries), 4)

    def _item(self, collection: Collection) -> Iterator[str]:
        labels = [each for each in (collection.label, *collection.other_labels) if each]
        if labels:
            yield f"x-label: {_flow(labels[0] if len(labels) == 1 else labels)}"
        if collection.span is not None:
            said = {name: part for name, part in collection.span._asdict().items() if part}
            yield f"x-span: {_flow(said)}  # what entries are called that have no name"
        if collection.recurring:
            word = "shared" if collection.shared else "same"
            yield f"x-recurs: {word}  # one key is one entry, in whatever list it stands"

    def _title(self, path: str, collection: Collection) -> str | None:
        """None where the name in words will do; empty for the lists that members are."""
        if path == ROOT and self._found.form.wrapped:
            return None
        words = collection.title
        if words and words.lower() == title_of(split_field(path)[-1]).lower():
            return None
        return words[:1].upper() + words[1:]


def _steps(path: str, collections: Mapping[str, Collection]) -> list[str]:
    """The names of the lists on the way to a collection, each of which may have points."""
    steps: list[str] = []
    at = ""
    while at != path:
        rest = path[len(at) + 1 :] if at else path
        name = next(
            child
            for child in collections[at].children
            if rest == child or rest.startswith(f"{child}.")
        )
        steps.append(name)
        at = f"{at}.{name}" if at else name
    return steps


def _tree(collection: Collection) -> dict[str, Any]:
    """Lists and described fields by name, those inside plain objects below the names of these."""
    tree: dict[str, Any] = {}
    parts: dict[str, str | Field] = {**collection.fields, **{c: c for c in collection.children}}
    for path, part in parts.items():
        *above, last = split_field(path)
        level = tree
        for step in above:
            inner = level.get(step)
            level[step] = level = inner if isinstance(inner, dict) else {}
        level[last] = part
    return tree


def _field(name: str, objects: Sequence[Mapping[str, Any]]) -> str:
    """Nothing is said of a field, but of one that a program writes at each change."""
    if not _MACHINE.fullmatch(name):
        return "{}"
    values = [part for each in objects if (part := each.get(name)) not in (None, "")]
    if values and all(_STAMP.fullmatch(str(value)) for value in values):
        return "{x-ignore: true}  # written by a program, and no content"
    return "{}"


def _keys(collection: Collection) -> str:
    if not collection.keys:
        return BY_CONTENT
    keys = [list(names) for names in collection.keys if names != (MARK,)]
    return _flow(keys[0] if len(keys) == 1 else keys)


def _flow(value: Json) -> str:
    """A value in one line, in quotes wherever that could be needed."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_scalar(name)}: {_flow(part)}' for name, part in value.items())}}}"
    return _scalar(value)


def _scalar(text: Any) -> str:
    plain = isinstance(text, str) and _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return str(text) if plain else json.dumps(text, ensure_ascii=False)


def _comment(note: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in note)


def _indented(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    return (f"{' ' * by}{line}" for line in lines)
