"""Languages: what is found is said in words here and nowhere else.

A language is loaded when it is asked for: a comparison in English starts without the others.
"""

from __future__ import annotations

from monitor.words.en import ENGLISH
from monitor.words.language import Language

__all__ = ["ENGLISH", "LANGUAGES", "Language", "language"]

LANGUAGES = ("en", "uk")
"""What a subscription may ask for."""


def language(code: str) -> Language:
    """Raises KeyError for a language that has no words."""
    if code == "en":
        return ENGLISH
    if code == "uk":
        from monitor.words.uk import UKRAINIAN  # noqa: PLC0415 - loaded when asked for

        return UKRAINIAN
    raise KeyError(code)
