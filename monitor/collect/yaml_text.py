"""YAML text to a document: a fast parser where a scan shows that it reads as we do, else the exact.

yaml-rs reads most documents as YAML 1.2 wants, and some scalars otherwise (`010` is 10 to it,
`1_000` is 1000); it also passes tags, several documents and names that are not text. The scan looks
for anything of the kind anywhere, in prose too: a false alarm costs time and nothing else.
"""

from __future__ import annotations

import importlib
import re
from typing import Final

import yaml_rs

from monitor.collect.exact import Marks, place
from monitor.collect.limits import Limits
from monitor.collect.shape import as_json, fits
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json

# Outside YAML 1.2.2's c-printable (section 5.1), and the line ends of YAML 1.1: libyaml would
# break lines at NEL, LS and PS, YAML 1.2 (section 5.4) does not. Byte order marks are refused.
_NOT_ALLOWED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
_PLAIN: Final = bytes([9, 10, *range(32, 127)])

# Each pattern begins with one character, which `re` searches for fastest, or a set, and looks back
# from there. The text searched has a line end before and after it.
_END: Final = r"(?=[ ]*(?:[,\]}\n]|:[ \n]|[ ]#))"
_EXPONENT: Final = "(?:[eE][-+]?[0-9]{1,2})?"  # of two digits: far from infinity
_SAFE: Final = "|".join(
    [
        rf"(?<=[1-9])[0-9]{{0,14}}(?:\.[0-9]*+)?{_EXPONENT}",  # 15, 1.5, 4.2e-05
        r"(?<=[0-9])[0-9]{0,14}-[-0-9]*+",  # 2026-02-15 (text)
        r"(?<=[1-9])[0-9.]*+[g-np-wyzG-NP-WYZ][-+.\w]*+",  # 3rd, 360.ru (text)
        rf"(?<=0)(?:\.[0-9]*+)?{_EXPONENT}",  # 0, 0.5
        rf"(?<=-)(?:0|[1-9][0-9]{{0,14}})(?:\.[0-9]*+)?{_EXPONENT}",  # -15
        r"(?<=-)(?:_|[a-zA-Z][-+.\w]*+)",  # -ish (text)
    ]
)
_INDICATOR: Final = r"(?<=[\s\[{,:\-?].)"
_OTHERWISE: Final = [
    # texts without all of which the pattern need not be tried, and the pattern
    (["&"], re.compile(rf"&{_INDICATOR}\S")),  # anchors
    (["*"], re.compile(rf"\*{_INDICATOR}\S")),  # aliases
    (["!"], re.compile(rf"!{_INDICATOR}")),  # tags
    (["?"], re.compile(r"\?(?<=[\s\[{,:\-].)[\s,\]}]")),  # explicit names
    (["|"], re.compile(r"\|(?<=[\s\-].)[-+]?[0-9]")),  # blocks that say their indentation
    ([">"], re.compile(r">(?<=[\s\-].)[-+]?[0-9]")),
    # Escapes of control characters and of halves of characters.
    (["\\"], re.compile(r"\\(?:[^\"\\/bfnrt \nu]|u[dD]|u0000)")),
    # Whole scalars that begin like a number, but for those that both parsers read alike.
    (
        [*"0123456789."],
        re.compile(rf"[-+._0-9](?<=[ \n\[{{,].)(?!(?:{_SAFE}){_END})[-+.\w]*+{_END}"),
    ),
    (['":'], re.compile(r"\":[-+._0-9]")),  # a number right after a quoted name's colon
    (["':"], re.compile(r"':[-+._0-9]")),
]
_NEVER: Final = ("\t", "<<", "\n---", "\n...", "\n%")  # merge keys, documents, directives
_LONGEST_LINE: Final = 1000  # libyaml looks 1024 characters ahead for the ':' after a name


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


def admits_fast_path(text: str) -> bool:
    """Whether the fast parser reads `text` as the exact one does, if it reads it at all."""
    lines = f"\n{text}\n"
    if any(part in lines for part in _NEVER) or _has_long_line(text):
        return False
    if not text.endswith("\n") and ("|" in text or ">" in text):
        return False  # they differ on the end of a block that ends with the file
    return not any(
        any(part in lines for part in parts) and pattern.search(lines)
        for parts, pattern in _OTHERWISE
    )


def read_yaml(text: str, *, name: str, limits: Limits) -> Json:
    """The document in `text`. Raises SnapshotRefused with line and column."""
    check_characters(text, name)
    if admits_fast_path(text):
        document = _read_fast(text)
        written = as_json(document)
        if written is not None and document is not None and fits(document, written, limits):
            return document
    return read_exactly(text, name=name, limits=limits)[0]


def read_exactly(text: str, *, name: str, limits: Limits) -> tuple[Json, Marks]:
    """The document and where its values begin, by the slow parser, loaded when first needed."""
    exact = importlib.import_module("monitor.collect.yaml_exact")
    document, marks = exact.read_yaml(text, name=name, limits=limits)
    return document, marks


def _read_fast(text: str) -> Json:
    """None for whatever the fast parser refuses; the exact one then says why, and where."""
    try:
        return yaml_rs.loads(text, parse_datetime=False)
    except (yaml_rs.YAMLDecodeError, TypeError):  # TypeError: a list or an object as a name
        return None


def _has_long_line(text: str) -> bool:
    start = 0
    while len(text) - start > _LONGEST_LINE:
        end = text.rfind("\n", start, start + _LONGEST_LINE + 1)
        if end < 0:
            return True
        start = end + 1
    return False
