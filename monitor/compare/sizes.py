"""How many entries the collections of a document have, over all that they stand below."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.compare.paths import dig, parents, split_field
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document, Json


def sizes(document: Document, kind: Kind) -> Mapping[str, int]:
    """By path; what stands below entries that nothing identifies is part of them."""
    above = parents(kind)
    found: dict[str, list[Json]] = {"": [document]}
    for path, collection in kind.collections.items():
        if not path:
            continue
        parent = above[path]
        steps = split_field(path[len(parent) + 1 :] if parent else path)
        keyed = collection.keys or not parent
        lists = [dig(owner, steps) for owner in found[parent]] if keyed else []
        found[path] = [entry for entries in lists if isinstance(entries, list) for entry in entries]
    return {path: len(entries) for path, entries in found.items() if path}
