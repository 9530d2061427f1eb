"""Languages: what is found is said in words here and nowhere else.

A language is loaded when it is asked for: a comparison in English starts without the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitor.words.en import ENGLISH
from monitor.words.language import Language

__all__ = ["ENGLISH", "LANGUAGES", "LOADERS", "Language", "language"]


def _ukrainian() -> Language:
    from monitor.words.uk import UKRAINIAN  # noqa: PLC0415 - loaded when asked for

    return UKRAINIAN


LOADERS: Final[dict[str, Callable[[], Language]]] = {"en": lambda: ENGLISH, "uk": _ukrainian}
"""One for each language, by its code."""

LANGUAGES: Final = tuple(LOADERS)
"""What a subscription may ask for."""


def language(code: str) -> Language:
    """Raises KeyError for a language that has no words."""
    return LOADERS[code]()
