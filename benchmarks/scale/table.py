"""One Markdown table of everything that was measured, a column for each tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """Cells by row and tree; rows stay in the order in which they came."""

    codes: Sequence[str]
    rows: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    goals: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """For want of time."""

    def put(self, what: str, sort: str, code: str, cell: str, *, goal: str = "") -> None:
        """Also said at once, since the whole takes minutes."""
        row = (what, sort)
        self.rows.setdefault(row, {})[code] = cell
        if goal:
            self.goals[row] = goal
        print(f"  {code:<10}{sort:<12}{what}: {cell}", flush=True)

    def note(self, head: str, lines: Sequence[str]) -> None:
        """What is no cell, said behind the table."""
        self.notes.append("\n".join((f"\n{head}\n", "```", *lines, "```")))

    def markdown(self) -> str:
        head = ["what", "database", *self.codes, "goal"]
        lines = [_line(head), _line(["---"] * len(head))]
        for (what, sort), cells in self.rows.items():
            mine = [cells.get(code, "") for code in self.codes]
            lines.append(_line([what, sort, *mine, self.goals.get((what, sort), "")]))
        if self.left_out:
            lines.append(f"\nNot measured, for want of time: {'; '.join(self.left_out)}.")
        return "\n".join((*lines, *self.notes))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def ms(seconds: float) -> str:
    return f"{1000 * seconds:,.0f} ms" if seconds >= 0.01 else f"{1000 * seconds:.1f} ms"


def seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"
