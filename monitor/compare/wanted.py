"""Keys that a person asked for: `members=id`, `*.members=id`, `groups.*=first+last|code`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain

from monitor.compare.candidates import Lists
from monitor.compare.match import Names
from monitor.compare.shapes import Form
from monitor.errors import NotFound
from monitor.kinds.values import get
from monitor.model.comparison import MISSING
from monitor.model.nearest import suggestion, suggestion_or_all


class WantedKeys:
    """Keys by the path of their list, in which `*` stands for any names; a plain path goes first.

    `""` is the list at the root, where there is one.
    """

    def __init__(self, keys: Mapping[str, str], *, form: Form) -> None:
        self._keys = {form.compared(path): text for path, text in keys.items()}
        self._fits: dict[str, list[str]] = {path: [] for path in self._keys}
        self._obeyed: set[str] = set()

    def keys(self, path: str, old: Lists, new: Lists) -> tuple[Names, ...]:
        """What is wanted for this list; nothing where no pattern fits whose fields it has."""
        patterns = [each for each in self._keys if "*" in each and fnmatchcase(path, each)]
        for pattern in [path] if path in self._keys else patterns:
            self._fits[pattern].append(path)
            keys = _read(self._keys[pattern])
            entries = [entry for part in chain(old, new) for entry in part]
            if not entries or _is_there(keys, entries):
                self._obeyed.add(pattern)
                return keys
        return ()

    def check(self, lists: Sequence[str], fields: Mapping[str, Iterable[str]]) -> None:
        """Raises NotFound for a key that fits no list, or none that has its fields.

        `fields` are the names in the entries of each of the lists.
        """
        for pattern, text in self._keys.items():
            if pattern in self._obeyed:
                continue
            fits = self._fits[pattern]
            if not fits:
                near = suggestion_or_all(pattern, lists, none="none")
                raise NotFound(f"--key {pattern}: no such list of objects{near}")
            known = [name for path in fits for name in fields.get(path, ())]
            lacking = [n for key in _read(text) for n in key if n not in known] or [text]
            near = suggestion(lacking[0], known)
            shown = pattern if pattern == fits[0] else f"{pattern} ({fits[0]})"
            raise NotFound(f"--key {shown}: no entry has the field {lacking[0]}{near}")


def _read(written: str) -> tuple[Names, ...]:
    return tuple(tuple(part.split("+")) for part in written.split("|"))


def _is_there(keys: tuple[Names, ...], entries: Iterable[object]) -> bool:
    """Whether one of the alternatives names at least one entry."""
    return any(
        all(get(entry, name) not in (MISSING, None) for name in names)
        for entry in entries
        for names in keys
    )
