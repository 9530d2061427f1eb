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
from monitor.kinds.translating import translated
from monitor.model.as_of import order
from monitor.model.comparison import Interval
from monitor.model.text import visible
from monitor.pipeline.objects import PlaceNames, positions_object
from monitor.words import LANGUAGES, Language, language

NOTHING = "—"


@click.command()
@click.argument("names", metavar="SITUATION|FILES...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option(
    "--language", "code", type=click.Choice(LANGUAGES), default="en", help="The language of text."
)
@click.pass_obj
def command(options: dict[str, Any], names: tuple[str, ...], form: str, code: str) -> None:
    """Print the matrix of parties and issues, every move, and the distances.

    A star marks a position that moved with the latest version.

    \b
    Examples:
      monitor positions ukraine-talks
      monitor positions snapshots/ukraine-talks --format json
    """
    line = load_line(names, config=options.get("config"))
    kind = translated(line.kind, code)
    found = series(line.states, kind)
    latest, first = line.states[-1].document, line.states[0].document
    labels = _Names(EntityLabels(latest, kind, older=first), kind, language(code))
    if form == "json":
        click.echo(json.dumps(positions_object(found, labels), indent=2, ensure_ascii=False))
        return
    _print_matrix(found, labels)
    _print_moves(found, labels)
    _print_gaps(found, labels)


class _Names(PlaceNames):
    """Parties and issues in words, and the language of the rest."""

    def __init__(self, labels: EntityLabels, kind: Kind, spoken: Language) -> None:
        super().__init__(labels, kind)
        self.spoken = spoken


def _print_matrix(found: Series, names: _Names) -> None:
    parties = list(dict.fromkeys((line.place[0], line.place[1]) for line in found.lines))
    issues = list(dict.fromkeys((line.place[0], line.place[2]) for line in found.lines))
    cells = {line.place: line.points[-1] for line in found.lines}
    rows = [["", *(names.party(*party) for party in parties)]]
    for listed, issue in issues:
        row = [names.issue(listed, issue)]
        row += [_cell(cells.get((listed, party, issue)), names.spoken) for _, party in parties]
        rows.append(row)
    table([[visible(text) for text in row] for row in rows])


def _cell(point: Point | None, spoken: Language) -> str:
    if point is None:
        return NOTHING
    return f"{_position(point, spoken)}{' *' if point.moved else ''}"


def _position(point: Point, spoken: Language) -> str:
    parts = [point.value or "", _interval(point.interval, spoken)]
    return " ".join(part for part in parts if part) or spoken.series.STATED


def _interval(value: Interval | None, spoken: Language) -> str:
    return spoken.values.interval(value.low, value.high, value.unit) if value else ""


def _print_moves(found: Series, names: _Names) -> None:
    lines = []
    for line in found.lines:
        for before, now in pairwise(line.points):
            if before is not None and now is not None and now.moved:
                lines.append((now.as_of, _move(line.place, before, now, names)))
    if lines:
        click.echo(f"\n{names.spoken.series.MOVES}")
    for as_of, text in sorted(lines, key=lambda line: (order(line[0]), line[1])):
        click.echo(f"  {visible(f'{names.spoken.values.date_words(as_of)}: {text}')}")


def _move(place: Place, before: Point, now: Point, names: _Names) -> str:
    spoken, series = names.spoken, names.spoken.series
    subject = series.stance(names.party(place[0], place[1]), names.issue(place[0], place[2]))
    was, now_is = _position(before, spoken), _position(now, spoken)
    text = f"{subject}: {was} → {now_is}"
    if was == now_is:
        text = series.restated(subject, now.text or "")
    elif was == series.STATED:
        text = series.first_put(subject, now_is)
    if steps := _steps(now.by, spoken):
        text += f" ({steps})"
    back = series.back_to(spoken.values.date_words(now.back_to)) if now.back_to else ""
    return f"{text}{back}"


def _steps(by: tuple[float | None, float | None] | None, spoken: Language) -> str:
    """How far each end moved; what both did is said once."""
    if by is None:
        return ""
    low, high = by
    if low and low == high:
        return _step(low, spoken)
    ends = ((spoken.series.lower_end, low), (spoken.series.upper_end, high))
    return ", ".join(end(_step(size, spoken)) for end, size in ends if size)


def _step(size: float, spoken: Language) -> str:
    return spoken.series.both_ends(spoken.values.number(abs(size)), down=size < 0)


def _print_gaps(found: Series, names: _Names) -> None:
    if found.gaps:
        click.echo(f"\n{names.spoken.series.DISTANCES}")
    for gap in found.gaps:
        click.echo(f"  {visible(_gap(gap, names))}")


def _gap(gap: Gap, names: _Names) -> str:
    spoken, series = names.spoken, names.spoken.series
    between = " – ".join(names.party(gap.list, party) for party in gap.parties)
    steps: list[float] = []
    for size in gap.distances:
        if size is not None and (not steps or steps[-1] != size):
            steps.append(size)
    sizes = " → ".join(map(spoken.values.number, steps))
    told = series.distance(steps[-1], sizes, gap.unit) if steps else sizes
    text = f"{series.stance(between, names.issue(gap.list, gap.issue))}: {told}"
    if gap.first_overlap is not None:
        return text + series.met(spoken.values.words(gap.first_overlap))
    if len(steps) < 2:
        return text
    return text + series.closest(spoken.values.words(gap.closest))
