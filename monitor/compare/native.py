"""Names in other languages than English: what such a field is called, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

# What a field with the name of a person, a place or a text is called, folded to small letters.
WORDS: Final = frozenset(
    (
        # Of persons and things.
        "氏名", "名前", "姓名", "名称", "名字", "이름", "성명", "명칭", "імʼя", "ім’я",
        "піб", "назва", "имя", "фио", "название", "наименование", "име", "назив", "όνομα",
        "ονομασία", "اسم", "الاسم", "نام", "שם", "नाम", "ชื่อ", "անուն", "სახელი", "nom",
        "nombre", "nome",
        "namn", "navn", "naam", "nimi", "nimetus", "név", "imię", "nazwa", "nazwisko", "jméno",
        "název", "meno", "názov", "ime", "naziv", "nume", "denumire", "ad", "isim", "tên", "nama",
        "vārds", "nosaukumas", "vardas", "bezeichnung", "benennung", "denominación",
        "denominazione", "dénomination", "intitulé", "libellé",
        # Of texts.
        "題名", "タイトル", "件名", "标题", "標題", "제목", "заголовок", "titel", "titre", "título",
        "titolo", "tytuł", "titlu", "otsikko", "rubrik",
    )
)  # fmt: skip
_LANGUAGES: Final = frozenset(
    (
        "ar", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu",
        "fa", "fi", "fr", "ga", "gd", "gl", "he", "hi", "hr", "hu", "hy", "is", "it", "ja", "ka",
        "kk", "ko", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk",
        "sl", "sq", "sr", "sv", "th", "tr", "uk", "uz", "vi", "zh",
    )
)  # fmt: skip
_LONGEST: Final = 40
_WORDS: Final = 6


def is_in_languages(values: Iterable[Any]) -> bool:
    """Whether these are texts by language: `{"uk": "Київ", "en": "Kyiv"}`."""
    objects = [value for value in values if isinstance(value, dict) and value]
    return bool(objects) and all(is_language(name) for each in objects for name in each)


def is_language(name: str) -> bool:
    """Whether a name is the code of a language."""
    return name in _LANGUAGES or (name[:2] in _LANGUAGES and name[2:3] in ("-", "_"))


def is_name_in_script(text: str) -> bool:
    """A few words of letters that are neither capital nor small, as in Arabic or Japanese."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2 or any(c.isupper() or c.islower() for c in letters):
        return False
    return len(text) <= _LONGEST and len(text.split()) <= _WORDS and not any(map(str.isdigit, text))


def are_apart(values: Sequence[str]) -> bool:
    """Whether hardly any two of one version are the same, of two versions of a list: of a text in
    such a script nothing else tells it from a word of a closed list."""
    return len(values) > 1 and 2 * len(set(values)) >= len(values)
