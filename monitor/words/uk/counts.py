"""Words for levels, and lines with counts in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Significance
from monitor.words.uk.plurals import ENTRIES, FINDINGS, Forms, counted, form, grouped
from monitor.words.uk.values import listed

_LEVELS: Final = {
    Significance.CRITICAL: "критично",
    Significance.MAJOR: "важливо",
    Significance.MINOR: "незначно",
    Significance.NOISE: "шум",
}
_OF_LEVEL: Final = {
    Significance.CRITICAL: Forms("критична", "критичні", "критичних"),
    Significance.MAJOR: Forms("важлива", "важливі", "важливих"),
    Significance.MINOR: Forms("незначна", "незначні", "незначних"),
    Significance.NOISE: Forms("шумова", "шумові", "шумових"),
}
_SITUATIONS: Final = Forms("ситуація", "ситуації", "ситуацій")
_REMARKS: Final = Forms("зауваження", "зауваження", "зауважень")
_ALERTS: Final = Forms(
    "сповіщення, що вже не актуальне",
    "сповіщення, що вже не актуальні",
    "сповіщень, що вже не актуальні",
)


def level(level: Significance) -> str:
    return _LEVELS[level]


def of_level(number: int, level: Significance) -> str:
    return form(number, _OF_LEVEL[level])


def more(number: int) -> str:
    return f"і ще {number}"


def more_remarks(number: int) -> str:
    return f"І ще {counted(number, _REMARKS)} такого роду."


def more_withdrawn(number: int) -> str:
    return f"І ще {counted(number, _ALERTS)}."


def missing_in(number: int, section: str) -> str:
    return f"Не вмістилося в цей лист із розділу «{section}»: {counted(number, FINDINGS)}."


def missing(number: int) -> str:
    return f"Не вмістилося в цей лист: {counted(number, FINDINGS)}."


def summary(total: int, unchanged: int) -> str:
    return f"{counted(total, FINDINGS)}; без змін — {counted(unchanged, ENTRIES)}."


def stands(counts: str, unchanged: int) -> str:
    return f"{counts}; без змін — {counted(unchanged, ENTRIES)}."


def ignored(number: int, names: Sequence[str]) -> str:
    return f"Не враховано змін — {grouped(number)} ({listed(names, limit=6)})."


def hidden(number: int, noise: int) -> str:
    many = f"Не показано {counted(number, FINDINGS)}" if number != 1 else "Не показано 1 зміну"
    if noise == number:
        return f"{many}: {'це шум' if number == 1 else 'усе це шум'}."
    return f"{many}, із них шум — {noise}." if noise else f"{many}."


def situations(number: int) -> str:
    return counted(number, _SITUATIONS)


def against(total: int, counts: str, new: int) -> str:
    if new == total:
        fresh = "Вона для вас нова." if new == 1 else "Усі вони для вас нові."
    else:
        fresh = f"Нових для вас: {new}." if new else "Нових для вас немає."
    return f"Відтоді — {counted(total, FINDINGS)}: {counts}. {fresh}"


def first(number: int, since: str) -> str:
    return f"У першому листі: {counted(number, FINDINGS)} від {since}."
