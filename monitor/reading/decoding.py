"""The text of a table's bytes: UTF-8 or what was declared, never what is only likely."""

from __future__ import annotations

import re
from typing import Final

from monitor.errors import SnapshotRefused
from monitor.model.nearest import suggestion_or_all
from monitor.model.tuples import NamedTuple

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1250": "windows-1250",
    "windows-1251": "windows-1251",
    "windows-1252": "windows-1252",
    "iso-8859-1": "ISO 8859-1",
    "iso-8859-2": "ISO 8859-2",
    "iso-8859-15": "ISO 8859-15",
    "koi8-u": "KOI8-U",
}
"""What can be declared, and how it is called."""

_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BOM: Final = b"\xef\xbb\xbf"
_LIKELY: Final = ("windows-1251", "windows-1252")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]{3,}")
_WORD: Final = re.compile(r"\w*[^\W\d_a-zA-Z]\w*")
_SHOWN: Final = 65_536


class Decoded(NamedTuple):
    text: str
    """With `\\n` at the end of every line, inside of cells too."""

    words: str


def decoded(data: bytes, declared: str | None, *, name: str) -> Decoded:
    """Raises SnapshotRefused with the line, and with the encoding that the bytes look like."""
    if declared is not None and declared.lower() not in ENCODINGS:
        text = f"encoding {declared} is not known{suggestion_or_all(declared, ENCODINGS)}"
        raise SnapshotRefused(text, where=name)
    wanted = declared.lower() if declared else None
    for mark, codec in _MARKS:
        if data.startswith(mark):
            if wanted not in (None, "utf-16"):
                text = f"it begins as UTF-16, and its encoding is declared as {declared}"
                raise SnapshotRefused(text, where=f"{name}:1:1")
            return Decoded(_text(data[2:], codec, name), "UTF-16")
    if wanted == "utf-16":
        text = "UTF-16 has to begin with a byte order mark, and this does not"
        raise SnapshotRefused(text, where=f"{name}:1:1")
    if wanted in (None, "utf-8") and data.startswith(_BOM):
        return Decoded(_text(data[3:], "utf-8", name), "UTF-8 with a byte order mark")
    codec = wanted or "utf-8"
    return Decoded(_text(data, codec, name), ENCODINGS[codec])


def _text(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SnapshotRefused(_why(data, codec, error), where=f"{name}:{line}") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SnapshotRefused("the character U+0000, which no text has", where=f"{name}:{line}")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _why(data: bytes, codec: str, error: UnicodeDecodeError) -> str:
    called = ENCODINGS.get(codec, "UTF-16")
    if error.end >= len(data) and "end" in error.reason:
        return f"it ends within a character of {called}; it may be cut off"
    text = f"not {called}: the byte 0x{data[error.start]:02X}"
    if codec != "utf-8":
        return text
    codec, example = _likely(data[max(0, error.start - 200) : error.start + _SHOWN])
    shown = f" ({example})" if example else ""
    return f"{text}; it looks like {codec}{shown}: declare encoding {codec}, or save it as UTF-8"


def _likely(data: bytes) -> tuple[str, str]:
    """The more likely of two encodings of one byte to a character, and a word read so."""
    cyrillic, latin = (data.decode(codec, errors="replace") for codec in _LIKELY)
    chosen = 0 if _CYRILLIC.search(cyrillic) else 1
    word = _WORD.search((cyrillic, latin)[chosen])
    return _LIKELY[chosen], word[0][:40] if word else ""
