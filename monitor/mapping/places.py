"""Where an entry of a mapped document was written: the row that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.kinds.faults import Path
from monitor.mapping.apply import Made
from monitor.mapping.sheets import Files


class MappedPlaces:
    """Asked for errors alone, so that nothing is kept by path before."""

    def __init__(self, made: Mapping[str, Sequence[Made]], files: Files) -> None:
        self._made = made
        self._files = files
        self._rows: dict[Path, Made] | None = None

    def of(self, path: Path) -> str:
        """`file:line:column` of the closest entry with a row of its own."""
        if self._rows is None:
            self._rows = {made.path: made for each in self._made.values() for made in each}
        for length in range(len(path), -1, -1):
            made = self._rows.get(path[:length])
            if made is not None and made.rows:
                return self._files.place(made.rows[-1])
        return ", ".join(self._files.shown(name) for name in self._files.names[:3])
