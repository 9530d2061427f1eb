"""`monitor positions`: who stands where on each issue, what moved, and how far apart they are."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import click

from monitor.cli.line import load_line
from monitor.cli.table import table
from monitor.compare.labels import EntityLabels
from monitor.compare.positions import Gap, Point, Series, series
from monitor.compare.stances import Place
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.comparison import Interval
from monitor.model.text import visible
from monitor.report.inputs import plain
from monitor.words.en.units import unit_words
from monitor.words.en.values import date_words, interval, number, words

NOTHING = "—"
STATED = "stated"
"""A stance in words alone: no place on a scale and no quantity."""


@click.command()
@click.argument("names", metavar="SITUATION|FILES...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.pass_obj
def command(options: dict[str, Any], names: tuple[str, ...], form: str) -> None:
    """Print the matrix of parties and issues, every move, and the distances.

    A star marks a position that moved with the latest version.

    \b
    Examples:
      monitor positions ukraine-talks
      monitor positions snapshots/ukraine-talks --format json
    """
    line = load_line(names, config=options.get("config"))
    found = series(line.states, line.kind)
    latest, first = line.states[-1].document, line.states[0].document
    labels = _Names(EntityLabels(latest, line.kind, older=first), line.kind)
    if form == "json":
        click.echo(json.dumps(_as_json(found, labels), indent=2, ensure_ascii=False))
        return
    _print_matrix(found, labels)
    _print_moves(found, labels)
    _print_gaps(found, labels)


class _Names:
    """Parties and issues in words."""

    def __init__(self, labels: EntityLabels, kind: Kind) -> None:
        self._labels = labels
        self._kind = kind

    def party(self, listed: str, identity: str) -> str:
        return self._name(listed, "party", identity)

    def issue(self, listed: str, identity: str) -> str:
        return self._name(listed, "issue", identity)

    def _name(self, listed: str, part: str, identity: str) -> str:
        collection = self._kind.collections[listed]
        field = collection.fields.get(getattr(collection.position, part))
        if field is None or field.ref is None:
            return identity
        return self._labels.ref(field.ref, identity)


def _print_matrix(found: Series, names: _Names) -> None:
    parties = list(dict.fromkeys((line.place[0], line.place[1]) for line in found.lines))
    issues = list(dict.fromkeys((line.place[0], line.place[2]) for line in found.lines))
    cells = {line.place: line.points[-1] for line in found.lines}
    rows = [["", *(names.party(*party) for party in parties)]]
    for listed, issue in issues:
        row = [names.issue(listed, issue)]
        row += [_cell(cells.get((listed, party, issue))) for _, party in parties]
        rows.append(row)
    table([[visible(text) for text in row] for row in rows])


def _cell(point: Point | None) -> str:
    if point is None:
        return NOTHING
    return f"{_position(point)}{' *' if point.moved else ''}"


def _position(point: Point) -> str:
    parts = [point.value or "", _interval(point.interval)]
    return " ".join(part for part in parts if part) or STATED


def _interval(value: Interval | None) -> str:
    return interval(value.low, value.high, value.unit) if value else ""


def _print_moves(found: Series, names: _Names) -> None:
    lines = []
    for line in found.lines:
        for before, now in pairwise(line.points):
            if before is not None and now is not None and now.moved:
                lines.append((now.as_of, _move(line.place, before, now, names)))
    if lines:
        click.echo("\nMoves")
    for as_of, text in sorted(lines, key=lambda line: (order(line[0]), line[1])):
        click.echo(f"  {visible(f'{date_words(as_of)}: {text}')}")


def _move(place: Place, before: Point, now: Point, names: _Names) -> str:
    subject = f"{names.party(place[0], place[1])} on {names.issue(place[0], place[2])}"
    was, now_is = _position(before), _position(now)
    text = f"{subject}: {was} → {now_is}"
    if was == now_is:
        text = f"{subject}: restated{f': {now.text}' if now.text else ''}"
    elif was == STATED:
        text = f"{subject}: first put as {now_is}"
    if steps := _steps(now.by):
        text += f" ({steps})"
    return f"{text}, back to {date_words(now.back_to)}" if now.back_to else text


def _steps(by: tuple[float | None, float | None] | None) -> str:
    """How far each end moved; what both did is said once."""
    if by is None:
        return ""
    low, high = by
    if low and low == high:
        return _step(low)
    ends = (("lower end", low), ("upper end", high))
    return ", ".join(f"{end} {_step(size)}" for end, size in ends if size)


def _step(size: float) -> str:
    return f"{'down' if size < 0 else 'up'} by {number(abs(size))}"


def _print_gaps(found: Series, names: _Names) -> None:
    if found.gaps:
        click.echo("\nDistances")
    for gap in found.gaps:
        click.echo(f"  {visible(_gap(gap, names))}")


def _gap(gap: Gap, names: _Names) -> str:
    between = " – ".join(names.party(gap.list, party) for party in gap.parties)
    steps: list[float] = []
    for size in gap.distances:
        if size is not None and (not steps or steps[-1] != size):
            steps.append(size)
    unit = unit_words(steps[-1], gap.unit or "steps") if steps else ""
    sizes = " → ".join(number(size) for size in steps)
    text = f"{between} on {names.issue(gap.list, gap.issue)}: {sizes} {unit}"
    if gap.first_overlap is not None:
        return f"{text}; they first met on {words(gap.first_overlap)}"
    return f"{text}; closest on {words(gap.closest)}" if len(steps) > 1 else text


def _as_json(found: Series, names: _Names) -> dict[str, Any]:
    """The series for charts: one point per version, null where there is none."""
    return {
        "as_ofs": list(found.as_ofs),
        "lines": [
            {
                "list": line.place[0],
                "party": line.place[1],
                "party_label": names.party(line.place[0], line.place[1]),
                "issue": line.place[2],
                "issue_label": names.issue(line.place[0], line.place[2]),
                "points": [plain(point) if point else None for point in line.points],
            }
            for line in found.lines
        ],
        "gaps": [plain(gap) for gap in found.gaps],
    }
