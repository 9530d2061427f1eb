"""How an entity is named in words: its `x-label`, with every reference resolved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from monitor.compare.lookup import EntityLookup
from monitor.compare.match import Entity
from monitor.compare.paths import POSITIONS, levels
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Collection, Kind, Span
from monitor.kinds.values import fold_text, get, get_first
from monitor.model.comparison import MISSING, Document, Json, Key, KeyLevel, Missing
from monitor.model.patterns import regex
from monitor.model.text import middle

_SLOT = regex(r"\{([^{}]+)\}")
# The mark of a second entry that has the same key.
_COPY = regex(r" \(\d+\)$")
# Characters of a name, beyond which its middle is left out.
LONGEST = 160
# What only joins two slots.
_EDGES = " ,;:–-/()"
# Labels may refer to one another in a ring; beyond this many steps the id itself is the name.
_DEPTH = 4


class EntityLabels:
    """Names of entities; those that only the older document has are named as it names them."""

    def __init__(self, document: Document, kind: Kind, *, older: Document | None = None) -> None:
        self._kind = kind
        self._sides = [EntityLookup(document, kind)]
        if older is not None:
            self._sides.append(EntityLookup(older, kind))
        self._refs: dict[tuple[str, Json], str] = {}
        self._paths: dict[str, tuple[Collection, ...]] = {}

    def of(self, collection: str, key: Key) -> str:
        """The label of the entity with this key; its key in words when no side has it."""
        for side in self._sides:
            chain = side.chain(collection, key)
            if chain is not None:
                return self.of_chain(collection, key, chain)
        return key_words(key[-1]) if key else ""

    def of_chain(self, collection: str, key: Key, chain: Sequence[Entity], depth: int = 0) -> str:
        """The label of the last of these entities, which stand below one another."""
        if not key:
            return ""
        text = middle(self._whole(collection, key, chain, depth), LONGEST)
        name, value = key[-1][0]
        copy = _COPY.search(value) if name == MARK else None
        return text if copy is None or text.endswith(copy[0]) else f"{text}{copy[0]}"

    def _whole(self, collection: str, key: Key, chain: Sequence[Entity], depth: int) -> str:
        described = self._collections(collection)[-1]
        named = self.named(collection, key, chain, depth)
        text = named or self._plain(described, key[-1], chain[-1], depth)
        return f"the {text}" if self._takes_article(described, chain[-1], text) else text

    def _takes_article(self, collection: Collection, entity: Entity, name: str) -> bool:
        """As the kind or another name of the entry has it; not in a reader's other language."""
        if self._kind.written is not None:
            return False
        others = get(entity, collection.aliases) if collection.aliases else None
        known = isinstance(others, list) and f"the {name}" in others
        return known or name in collection.articles

    def named(self, collection: str, key: Key, chain: Sequence[Entity], depth: int = 0) -> str:
        """What a template or a span says of the last of these; nothing where none says anything."""
        described = self._collections(collection)[-1]
        for template in (described.label, *described.other_labels):
            if template and (text := self._filled(template, collection, key, chain, depth)):
                return text
        return self.span(described.span, chain[-1]) if described.span is not None else ""

    def template(self, collection: str, key: Key, chain: Sequence[Entity]) -> str:
        """The one of the templates that names the last of these; empty where none does."""
        described = self._collections(collection)[-1]
        for template in (described.label, *described.other_labels):
            if template and self._filled(template, collection, key, chain, 0):
                return template
        return ""

    def span(self, span: Span, entity: Entity, *, started: bool = True) -> str:
        """`term as lower from 2021-01-05`; nothing where neither role nor start is stated."""
        parts = [get(entity, span.role or ""), get(entity, span.start or "") if started else None]
        texts = [
            words.format(part)
            for words, part in zip(self._kind.span, parts, strict=True)
            if isinstance(part, str) and part
        ]
        return f"{span.noun}{''.join(texts)}" if texts or not started else ""

    def ref(self, collection: str, value: Json, depth: int = 0) -> str:
        """The label of the entity that a reference names; the value itself when there is none."""
        cached = (collection, value)
        if cached not in self._refs:
            self._refs[cached] = self._resolve(collection, value, depth)
        return self._refs[cached]

    def _resolve(self, collection: str, value: Json, depth: int) -> str:
        if depth < _DEPTH:
            wanted = fold_text(value) if isinstance(value, str) else value
            for side in self._sides:
                entity = side.by_id(collection, wanted)
                if entity is not None:
                    level = (("", value),)
                    return self.of_chain(collection, (level,), [entity], depth + 1)
        return str(value)

    def _filled(
        self, template: str, collection: str, key: Key, chain: Sequence[Entity], depth: int
    ) -> str:
        """The template with its slots filled; an empty one takes what joined it along."""
        text = words = ""
        *parts, tail = _parts(template)
        for before, name in zip(parts[::2], parts[1::2], strict=True):
            words = self._slot(name, collection, key, chain, depth)
            if words:
                text += (_joint(text, before) if text or before.strip(_EDGES) else "") + words
        tail = tail if words or tail.strip(_EDGES) else ""
        return fold_text(text + _joint(text, tail)) if text else ""

    def _slot(
        self, name: str, collection: str, key: Key, chain: Sequence[Entity], depth: int
    ) -> str:
        if name == "parent":
            above = self._collections(collection)
            path = above[-2].path if len(above) > 1 else ""
            return self.of_chain(path, key[:-1], chain[:-1], depth)
        # Without a kind, what the entity has not is not its parent's to say.
        entities = chain[-1:] if self._kind.inferred else reversed(chain)
        for described, entity in zip(
            reversed(self._collections(collection)), entities, strict=False
        ):
            value = get_first(entity, name)
            if value is not MISSING:
                return self._words(described, name, value, depth)
        return ""

    def _words(self, collection: Collection, name: str, value: Json | Missing, depth: int) -> str:
        if value is None or isinstance(value, dict):
            return ""
        field = collection.fields.get(name)
        values = value if isinstance(value, list) else [value]
        if field is not None and field.ref is not None:
            target = field.ref
            return ", ".join(self.ref(target, v, depth) for v in values if _is_id(v))
        said = values if field is None else field.say(values)
        return ", ".join(str(v) for v in said)

    def _plain(self, collection: Collection, level: KeyLevel, entity: Entity, depth: int) -> str:
        if level[0][0] in POSITIONS:
            text = "" if isinstance(entity, dict | list) else _scalar_words(entity)
            return text if 0 < len(text) <= 60 else self._kind.entry.format(level[0][1] + 1)
        parts = [self._words(collection, name, value, depth) for name, value in level]
        return ", ".join(part for part in parts if part) or key_words(level)

    def _collections(self, path: str) -> tuple[Collection, ...]:
        """The collections from the first list down to this one."""
        if path not in self._paths:
            found, walked = [], ""
            for name in levels(path, self._kind):
                walked = f"{walked}.{name}" if walked else name
                found.append(self._kind.collections[walked])
            self._paths[path] = tuple(found)
        return self._paths[path]


def slots_of(template: str) -> list[str]:
    """The fields that a template names."""
    return _SLOT.findall(template)


@lru_cache(maxsize=256)
def _parts(template: str) -> list[str]:
    """Text and slots in turn, beginning and ending with text."""
    return _SLOT.split(template)


def _joint(text: str, after: str) -> str:
    """What a template has after a slot: a literal `'s` behind an s is an apostrophe alone."""
    return after.replace("'s", "'", 1) if text.endswith("s") and after.startswith("'s") else after


def key_words(level: KeyLevel) -> str:
    """A key without its entity: `ukraine, security-guarantees`."""
    return ", ".join(str(value) for _, value in level)


def _scalar_words(value: Json) -> str:
    """Text as it is, anything else as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value)


def _is_id(value: Json) -> bool:
    return isinstance(value, str | int)
