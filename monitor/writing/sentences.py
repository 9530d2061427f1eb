"""Where the sentences of an article begin and end.

The rules of Unicode (UAX #29) break after "Gen." and "Feb.", which articles are full of; splitters
that know abbreviations come with models. These are the few rules that are needed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.model.patterns import regex
from monitor.writing.cues.cues import Cues
from monitor.writing.marks import Place

_END: Final = regex(r"[.!?…]+[\"”’»“)\]]*(?=\s)|\n[ \t]*\n|\n(?=\s*[-•*–—]\s)|$")
_LAST_WORD: Final = regex(r"([^\s(\[\"“«]+?)[.!?…]+[\"”’»“)\]]*$")
_NEXT: Final = regex(r"\s*[\"“”„«‘'(\[]*(\S)")
_INITIAL: Final = regex(r"[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]")
_LONGEST_QUOTE: Final = 700
"""Characters of a quotation that is kept whole; a longer one is cut into its sentences."""


def sentences(text: str, quotes: Sequence[Place], cues: Cues) -> tuple[Place, ...]:
    """None is empty, and none ends inside a quotation that is not overlong."""
    return tuple(_sentences(text, quotes, cues))


def _sentences(text: str, quotes: Sequence[Place], cues: Cues) -> Iterator[Place]:
    start = 0
    whole = [one for one in quotes if one.end - one.start <= _LONGEST_QUOTE]
    for match in _END.finditer(text):
        end = match.end()
        paragraph = not match[0].strip()
        if not paragraph and not _ends(text, start, end, whole, cues):
            continue
        if place := _trimmed(text, start, end):
            yield place
        start = max(start, end)


def _ends(text: str, start: int, end: int, quotes: Sequence[Place], cues: Cues) -> bool:
    if any(one.start <= end < one.end for one in quotes):
        return False
    following = _NEXT.match(text, end)
    if following is None:
        return True
    if following[1].islower():
        return False
    word = _LAST_WORD.search(text, start, end)
    if word is None or text[end - 1] != ".":
        return True
    last = word[1].lower().strip("“”\"'«»()")
    if last in cues.abbreviations:
        return False
    return not (_INITIAL.fullmatch(last) and following[1].isupper() and word[1][:1].isupper())


def _trimmed(text: str, start: int, end: int) -> Place | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Place(start, end) if start < end else None
