"""A kind in a reader's language: titles, labels, sentences and words of closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.kinds.kind import Collection, Field, Kind
from monitor.model.comparison import Op
from monitor.model.record import replace
from monitor.model.tuples import NamedTuple
from monitor.model.unit import Unit

NAME: Final = "x-translations"


class Translation(NamedTuple):
    """A kind's words in one language.

    `texts`: titles, labels and wordings by the text that they stand for. `words`: those of closed
    lists, by field (its name, or its whole path) and word. `units`: plural forms by unit.
    """

    texts: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, str]]


def translated(kind: Kind, language: str) -> Kind:
    """The kind with these words; the kind itself when it has none in that language.

    What has no translation stays as it was written. What identifies entries, and the hash, are the
    same: only words differ.
    """
    written = kind.schema.get(NAME, {}).get(language)
    if written is None or kind.written is not None:
        return kind
    told = Translation(*(written.get(part, {}) for part in Translation._fields))
    collections = {path: _collection(each, told) for path, each in kind.collections.items()}
    title = told.texts.get(kind.title, kind.title)
    return replace(kind, title=title, collections=collections, written=kind)


def _collection(collection: Collection, told: Translation) -> Collection:
    texts, label = told.texts, collection.label
    return replace(
        collection,
        title=texts.get(collection.title, collection.title),
        label=label if label is None else texts.get(label, label),
        wording=_worded(collection.wording, texts),
        fields={
            name: _field(collection.path, field, told) for name, field in collection.fields.items()
        },
    )


def _field(path: str, field: Field, told: Translation) -> Field:
    words: Mapping[str, str] = words_of(path, field, told.words)
    if field.quantity is not None:
        words = {unit: Unit(forms) for unit, forms in told.units.items()}
    return replace(
        field,
        title=told.texts.get(field.title, field.title),
        wording=_worded(field.wording, told.texts),
        words=words,
    )


def words_of(path: str, field: Field, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """The words of a field: those under its whole path go before those under its name."""
    whole = f"{path}.{field.name}" if path else field.name
    return {**words.get(field.name, {}), **words.get(whole, {})}


def _worded(wording: Mapping[Op, str], texts: Mapping[str, str]) -> Mapping[Op, str]:
    return {op: texts.get(text, text) for op, text in wording.items()}
