"""YAML text to a document: a fast parser where a scan shows that it reads as we do, else the exact.

yaml-rs reads most documents as YAML 1.2 wants, and some scalars otherwise (`010` is 10 to it,
`1_000` is 1000); it also passes tags, several documents and names that are not text. The scan looks
for anything of the kind anywhere, in prose too. What it finds gets a mark in front, with which it
is text to any parser, and the mark is taken out of what was read: prose is as it was, and only
where a marked scalar begins with a sign that means something is the document read again, exactly.
"""

from __future__ import annotations

import re
from typing import Final

import orjson
import yaml_rs

from monitor.collect.exact import Marks, place
from monitor.collect.limits import Limits
from monitor.collect.shape import as_json, fits
from monitor.collect.yaml_scalars import NotFinite, resolve_plain
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json
from monitor.model.patterns import regex

# Outside YAML 1.2.2's c-printable (section 5.1), and the line ends of YAML 1.1: libyaml would
# break lines at NEL, LS and PS, YAML 1.2 (section 5.4) does not. Byte order marks are refused.
_NOT_ALLOWED: Final = regex("[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN: Final = bytes([9, 10, *range(32, 127)])

# Each pattern begins with one character, which `re` searches for fastest, or a set, and looks back
# from there. The text searched has a line end before and after it.
_END: Final = r"(?=[ ]*(?:[,\]}\n]|:[ \n]|[ ]#))"
_EXPONENT: Final = "(?:[eE][-+]?[0-9]{1,2})?"  # of two digits: far from infinity
_SAFE: Final = "|".join(
    [
        rf"(?<=[1-9])[0-9]{{0,17}}(?:(?<=[0-9])\.[0-9]*+)?{_EXPONENT}",  # 15, 1.5, 4.2e-05
        r"(?<=[0-9])[0-9]{0,14}-[-0-9]*+",  # 2026-02-15 (text)
        r"(?<=[1-9])[0-9.]*+[g-np-wyzG-NP-WYZ][-+.\w]*+",  # 3rd, 360.ru (text)
        rf"(?<=0)(?:\.[0-9]*+)?{_EXPONENT}",  # 0, 0.5
        rf"(?<=[-+])(?:0|[1-9][0-9]{{0,17}})(?:\.[0-9]*+)?{_EXPONENT}",  # -15, +3
        rf"(?<=\.)[0-9]++{_EXPONENT}",  # .5
        rf"(?<=[-+])\.[0-9]++{_EXPONENT}",  # -.5
        r"(?<=-)(?:_|[a-zA-Z][-+.\w]*+)",  # -ish (text)
    ]
)
_INDICATOR: Final = r"(?<=[\s\[{,:\-?].)"
_SIGNS: Final = [
    # What means something where a value or name begins and nothing within prose: a text without
    # which the pattern need not be tried, and the pattern.
    ("&", regex(rf"&{_INDICATOR}\S")),  # anchors
    ("*", regex(rf"\*{_INDICATOR}\S")),  # aliases
    ("!", regex(rf"!{_INDICATOR}")),  # tags
    ("?", regex(r"\?(?<=[\s\[{,:\-].)[\s,\]}]")),  # explicit names
    ("|", regex(r"\|(?<=[\s\-].)[-+]?[0-9]")),  # blocks that say their indentation
    (">", regex(r">(?<=[\s\-].)[-+]?[0-9]")),
    (":", regex(r":(?<=[\s\[{,:].)[^\s]")),  # [:0], which is no YAML to all parsers
    ("<<", regex(r"<(?<=[\s\[{,:\-?].)<")),  # merge keys
]
# Whole scalars that begin like a number, but for those that both parsers read alike.
_NUMBER: Final = regex(rf"[-+._0-9](?<=[ \n\[{{,].)(?!(?:{_SAFE}){_END})[-+.\w]*+{_END}")
_OTHERWISE: Final = [
    # Escapes of NUL, of halves of characters, of what is no character, and of the mark.
    (
        ["\\"],
        regex(r"\\(?:0|x00|u(?:[dD]|0000|[eE]000)|U(?!000|0010)|U0000(?:[dD]|0000|[eE]000)|\t)"),
    ),
    (['":'], regex(r"\":[-+._0-9]")),  # a number right after a quoted name's colon
    (["':"], regex(r"':[-+._0-9]")),
]
_MARK: Final = "\ue000"  # of the private use area; a text that has one is read exactly
_LONGEST_NUMBER: Final = 1000  # characters; a longer one is read exactly
_MARKED_SIGN: Final = regex(f'"{_MARK}[^-+._0-9]'.encode())
_START: Final = regex(r"(?:[ ]*(?:#[^\n]*)?\n)*---[ ]*\n")
_NEVER: Final = ("\t", "\n---", "\n...", "\n%", _MARK)  # documents, directives


def check_characters(text: str, name: str) -> None:
    """Refuse what YAML does not allow anywhere, with its place."""
    if text.isascii() and not text.encode().translate(None, delete=_PLAIN):
        return
    found = _NOT_ALLOWED.search(text)
    if found is None:
        return
    line, column = place(text, found.start())
    what = f"the character U+{ord(found[0]):04X}"
    if found[0] == "\ufeff":
        what = "a byte order mark (U+FEFF)"
    raise SnapshotRefused(
        f"{what}; leave it out or write it escaped", where=f"{name}:{line}:{column}"
    )


def read_fast(text: str) -> tuple[Json, bytes] | None:
    """The document, and as JSON, where the fast parser reads it as the exact one does, else None.

    None for whatever either refuses, too; the exact one then says why, and where.
    """
    prepared = _prepared(text)
    if prepared is None:
        return None
    document = _parsed(prepared)
    written = as_json(document)
    if document is None or written is None:
        return None
    return _unmarked(written) if _MARK in prepared else (document, written)


def read_yaml(text: str, *, name: str, limits: Limits) -> Json:
    """The document in `text`. Raises SnapshotRefused with line and column."""
    check_characters(text, name)
    found = read_fast(text)
    if found is not None and fits(*found, limits):
        return found[0]
    return read_exactly(text, name=name, limits=limits)[0]


def read_exactly(text: str, *, name: str, limits: Limits) -> tuple[Json, Marks]:
    """The document and where its values begin, by the slow parser, loaded when first needed."""
    from monitor.collect.yaml_exact import read_yaml

    return read_yaml(text, name=name, limits=limits)


def _prepared(text: str) -> str | None:
    """The text with marks before what the fast parser reads otherwise; None: nothing helps."""
    if start := _START.match(text):
        text = text[start.end() :]
    lines = f"\n{text}\n"
    if any(part in lines for part in _NEVER):
        return None
    if not text.endswith("\n") and ("|" in text or ">" in text):
        return None  # they differ on the end of a block that ends with the file
    for parts, pattern in _OTHERWISE:
        if any(part in lines for part in parts) and pattern.search(lines):
            return None
    for part, pattern in _SIGNS:
        if part in lines:
            lines = pattern.sub(_marked, lines)
    try:
        return _NUMBER.sub(_marked_text, lines)[1:-1]
    except NotFinite:
        return None


def _marked(found: re.Match[str]) -> str:
    return _MARK + found[0]


def _marked_text(found: re.Match[str]) -> str:
    """Marked when it is text to us. Raises NotFinite for a number that is no JSON to all."""
    written = found[0]
    if written == "-" and found.string[found.end()] == "\n":
        return written  # begins an entry whose value stands below
    value = resolve_plain(written) if len(written) <= _LONGEST_NUMBER else None
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return written
    if written == "-" or not isinstance(value, str):
        raise NotFinite(written)
    return _MARK + written


def _unmarked(written: bytes) -> tuple[Json, bytes] | None:
    if _MARKED_SIGN.search(written):
        return None
    written = written.replace(_MARK.encode(), b"")
    document = orjson.loads(written)
    # Names that were two with their marks and are one without: the shorter JSON shows it.
    return (document, written) if as_json(document) == written else None


def _parsed(text: str) -> Json:
    try:
        return yaml_rs.loads(text, parse_datetime=False)
    except (yaml_rs.YAMLDecodeError, TypeError):  # TypeError: a list or an object as a name
        return None
