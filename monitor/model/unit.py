"""The unit of a quantity in the language of a reader."""

from __future__ import annotations

from collections.abc import Mapping


class Unit(str):
    """A unit as text, with the forms that it takes beside numbers, by the plural categories of
    CLDR: `one`, `few`, `many`, `other`. As a text it is the form beside many."""

    __slots__ = ("forms",)

    forms: Mapping[str, str]

    def __new__(cls, forms: Mapping[str, str]) -> Unit:
        made = super().__new__(cls, forms.get("many") or forms["other"])
        made.forms = forms
        return made

    def __getnewargs__(self) -> tuple[Mapping[str, str]]:  # type: ignore[override]
        return (self.forms,)
