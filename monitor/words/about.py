"""How titles of snapshots join whoever speaks to what it is about, in any shipped language."""

from __future__ import annotations

from typing import Final

ABOUT: Final = frozenset(("on", "about", "про", "щодо"))

OF: Final = "of"
"""How a title joins what there is to what it is about: `Offer of a meeting`."""

ASKING: Final = frozenset(("what", "which", "when", "where", "whose", "коли", "який", "яка", "яке"))
"""Words that a matter may begin with, of which no text has to tell anything."""

SPOKEN: Final = frozenset(("claimed", "said", "stated", "announced", "declared", "заявлено"))
"""Statuses of what somebody says for himself, which his words need not have again."""

SPELLED: Final = (
    ("no", "жодного", "жодної"),
    ("one", "один", "одна", "одне", "одну", "одного"),
    ("two", "два", "дві"),
    ("three", "три"),
    ("four", "чотири"),
    ("five", "п’ять", "п'ять"),
    ("six", "шість"),
    ("seven", "сім"),
    ("eight", "вісім"),
    ("nine", "дев’ять", "дев'ять"),
    ("ten", "десять"),
    ("eleven", "одинадцять"),
    ("twelve", "дванадцять"),
)
"""Small numbers, from 0 on, as texts spell them in any shipped language."""
