"""When two texts are the same words in another spelling, and how alike two names are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from monitor.model.later import later
from monitor.model.patterns import regex

if TYPE_CHECKING:
    import difflib
    import html
else:
    difflib, html = later("difflib"), later("html")

_TAG = regex(r"<[^<>]{1,80}>")
_ODD = regex(r"[<&'\"`-]|\s\s|^\s|\s$")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ`´′\"“”„«»"))
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—"), " ")
# ł, ø, đ ... have no decomposition in Unicode.
_STROKES = str.maketrans("łŁøØđĐħĦıßæÆœŒ", "lLoOdDhHisaAoO")


def skeleton(text: str) -> str:
    """The text without case, diacritics, apostrophes, quotation marks, dashes and markup."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", text))
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_STROKES))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.translate(_APOSTROPHES).translate(_DASHES).casefold().split())


def same_spelling(one: str, other: str) -> bool:
    """Whether two texts differ in their spelling only; a text without letters never does."""
    if _is_plain(one) and _is_plain(other):
        bones = one.casefold()
        return bones == other.casefold() and any(c.isalpha() for c in bones)
    bones = skeleton(one)
    return any(c.isalpha() for c in bones) and bones == skeleton(other)


def _is_plain(text: str) -> bool:
    """Whether nothing but the case of its letters can be a matter of spelling."""
    return text.isascii() and _ODD.search(text) is None


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same), of two short texts in either order."""
    if one == other:
        return 1.0
    # The matcher looks for the second in the first, and may find less the other way round.
    first, second = sorted((skeleton(one), skeleton(other)))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
