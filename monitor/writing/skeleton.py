"""Names written by ear: Umerov, Umierov and Умєров sound alike, and so do their skeletons."""

from __future__ import annotations

from functools import cache
from typing import Final

from monitor.model.latin import in_latin

_SOUNDS: Final = (
    ("dzh", "j"), ("tsch", "c"), ("tch", "c"), ("shch", "s"), ("sch", "s"), ("sh", "s"),
    ("sz", "s"), ("ch", "c"), ("cz", "c"), ("zh", "z"), ("kh", "h"), ("ck", "k"), ("ph", "f"),
    ("th", "t"), ("gh", "g"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("iy", "i"), ("ij", "i"), ("yi", "i"), ("yy", "i"), ("ii", "i"), ("ey", "ei"), ("ie", "e"),
    ("je", "e"), ("ye", "e"), ("ia", "a"), ("ja", "a"), ("ya", "a"), ("iu", "u"), ("ju", "u"),
    ("yu", "u"), ("io", "o"), ("yo", "o"), ("jo", "o"), ("y", "i"), ("j", "i"), ("ts", "c"),
    ("tz", "c"), ("ь", ""), ("ъ", ""),
)  # fmt: skip


@cache
def skeleton(word: str) -> str:
    """A word in the letters that are left when spelling is taken away; empty for a sign."""
    sound = "".join(letter for letter in in_latin(word) if letter.isalnum())
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    return "".join(
        letter for number, letter in enumerate(sound) if not number or sound[number - 1] != letter
    )


def is_cyrillic(word: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in word)
