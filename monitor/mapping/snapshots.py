"""A document of a situation as a snapshot: checked against its kind, each fault with its place."""

from __future__ import annotations

from typing import Final

from monitor.collect.names import is_situation_name, parse_as_of
from monitor.collect.reader import Parsed
from monitor.collect.snapshot import Snapshot
from monitor.errors import SnapshotRefused
from monitor.kinds.dotted import split_field
from monitor.kinds.faults import one_line
from monitor.kinds.identity import key_faults
from monitor.kinds.validation import validate
from monitor.kinds.walking import inside, named_path
from monitor.mapping.shaping import Content, Shaping

_MOST: Final = 50  # lines; a document that fits badly has the same fault a thousand times


def snapshot_of(content: Content, shaping: Shaping, *, name: str, as_of: str) -> Snapshot:
    """Raises SnapshotRefused with every fault. `name` is what the item is called in messages."""
    if not is_situation_name(shaping.situation):
        text = f"{shaping.situation} is no name of a situation: lower-case letters, digits and"
        raise SnapshotRefused(f"{text} inner hyphens, 64 at most", where=name)
    try:
        moment = parse_as_of(as_of)
    except ValueError as error:
        raise SnapshotRefused(str(error), where=name) from None
    check_content(content)
    return Snapshot(
        name=name,
        kind=content.kind,
        situation=shaping.situation,
        as_of=moment,
        coverage="full",
        title=shaping.title,
        note=None,
        content=content.document,
        parsed=Parsed(document=content.document, locate=lambda _: None),
    )


def not_told_apart(content: Content) -> tuple[str, ...]:
    """A line for each list of a kind that was found some entries of which its key does not tell
    apart: they are matched by content. Lists below others are not looked at."""
    if not content.kind.inferred:
        return ()
    lines = []
    for name in content.kind.collections[""].children:
        entries = inside(content.document, name)
        if not isinstance(entries, list):
            continue
        at = tuple(split_field(name))
        faults = list(key_faults(entries, content.kind.collections[name], at))
        if faults:
            first = faults[0].related
            also = f", first at {content.place(first)}" if first is not None else ""
            more = f", and {len(faults) - 1:,} more" if len(faults) > 1 else ""
            text = one_line(faults[0].message)
            where = content.place(faults[0].path)
            lines.append(f"{where}: {text}{also}{more}: matched by what they hold")
    return tuple(lines)


def check_content(content: Content) -> None:
    """Raise SnapshotRefused where the document does not fit its kind."""
    faults = validate(content.document, content.kind)
    if not faults:
        return
    lines = []
    for fault in faults[:_MOST]:
        path = named_path(fault.path, content.document, content.kind)
        text = f"{path}: {fault.message}" if path else fault.message
        if fault.related is not None:
            text += f", first at {content.place(fault.related)}"
        lines.append((content.place(fault.path), one_line(text)))
    (where, first), *rest = dict.fromkeys(lines)
    others = [f"{place}: {text}" for place, text in rest]
    if len(faults) > _MOST:
        others.append(f"and {len(faults) - _MOST} faults more")
    raise SnapshotRefused(first, where=where, others=tuple(others))
