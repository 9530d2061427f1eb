"""Whether the files of a folder are an entity each, or parts of one document: one rule for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.model.comparison import Document

_OBJECTS: Final = (".yaml", ".yml", ".json")


def objects_of(files: Mapping[str, bytes], limits: Limits) -> list[Document] | None:
    """The documents of the files where each is an object. Raises SnapshotRefused."""
    if not files or not all(name.lower().endswith(_OBJECTS) for name in files):
        return None
    found = [read_document(data, name=name, limits=limits).document for name, data in files.items()]
    return found if all(isinstance(document, dict) for document in found) else None


def are_entities(*folders: Sequence[Document] | None) -> bool:
    """Whether the objects of each are entities: those of several files where they have names in
    common. One alone is what the other folder is, and without one an entity where it is flat:
    lists and objects in it would make it a document."""
    if not folders or None in folders:
        return False
    known = [documents for documents in folders if documents is not None]
    several = [documents for documents in known if len(documents) > 1]
    if several:
        return all(map(_have_names_in_common, several))
    return all(_is_flat(document) for documents in known for document in documents)


def _have_names_in_common(documents: Sequence[Document]) -> bool:
    return bool(set[str].intersection(*map(set, documents)))


def _is_flat(document: Document) -> bool:
    return bool(document) and not any(isinstance(part, list | dict) for part in document.values())
