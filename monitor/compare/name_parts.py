"""How the columns of a first and a last name are headed, without blanks and signs."""

from __future__ import annotations

from typing import Final

PARTS: Final = (
    ("first", "last"),
    ("firstname", "lastname"),
    ("given", "family"),
    ("givenname", "familyname"),
    ("forename", "surname"),
    ("firstname", "surname"),
    ("givenname", "surname"),
    ("givennames", "surname"),
    ("first", "family"),
    ("first", "surname"),
    ("given", "surname"),
    ("forenames", "surname"),
    ("firstnames", "surname"),
    ("givennames", "familyname"),
    ("firstname", "familyname"),
    ("givenname", "lastname"),
    ("vorname", "nachname"),
    ("vorname", "familienname"),
    ("prénom", "nom"),
    ("prenom", "nom"),
    ("nombre", "apellido"),
    ("nombre", "apellidos"),
    ("nombres", "apellidos"),
    ("nome", "cognome"),
    ("nome", "sobrenome"),
    ("voornaam", "achternaam"),
    ("förnamn", "efternamn"),
    ("fornavn", "etternavn"),
    ("fornavn", "efternavn"),
    ("etunimi", "sukunimi"),
    ("imię", "nazwisko"),
    ("jméno", "příjmení"),
    ("імя", "прізвище"),
    ("имя", "фамилия"),
    ("име", "фамилия"),
)

BESIDE_NAME: Final = (("vorname", "name"), ("voornaam", "naam"))
"""Where `name` is the last one."""
