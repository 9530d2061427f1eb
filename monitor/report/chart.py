"""Positions on one issue as bars: numbers for the cells of a table, which no mail client blocks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Interval, PartyStanding
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.words import Language

LEAST: Final = 2
"""Per cent: a single number is a mark that can still be seen."""

WIDTH: Final = 30
"""Characters of a bar in the text part."""


class Bar(Record):
    """One row. `left`, `width` and `right` are per cent and add up to 100."""

    label: str
    value: str
    left: int
    width: int
    past: bool
    moved: bool

    @property
    def right(self) -> int:
        return 100 - self.left - self.width

    @property
    def drawn(self) -> str:
        """The bar in `WIDTH` characters of plain text."""
        start = min(round(self.left * WIDTH / 100), WIDTH - 1)
        length = max(1, round((self.left + self.width) * WIDTH / 100) - start)
        fill = "-" if self.past else "#"
        return "." * start + fill * length + "." * (WIDTH - start - length)


class Axis(Record):
    """The ends of an axis of numbers, each alone and both in words."""

    low: str
    high: str
    said: str


class Chart(Record):
    """Where the parties stand on one issue now, and where those that moved stood before."""

    issue: str
    axis: Axis | None
    bars: tuple[Bar, ...]


def chart(
    standings: Sequence[PartyStanding], issue: str, now: str, then: str, language: Language
) -> Chart | None:
    """The chart of one issue, or None when fewer than two bars can be drawn on one axis.

    `now` and `then` are the dates of the two versions, in words; they tell the rows of a party that
    moved apart.
    """
    about = drawn_of(standings, issue)
    draws = _of_quantities if any(each.interval for each in about) else _of_steps
    return draws(about, now, then, language)


def drawn_of(standings: Sequence[PartyStanding], issue: str) -> list[PartyStanding]:
    """Those whose bars the chart of an issue has: of quantities where anybody gave one."""
    about = [each for each in standings if each.issue == issue]
    quantities = [each for each in about if each.interval]
    return quantities or [each for each in about if each.step is not None]


def _of_quantities(
    about: Sequence[PartyStanding], now: str, then: str, language: Language
) -> Chart | None:
    intervals = [i for each in about for i in (each.interval, each.interval_before) if i]
    units = {each.unit for each in intervals}
    ends = [end for each in intervals for end in (each.low, each.high) if end is not None]
    if len(units) != 1 or not ends or not all(math.isfinite(end) for end in ends):
        return None
    low, high = min(0.0, *ends), max(0.0, *ends)
    if low == high:
        return None
    rows = _rows(about, now, then, language)
    bars = tuple(
        _bar(
            _spread(each.interval_before if past else each.interval, low, high),
            label,
            value,
            past=past,
            moved=each.moved,
        )
        for each, label, value, past in rows
        if (each.interval_before if past else each.interval)
    )
    unit = units.pop()
    start, end = language.values.number(low), language.values.number(high)
    ends_in = f"{end}{f' {visible(unit)}' if unit else ''}"
    axis = Axis(low=start, high=ends_in, said=language.frame.axis(start, ends_in))
    return _chart(about, axis, bars)


def _of_steps(
    about: Sequence[PartyStanding], now: str, then: str, language: Language
) -> Chart | None:
    steps = max((each.steps or 0 for each in about), default=0)
    if steps < 2:
        return None
    bars = []
    for each, label, value, past in _rows(about, now, then, language):
        step = each.step_before if past else each.step
        if step is not None:
            place = (step * 100 // steps, (step + 1) * 100 // steps)
            bars.append(_bar(place, label, value, past=past, moved=each.moved))
    return _chart(about, None, tuple(bars))


def _rows(
    about: Sequence[PartyStanding], now: str, then: str, language: Language
) -> list[tuple[PartyStanding, str, str, bool]]:
    """(standing, label, value in words, whether it is the past one), the past below the present."""
    rows = []
    # The mover stands last, its present above its past, so that the two are compared at a glance.
    for each in sorted(about, key=lambda standing: standing.moved):
        party = visible(each.party_label, 60)
        label = f"{party}, {now}" if each.moved else party
        rows.append((each, label, _value(each.now, each.interval, language), False))
        if each.moved and each.before:
            value = _value(each.before, each.interval_before, language)
            rows.append((each, f"{party}, {then}", value, True))
    return rows


def quantity_words(interval: Interval, language: Language) -> str:
    """`20–50 years`."""
    return language.values.interval(interval.low, interval.high, interval.unit)


def _value(word: str | None, interval: Interval | None, language: Language) -> str:
    """The quantity (its unit stands at the axis), else the place on the scale."""
    return visible(
        quantity_words(replace(interval, unit=None), language) if interval else word or "", 60
    )


def _spread(interval: Interval | None, low: float, high: float) -> tuple[int, int]:
    """Start and end in per cent of the axis; an open end reaches the axis' end."""
    assert interval is not None
    start = low if interval.low is None else interval.low
    end = high if interval.high is None else interval.high
    scale = 100 / (high - low)
    return round((start - low) * scale), round((end - low) * scale)


def _bar(place: tuple[int, int], label: str, value: str, *, past: bool, moved: bool) -> Bar:
    left = min(max(place[0], 0), 100 - LEAST)
    width = min(max(place[1] - left, LEAST), 100 - left)
    return Bar(label=label, value=value, left=left, width=width, past=past, moved=moved)


def _chart(
    about: Sequence[PartyStanding], axis: Axis | None, bars: tuple[Bar, ...]
) -> Chart | None:
    if len(bars) < 2:
        return None
    return Chart(issue=visible(about[0].issue_label), axis=axis, bars=bars)
