"""Languages: what is found is said in words here and nowhere else."""

from __future__ import annotations

from monitor.words.en import ENGLISH
from monitor.words.language import Language

__all__ = ["ENGLISH", "LANGUAGES", "Language", "language"]

LANGUAGES = ("en",)
"""What a subscription may ask for."""


def language(code: str) -> Language:
    """Raises KeyError for a language that has no words."""
    return {"en": ENGLISH}[code]
