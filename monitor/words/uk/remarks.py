"""Sentences on what stands beside the findings."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import (
    Approach,
    Corrected,
    KindChanged,
    Lapsed,
    Overlap,
    Returned,
    Reversed,
)
from monitor.words.uk.grammar import when
from monitor.words.uk.plurals import DAYS, NARROW, STEPS, form
from monitor.words.uk.values import date_words, listed, unit_words, words

_RECORDS = {"closest": "найменша досі", "widest": "найбільша досі"}


def closer(said: Approach) -> str:
    return f"{_distance(said)} скорочується, {_sizes(said)}{_record(said)}{_mover(said)}"


def further(said: Approach) -> str:
    return f"{_distance(said)} зростає, {_sizes(said)}{_record(said)}{_mover(said)}"


def overlap(said: Overlap) -> str:
    met = f"{said.issue}: позиції тепер збігаються ({listed(said.parties)})"
    if said.at is MISSING or said.at is None:
        return f"{met}, {_sizes(said)}"
    place = words(said.at) if isinstance(said.at, dict) else f"«{words(said.at)}»"
    return f"{met}, {place}; {_sizes(said)}"


def _distance(said: Approach) -> str:
    return f"{said.issue}: відстань між сторонами ({listed(said.parties)})"


def _mover(said: Approach) -> str:
    """Who moved, where it was one of several."""
    if len(said.moved) == len(said.parties):
        return ""
    return f"; рухається {said.moved[0]}"


def _sizes(said: Approach) -> str:
    if said.unit == "date":
        unit = form(said.after, DAYS)
    else:
        unit = unit_words(said.after, said.unit) if said.unit else form(said.after, STEPS)
    return f"{words(said.before)} → {words(said.after)}{NARROW}{unit}"


def _record(said: Approach) -> str:
    return "" if said.record is MISSING else f" ({_RECORDS[said.record]})"


def reversed(said: Reversed) -> str:
    return f"{said.label}: знову так, як було {date_words(said.as_of)}"


def returned(said: Returned) -> str:
    undone = date_words(said.undone)
    return f"Знову той самий стан, що й {date_words(said.as_of)}; зміни від {undone} скасовано"


def corrected(said: Corrected) -> str:
    return f"Дані за {date_words(said.as_of)} виправлено"


def lapsed(said: Lapsed) -> str:
    if said.over is True:
        return f"{said.label}: завершення {date_words(str(said.dates[1]))}"
    return f"{said.label}: було «{said.state}», {when(said.dates)}; відтоді нічого не відомо"


def kind_changed(said: KindChanged) -> str:
    return f"Після {date_words(said.as_of)} змінилася будова цих знімків"
