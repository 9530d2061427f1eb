"""What a language has to offer: the rest of the house knows no word of any.

A language is a folder beside this file with a module for each protocol below; the type checker
holds every language to the whole of it. Text from snapshots stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from monitor.model.comparison import Json
from monitor.model.said import Beside, Followed, Observed, Said


class Values(Protocol):
    """Values, numbers, days and lists."""

    def words(self, value: Json, *, other: Json = None) -> str:
        """A value in words; `other` stands on the other side: where that is a name, null is "not
        named"."""

    def both(self, before: Json, after: Json) -> tuple[str, str]:
        """Two values in words; as JSON where words would hide the difference."""

    def listed(self, parts: Sequence[str], *, limit: int = 12) -> str:
        """`a, b and c`; beyond the limit the rest is counted."""

    def number(self, value: float) -> str:
        """Thousands are set apart from 10,000 on, so that a year stays a year."""

    def interval(self, low: Json, high: Json, unit: Json) -> str:
        """`30–50 years`; None is an open end."""

    def date_words(self, text: str, *, year: bool = True) -> str:
        """`17 February 2026`; text that is no day is returned as it is."""

    def days_in_words(self, text: str) -> str:
        """A text with every day in it (`2026-02-17`, as labels have them) written out."""

    def date_range(self, start: Json, end: Json) -> str:
        """`17–18 February 2026`; what two days share is said once."""


class Sentences(Protocol):
    """What findings and remarks say. No end is needed: `wording` closes a sentence."""

    def sentence(self, said: Said, beside: Beside) -> str: ...

    def aside(self, said: Said, beside: Beside) -> str:
        """What stands beside the sentence; most have nothing."""

    def followed(self, shifted: Followed) -> str:
        """What only follows, such as ranks that shift because one above is gone."""

    def remark(self, said: Observed) -> str: ...


class Language(NamedTuple):
    """One language. `code` is that of BCP 47, as subscriptions and Babel name it."""

    code: str
    values: Values
    sentences: Sentences
