"""Names of other scripts in letters that a reader would recognise."""

from __future__ import annotations

import pytest

from monitor.model.latin import in_latin
from monitor.pipeline.adding.place import name_of, slug, title_of

NAMES = (
    ("Зміни уряду", "zminy-uriadu"),
    ("Єдність", "yednist"),
    ("Сенаторы", "senatory"),
    ("Хрущёв", "khrushchyov"),
    ("Љубљана", "ljubljana"),
    ("Υπουργοί", "ypourgoi"),
    ("მინისტრები", "ministrebi"),
    ("Հայաստան", "hayastan"),
    ("وزير", "wzyr"),
    ("שרים", "shrym"),
    ("नाम", "naama"),
    ("மந்திரி", "mantiri"),
    ("장관", "janggwan"),
    ("カナダ", "kanada"),
    ("Łódź & Straße", "lodz-strasse"),
    ("Đà Nẵng", "da-nang"),
    ("Plain Name", "plain-name"),
)


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_is_recognised_in_plain_letters(text: str, name: str) -> None:
    assert slug(text) == name


def test_what_is_of_no_known_script_stays_as_it_is() -> None:
    assert in_latin("大臣 X") == "大臣 x"


@pytest.mark.parametrize(
    ("place", "name", "title"),
    [
        ("lists/Депутати.csv", "deputati", "Депутати"),
        ("https://example.org/a/%D0%A1%D0%BE%D1%8E%D0%B7.csv?x=1", "soyuz", "Союз"),
        ("大臣.csv", "watched", "大臣"),
        ("members.csv", "members", None),
        ("ставки/data.csv", "stavki", None),
    ],
)
def test_a_place_has_a_name_and_its_own_letters_as_title(
    place: str, name: str, title: str | None
) -> None:
    found = name_of(place, {})
    assert (found, title_of(place, {}, found)) == (name, title)
