"""`weigh` of a snapshot's envelope: what its writer says of the weight of its changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.kinds.addressing import path_fault
from monitor.kinds.faults import Fault
from monitor.kinds.kind import Kind
from monitor.model.comparison import Significance, Weight
from monitor.model.nearest import suggestion

KEY: Final = "weigh"
_PARTS: Final = ("path", "significance", "because", "correction")


def read_weights(value: Any, kind: Kind | None, faults: list[Fault]) -> tuple[Weight, ...]:
    """Each entry, or a fault that says what was expected; paths are held against the kind."""
    if value is None:
        return ()
    if not isinstance(value, list):
        text = "write a list, such as [{path: rounds, significance: major, because: ...}]"
        faults.append(Fault((KEY,), text))
        return ()
    found: dict[str, Weight] = {}
    for position, entry in enumerate(value):
        before = len(faults)
        weight = _Entry(entry, position, faults).read(kind)
        if len(faults) > before or weight is None:
            continue
        if weight.path in found:
            faults.append(Fault((KEY, position, "path"), f"{weight.path} is weighed twice"))
        found[weight.path] = weight
    return tuple(found.values())


class _Entry:
    def __init__(self, entry: Any, position: int, faults: list[Fault]) -> None:
        self._entry = entry
        self._at = (KEY, position)
        self._faults = faults

    def read(self, kind: Kind | None) -> Weight | None:
        if not isinstance(self._entry, Mapping):
            self._fault("write an object with path, significance and because")
            return None
        for name in self._entry:
            if name not in _PARTS:
                self._fault(f"unknown key {name}{suggestion(str(name), _PARTS)}", name)
        correction = self._entry.get("correction", False)
        if not isinstance(correction, bool):
            self._fault("write true or leave it out", "correction")
        path, level = self._path(kind), self._level(needed=correction is False)
        because = self._because()
        return None if path is None else Weight(path, level, because, correction is True)

    def _path(self, kind: Kind | None) -> str | None:
        path = self._text("path", needed=True)
        wrong = path_fault(path, kind) if path is not None and kind is not None else None
        if wrong:
            self._fault(wrong, "path")
        return path

    def _level(self, *, needed: bool) -> Significance | None:
        word = self._text("significance", needed=needed)
        try:
            return None if word is None else Significance.parse(word)
        except ValueError as error:
            self._fault(str(error), "significance")
            return None

    def _because(self) -> str | None:
        text = self._text("because", needed=False)
        return None if text is None else " ".join(text.split())

    def _text(self, name: str, *, needed: bool) -> str | None:
        value = self._entry.get(name)
        if value is None:
            if needed:
                self._fault(f"{name} is missing")
            return None
        if not isinstance(value, str) or not value.strip():
            self._fault("write text", name)
            return None
        return value

    def _fault(self, text: str, name: str | None = None) -> None:
        path = self._at if name is None else (*self._at, name)
        self._faults.append(Fault(path, text))
