"""Numbers with their nouns: the plural forms of CLDR, through Babel."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.plural import PluralRule

from monitor.model.tuples import NamedTuple

NARROW = "\u00a0"
"""Between a number and what is counted, and between thousands."""


class Forms(NamedTuple):
    """A noun beside 1, 2 and 5, and beside a fraction."""

    one: str
    few: str
    many: str
    other: str = ""


ENTRIES = Forms("запис", "записи", "записів", "запису")
FINDINGS = Forms("зміна", "зміни", "змін", "зміни")
STEPS = Forms("крок", "кроки", "кроків", "кроку")
DAYS = Forms("день", "дні", "днів", "дня")


@cache
def _rule() -> PluralRule:
    return Locale("uk").plural_form


def form(number: float, forms: Forms) -> str:
    """The form that stands beside this number."""
    whole = int(number) if float(number).is_integer() else number
    chosen = _rule()(abs(whole))
    return str(getattr(forms, chosen)) or forms.many


def counted(number: int, forms: Forms) -> str:
    """`1 зміна`, `2 зміни`, `5 змін`."""
    return f"{grouped(number)}{NARROW}{form(number, forms)}"


def grouped(number: int) -> str:
    """Thousands are set apart from 10 000 on, so that a year stays a year."""
    return f"{number:,}".replace(",", NARROW) if abs(number) >= 10_000 else str(number)
