"""Text from snapshots made safe to show: nothing in it can hide, reorder or break what is around.

All that a digest shows of a snapshot goes through `visible`, and every link through `web_link`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from monitor.model.patterns import regex

LIMIT: Final = 600
"""Characters of one value; a longer one ends with how many of how many are shown."""

# C0 and C1 controls but the white space; zero-width, bidi and other format characters (Unicode
# category Cf), line separators, surrogates, noncharacters and private use.
_SUSPECT = regex(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SPACE = regex(r"[\s\x85\u2028\u2029]+")
_WORD = regex(r"\w+")
_LATIN = regex("[A-Za-z\u00c0-\u024f]")
_LOOKALIKE = regex("[\u0370-\u03ff\u0400-\u052f]")


def visible(text: str, limit: int = LIMIT) -> str:
    """One line in which each character can be seen.

    Control, bidi and zero-width characters become their code point in angle brackets, and so does
    a Greek or Cyrillic letter inside a word of Latin ones, or the other way round.
    """
    length = len(text)
    if length > limit:
        text = text[:limit]
    if text.isascii() and text.isprintable():
        # Most texts: nothing in them can hide, and a space is a space.
        line = " ".join(text.split())
    else:
        line = _SPACE.sub(" ", _SUSPECT.sub(_code_point, text)).strip()
        if _LATIN.search(line) and _LOOKALIKE.search(line):
            line = _WORD.sub(_mixed, line)
    return f"{line}… ({limit:,}/{length:,})" if length > limit else line


def web_link(url: str | None) -> str | None:
    """The URL when it is plainly http or https, else None: it is then shown as text."""
    if not url or len(url) > 2000 or not url.isprintable() or any(c in url for c in " \\<>\"'`"):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def shortened(text: str, limit: int) -> str:
    """At most `limit` visible characters, cut between words, with an ellipsis where cut."""
    if _width(text) <= limit:
        return text
    cut = text[:limit]
    while _width(cut) > limit - 1:
        cut = cut[:-1]
    words = cut.rpartition(" ")[0] if text[len(cut)] != " " else cut
    return f"{(words or cut).rstrip(' ,;:.–-')}…"


def _width(text: str) -> int:
    """Visible characters: combining marks stand on the one before."""
    return sum(not unicodedata.combining(character) for character in text)


def _code_point(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\u200c\u200d" and _joins(match):
        return character
    if character == "\ufe0f":
        return ""
    return _mark(character)


def _joins(match: re.Match[str]) -> bool:
    """Joiners are spelling in scripts beyond Hebrew, and glue in emoji; elsewhere they hide."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return bool(before and after) and before > "\u0600" and after > "\u0600"


def _mixed(match: re.Match[str]) -> str:
    """A word of one script with single letters of another, those letters marked."""
    word = match[0]
    latin, other = len(_LATIN.findall(word)), len(_LOOKALIKE.findall(word))
    marked = match.string.startswith(_mark(word[-1]), match.end())
    if not latin or not other or marked:
        return word
    odd = _LOOKALIKE if other <= latin else _LATIN
    return odd.sub(lambda letter: letter[0] + _mark(letter[0]), word)


def _mark(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def cut(text: str, limit: int) -> str:
    """A text of at most so many characters; what is cut off is marked by an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def middle(text: str, limit: int) -> str:
    """A text of at most so many characters, of which both ends stay: ids are told by either."""
    if len(text) <= limit:
        return text
    head = (limit - 1) * 3 // 4
    return f"{text[:head]}…{text[len(text) - (limit - 1 - head) :]}"


_PLACE = regex(r"\[@(?:old|new)=")
_LONG_KEY = regex(r"[^\[\].]{101,}")


def short_path(path: str) -> str:
    """A path with long ids cut in their middle, for people; it does not read back.

    What only its place in a list tells apart has no id that anybody could name.
    """
    path = _PLACE.split(path, maxsplit=1)[0]
    return _LONG_KEY.sub(lambda key: middle(key[0], 100), path)
