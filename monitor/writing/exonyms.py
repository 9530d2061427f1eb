"""What countries and their capitals are called in other languages (CLDR, by babel), so that an
article in one finds what a situation names in another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from babel import Locale

from monitor.writing.cues.known import LANGUAGES

_SHORT: Final = {
    "US": ("США", "U.S.", "U.S.A.", "America"),
    "RU": ("РФ", "Russian Federation"),
    "GB": ("Britain", "Great Britain", "Британія"),
    "AE": ("Emirates", "ОАЕ", "Емірати"),
    "CN": ("КНР", "PRC"),
    "TR": ("Turkey",),
    "CZ": ("Czech Republic",),
}
"""By their code what CLDR's main names leave out."""

_CAPITALS: Final = (
    ("Moscow", "Москва"),
    ("Kyiv", "Kiev", "Київ", "Києва", "Києву", "Києвом", "Києві"),
    ("Washington", "Вашингтон"),
    ("London", "Лондон"),
    ("Paris", "Париж"),
    ("Berlin", "Берлін"),
    ("Brussels", "Брюссель"),
    ("Ankara", "Анкара"),
    ("Beijing", "Пекін"),
    ("Warsaw", "Варшава"),
    ("Vienna", "Відень", "Відня", "Відні"),
    ("Geneva", "Женева"),
    ("Rome", "Рим"),
    ("Bern", "Берн"),
    ("Abu Dhabi", "Абу-Дабі"),
    ("Istanbul", "Стамбул"),
    ("Riyadh", "Ер-Ріяд"),
)
"""Cities by which articles name those who sit there, and in which they meet."""


def also_called(form: str) -> tuple[str, ...]:
    """Other names of a country or a city that is called so; () for anything else."""
    plain = form.casefold().removeprefix("the ")
    return tuple(one for one in _groups().get(plain, ()) if one.casefold() != plain)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    return {one.casefold(): group for group in _all() for one in group}


def _all() -> Iterator[tuple[str, ...]]:
    yield from _CAPITALS
    locales = [Locale(one).territories for one in LANGUAGES]
    for code, name in locales[0].items():
        if code.isalpha():
            called = (name, *(each.get(code, name) for each in locales[1:]), *_SHORT.get(code, ()))
            yield tuple(dict.fromkeys(one.replace("ʼ", "’") for one in called))
