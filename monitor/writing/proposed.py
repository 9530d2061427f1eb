"""What a model proposes as lines of a draft: comments under the quotation of their sentence, as the
options of the sentence itself are. A person takes one by deleting its `#`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.kinds.kind import Kind
from monitor.model.paths import read_place
from monitor.writing.facts import facts
from monitor.writing.lines import LINE, Lines
from monitor.writing.passages import plain
from monitor.writing.placing import Placement
from monitor.writing.proposals import Shown
from monitor.writing.shown import BY, END, comment, on_one_line


class Proposed:
    """Writes proposals into the text of a draft; of one kind and one state."""

    def __init__(self, kind: Kind, state: Mapping[str, Any], source: str) -> None:
        self._source = source
        self._lines = Lines(kind, {one.path: one for one in facts(kind, state)})

    def put(self, text: str, found: Sequence[tuple[int, Shown]]) -> str:
        """Each with the number of its sentence. What stands there already is not written again."""
        rows = text.split("\n")
        for number, shown in sorted(found, key=lambda one: one[0]):
            line = self._line(shown)
            if line in rows:
                continue
            at = self._end_of(rows, number)
            if at is None:
                rows += self._block(number, shown)
                at = len(rows) - 3
            rows[at:at] = [*self._remarks(shown), line]
        return "\n".join(rows)

    def _end_of(self, rows: Sequence[str], number: int) -> int | None:
        """Behind the last line of a sentence's block; None where there is none."""
        mark = f"# [{self._source}:{number}"
        starts = (at for at, row in enumerate(rows) if row.startswith((f"{mark}]", f"{mark} ")))
        start = next(starts, None)
        if start is None:
            return None
        behind = range(start + 1, len(rows))
        ends = (at for at in behind if not rows[at].strip() or rows[at].startswith(f"# {END}"))
        return next(ends, len(rows))

    def _block(self, number: int, shown: Shown) -> Sequence[str]:
        quote = plain(shown.proposal.quote)
        said = comment(f"[{self._source}:{number}] proposed: “{quote}”")
        return [*said, "", f"# {END} {self._source}", ""]

    def _remarks(self, shown: Shown) -> Iterator[str]:
        """What a person must know before she takes it."""
        told = [BY]
        if shown.known:
            told.append("known already, a source more")
        if shown.unsaid:
            told.append(f"not in the words: {', '.join(shown.unsaid)}")
        if shown.doubts:
            told.append(f"look twice: {', '.join(shown.doubts)}")
        yield from comment(f"    {told[0]} {'; '.join(told[1:])}")

    def _line(self, shown: Shown) -> str:
        """Commented out; a path that no line can have is only told."""
        one = shown.proposal.placement
        row = on_one_line(self._lines.written(one, shown.missing))
        return f"#{row}" if _is_line(row, one) else f"#     by hand: {row}"


def _is_line(row: str, one: Placement) -> bool:
    found = LINE.fullmatch(row)
    if found is None or "|" in found["path"]:  # which stands for several entries
        return False
    return read_place(found["path"]) == read_place(one.path)


def is_proposed(rows: Sequence[str], at: int) -> bool:
    """Whether the remark of a model stands right above a line, on one row or several."""
    above = at - 1
    while above > 0 and rows[above].startswith(f"#{' ' * 9}"):
        above -= 1
    return above >= 0 and rows[above].startswith(f"#{' ' * 5}{BY}")
