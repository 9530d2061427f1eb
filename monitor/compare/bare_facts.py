"""What a new entry says of itself, when no kind says what matters: its first few plain values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from monitor.compare.alike import KEY
from monitor.compare.namesakes import words_of
from monitor.compare.naming import slots
from monitor.compare.paths import join_field, split_field
from monitor.compare.scene import Scene
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Collection
from monitor.kinds.values import get
from monitor.model.comparison import Json
from monitor.model.patterns import regex
from monitor.model.said import Fact

MOST: Final = 4
# Characters of a text, and members of a list, that are told in passing.
_LENGTH: Final = 80
_MEMBERS: Final = 6
# Entries that say what all of a list have alike, and how few say nothing.
_SAMPLE: Final = 50
_SEVERAL: Final = 3
_LINK: Final = regex(r"\w+://|data:")
_BOOKS: Final = frozenset(
    (
        "updated", "modified", "changed", "accessed", "created", "generated", "fetched",
        "retrieved", "crawled", "scraped", "checked", "synced", "etag", "hash", "checksum", "md5",
        "digest", "signature", "revision", "rev", "nonce", "token",
    )
)  # fmt: skip

_NAMES: Final = tuple([word] for word in ("name", "names", "title", "label", "labels"))
_RANKS: Final = tuple(
    [word] for word in ("rank", "position", "pos", "order", "index", "seq", "row")
)


def bare_facts(scene: Scene, collection: Collection, entity: Json) -> list[Fact]:
    """In the order in which they are written, those inside objects last."""
    silent = {MARK, KEY, *_named_by(collection), *_common(scene, collection.path)}
    found: list[Fact] = []
    for path, value in _values(entity):
        if len(found) == MOST:
            break
        first = split_field(path)[0]
        if path not in silent and first not in silent and not _is_rank(path, value):
            field = collection.fields.get(path)
            title = scene.title_in(collection, path)
            found.append(Fact(title, scene.value(field, value), named=True))
    return found


def _named_by(collection: Collection) -> Iterator[str]:
    """What the entries are known and called by, and the objects that hold nothing else."""
    for names in collection.keys:
        yield from (split_field(name)[0] for name in names)
    for slot in slots(collection):
        path = slot.replace("[]", "")
        yield path
        if words_of(split_field(path)[0])[-1:] in _NAMES:
            yield split_field(path)[0]


def _common(scene: Scene, path: str) -> frozenset[str]:
    """The fields that say one and the same of all entries of a list, as it is now."""
    return scene.once((_common, path), lambda: frozenset(_same_in_all(scene, path)))


def _same_in_all(scene: Scene, path: str) -> Iterator[str]:
    lists = (part[:_SAMPLE] for part in scene.new.lists(path)) if path else ()
    entries = list(islice(chain.from_iterable(lists), _SAMPLE))
    objects = [entry for entry in entries if isinstance(entry, dict)]
    if len(objects) >= _SEVERAL:
        for name, value in _values(objects[0]):
            if isinstance(value, str) and all(get(each, name) == value for each in objects):
                yield name


def _values(entity: Any) -> Iterator[tuple[str, Json]]:
    if not isinstance(entity, dict):
        return
    inner: list[tuple[str, Json]] = []
    for name, value in entity.items():
        path = join_field((name,))
        if isinstance(value, dict):
            inner += [(f"{path}.{join_field((n,))}", v) for n, v in value.items() if _is_telling(v)]
        elif _is_telling(value) and _BOOKS.isdisjoint(words_of(name)):
            yield path, value
    yield from inner


def _is_rank(path: str, value: Json) -> bool:
    return isinstance(value, int) and words_of(path)[-1:] in _RANKS


def _is_telling(value: Json) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= _LENGTH and not _LINK.match(value)
    if isinstance(value, list):
        return 0 < len(value) <= _MEMBERS and all(isinstance(each, str | int) for each in value)
    return isinstance(value, bool | int | float)
