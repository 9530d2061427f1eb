"""The last step of a JSON Patch: what a document still lacks to be another one to the letter.

Changes say what two documents mean; nothing in them speaks of the order of a keyed list, of null
where a name could be missing, or of 1.0 for 1. A patch that gives back the newer file has to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import orjson

from monitor.compare.lists import longest_rising
from monitor.errors import Conflict
from monitor.kinds.values import json_bytes
from monitor.model.comparison import Json

Operation: TypeAlias = dict[str, Any]
Steps: TypeAlias = tuple[str | int, ...]
"""Names and positions on the way from the root: a JSON Pointer before it is text."""


def pointer(steps: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901): `/a~1b/0` for `("a/b", 0)`."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def identical(one: Json, other: Json) -> bool:
    """Whether two values are the same to the letter: 1, 1.0 and true are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(identical(v, other[n]) for n, v in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    # -0.0 equals 0.0 and is written otherwise.
    return bool(one == other) and (type(one) is not float or repr(one) == repr(other))


def settled(have: Json, want: Json) -> Iterator[Operation]:
    """Operations that turn the one into the other, applied one after the other."""
    yield from _value((), have, want)


def _value(steps: Steps, have: Json, want: Json) -> Iterator[Operation]:
    if _same_bytes(have, want):
        return
    if isinstance(have, dict) and isinstance(want, dict):
        yield from _object(steps, have, want)
    elif isinstance(have, list) and isinstance(want, list) and len(have) == len(want):
        yield from _list(steps, have, want)
    elif not identical(have, want):
        yield {"op": "replace", "path": pointer(steps), "value": want}


def _object(steps: Steps, have: dict[str, Json], want: dict[str, Json]) -> Iterator[Operation]:
    for name in have:
        if name not in want:
            yield {"op": "remove", "path": pointer((*steps, name))}
    for name, value in want.items():
        if name in have:
            yield from _value((*steps, name), have[name], value)
        else:
            yield {"op": "add", "path": pointer((*steps, name)), "value": value}


def _list(steps: Steps, have: list[Json], want: list[Json]) -> Iterator[Operation]:
    """Entries are brought into their order; those that are nowhere wanted keep their own."""
    homes = _homes(have, want)
    stays = {i for _, i in longest_rising(list(enumerate(homes)))}
    if len(have) - len(stays) > len(have) // 2 > 8:
        yield {"op": "replace", "path": pointer(steps), "value": want}
        return
    present = list(range(len(have)))
    for place, entry in enumerate(homes):
        at = present.index(entry)
        if entry in stays:
            continue
        # Those that stay are passed by: the place is right behind what stands before it in the end.
        target = _behind(present, homes, place, at)
        if target != at:
            present.insert(target, present.pop(at))
            yield {
                "op": "move",
                "from": pointer((*steps, at)),
                "path": pointer((*steps, target)),
            }
    for place, entry in enumerate(homes):
        yield from _value((*steps, place), have[entry], want[place])


def _behind(present: list[int], homes: list[int], place: int, at: int) -> int:
    """Where an entry goes once it is taken out: behind the one that is to stand before it."""
    if place == 0:
        return 0
    before = present.index(homes[place - 1])
    return before + 1 if before < at else before


def _homes(have: list[Json], want: list[Json]) -> list[int]:
    """For each place of `want` the entry of `have` that is to stand there."""
    waiting: defaultdict[bytes, list[int]] = defaultdict(list)
    for i in reversed(range(len(have))):
        waiting[json_bytes(have[i])].append(i)
    found = [stack.pop() if (stack := waiting[json_bytes(v)]) else None for v in want]
    rest = iter(sorted(i for stack in waiting.values() for i in stack))
    return [next(rest) if i is None else i for i in found]


def _same_bytes(have: Json, want: Json) -> bool:
    """Whether two values are plainly the same; False may be wrong."""
    try:
        return orjson.dumps(have) == orjson.dumps(want)
    except orjson.JSONEncodeError:
        return False


def applied(document: Json, operations: Sequence[Operation]) -> Json:
    """A copy of a document after a patch. Raises Conflict where an address leads nowhere."""
    whole = {"": _copy(document)}
    for operation in operations:
        try:
            _apply(whole, operation)
        except (LookupError, TypeError, ValueError) as error:
            raise Conflict(f"{operation['path']}: the patch does not fit the document") from error
    return whole[""]


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _copy(part) for name, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list) else value


def _apply(whole: dict[str, Json], operation: Operation) -> None:
    op = operation["op"]
    if op == "move":
        _add(whole, operation["path"], _taken(whole, operation["from"]))
        return
    value = _copy(operation.get("value"))
    if op == "remove":
        _taken(whole, operation["path"])
    elif op == "add":
        _add(whole, operation["path"], value)
    else:
        holder, last = _holder(whole, operation["path"])
        holder[last]
        holder[last] = value


def _add(whole: dict[str, Json], path: str, value: Json) -> None:
    holder, last = _holder(whole, path)
    if isinstance(holder, dict):
        holder[last] = value
    else:
        at = len(holder) if last == "-" else int(last)
        if at > len(holder):
            raise IndexError(path)
        holder.insert(at, value)


def _taken(whole: dict[str, Json], path: str) -> Json:
    holder, last = _holder(whole, path)
    return holder.pop(last)


def _holder(whole: dict[str, Json], path: str) -> tuple[Any, Any]:
    """What holds the value at a pointer, and its name or position there."""
    names = ["", *(n.replace("~1", "/").replace("~0", "~") for n in path.split("/")[1:])]
    holder: Any = whole
    for name in names[:-1]:
        holder = holder[int(name)] if isinstance(holder, list) else holder[name]
    if not isinstance(holder, dict | list):
        raise TypeError(f"{path} lies within a plain value")
    last = names[-1]
    return holder, int(last) if isinstance(holder, list) and last != "-" else last
