"""The languages whose articles are read with care; of others only names, digits and quotes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from monitor.writing.cues.cues import Cues

LANGUAGES: Final = ("en", "uk")
_CYRILLIC: Final = 0.4
"""The share of letters from which a text is taken for Ukrainian."""
_SETS: Final = (
    "abbreviations",
    "common",
    "titles",
    "demonyms",
    "joining",
    "pronouns",
    "no_units",
    "not_counted",
    "vessels",
    "firms",
)
_ENDINGS: Final = ("adjectives", "demonym_endings")


@cache
def cues_of(language: str) -> Cues:
    """Raises KeyError for a language that is none of LANGUAGES."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = (files("monitor.writing.cues") / f"{language}.toml").read_text(encoding="utf-8")
    return Cues(
        language=language, **{name: _value(name, v) for name, v in tomllib.loads(text).items()}
    )


def language_of(text: str) -> str:
    """`uk` for what is written in Cyrillic letters, else `en`."""
    letters = [letter for letter in text[:5000] if letter.isalpha()]
    cyrillic = sum(1 for letter in letters if "Ѐ" <= letter <= "ӿ")
    return "uk" if letters and cyrillic / len(letters) > _CYRILLIC else "en"


def _value(name: str, written: Any) -> Any:
    """Lists of words as sets, patterns without the breaks between their lines."""
    if name in _SETS:
        return frozenset(written.split())
    if name in _ENDINGS:
        return tuple(sorted(written.split(), key=len, reverse=True))
    if isinstance(written, dict):
        return {key: _joined(value) for key, value in written.items()}
    return _joined(written)


def _joined(value: Any) -> Any:
    return value.replace("\n", "") if isinstance(value, str) else value
