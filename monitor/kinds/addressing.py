"""Whether a path names something that a kind has; what it most likely meant when it does not."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.kinds.faults import Path
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.speaking import Speaking
from monitor.model.nearest import few, nearest
from monitor.model.paths import PathStep, read_place


def path_fault(text: str, kind: Kind) -> str | None:
    """What is wrong with a path, with the nearest one; None when the kind has such a place.

    Whether an entry with that key exists is another question: entries come and go.
    """
    place = read_place(text)
    if not place:
        return f"{text!r} is no path; write such as delegations[russia].size"
    collection, pending = kind.collections[""], ""
    for step in place:
        pending = f"{pending}.{step.name}" if pending else step.name
        below = kind.collections.get(_joined(collection, pending))
        if below is None and step.key is None:
            continue
        if below is None:
            return f"no collection {_joined(collection, pending)}{_near(pending, collection, kind)}"
        if wrong := _key_fault(step, below):
            return wrong
        collection, pending = below, ""
    if pending and not _has_field(pending, collection):
        what = "field" if collection.path else "collection"
        inside = f" in {collection.path}" if collection.path else ""
        return f"no {what} {pending}{inside}{_near(pending, collection, kind)}"
    return None


def is_open(text: str, kind: Kind) -> bool:
    """Whether a path that the kind does not describe may be there all the same: the kind lets any
    name stand at the last place that it describes."""
    at: Path = ()
    collection, speaking = "", Speaking(kind.schema)
    for step in read_place(text) or ():
        below = f"{collection}.{step.name}" if collection else step.name
        if below not in kind.collections:
            return not (kind.inferred or speaking.forbids(at, step.name))
        collection, at = below, (*at, step.name, 0)
    return False


def paths_of(kind: Kind) -> tuple[str, ...]:
    """What a path can begin with: the collections, then the fields of the document itself."""
    return (*(path for path in kind.collections if path), *kind.collections[""].fields)


def _joined(collection: Collection, name: str) -> str:
    return f"{collection.path}.{name}" if collection.path else name


def _key_fault(step: PathStep, collection: Collection) -> str | None:
    if step.key is None or not collection.keys or step.key[:1] == ():
        return None if step.key != () else f"{collection.path}[]: the key is missing"
    if step.key[0].startswith("@"):
        return None
    if any(len(names) == len(step.key) for names in collection.keys):
        return None
    wanted = " or ".join(f"[{','.join(names)}]" for names in collection.keys)
    return f"an entry of {collection.path} is named by {wanted}, not by [{','.join(step.key)}]"


def _has_field(name: str, collection: Collection) -> bool:
    if any(_is_inside(name, field) for field in collection.fields.values()):
        return True
    return any(known.startswith(f"{name}.") for known in collection.fields)


def _is_inside(name: str, field: Field) -> bool:
    if name == field.name:
        return True
    return (field.freeform or field.quantity is not None) and name.startswith(f"{field.name}.")


def _near(name: str, collection: Collection, kind: Kind) -> str:
    """Names that stand there; a list that is nested elsewhere under just this name."""
    known = list(_below(collection))
    if not collection.path:
        known += [path for path in kind.collections if path not in ("", *known)]
    close = nearest(name, known)
    if close is None:
        ends = (path for path in kind.collections if path.rpartition(".")[2] == name)
        close = next(ends, None)
    return f"; did you mean {close}?" if close else f"; there are: {few(known) or 'none'}"


def _below(collection: Collection) -> Iterator[str]:
    yield from collection.children
    yield from collection.fields
