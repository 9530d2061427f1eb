"""A person in two columns is called by both, however the columns are headed."""

from __future__ import annotations

import pytest

from monitor.words import language
from monitor.words.wording import sentence
from tests.unit.compare.plain import compared

HEADERS = [
    ("first_name", "last_name"),
    ("First name", "Last name"),
    ("Given Name", "Family Name"),
    ("FIRST-NAME", "SURNAME"),
    ("Vorname", "Nachname"),
    ("Vorname", "Name"),
    ("Prénom", "Nom"),
    ("Förnamn", "Efternamn"),
    ("Nombre", "Apellidos"),
    ("Имя", "Фамилия"),
    ("Ім’я", "Прізвище"),
    ("Ім'я", "Прізвище"),
]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("first", "last"), HEADERS)
def test_both_columns_make_the_name(first: str, last: str, turned: bool) -> None:
    def rows(team: str) -> list[dict[str, object]]:
        people = (("Tove", "Halm", team), ("Sol", "Lind", "South"), ("Ina", "Rask", "West"))
        names = (last, first) if turned else (first, last)
        return [
            {"No": f"{at:03}", **{name: {first: one, last: two}[name] for name in names}, "Team": t}
            for at, (one, two, t) in enumerate(people, 1)
        ]

    (finding,) = compared(rows("North"), rows("East")).findings
    assert sentence(finding) == "Tove Halm: team changes from North to East."
    assert sentence(finding, language("uk")).startswith("Tove Halm")
