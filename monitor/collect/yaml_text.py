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
from monitor.collect.shape import fits
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json

# Outside YAML 1.2.2's c-printable (section 5.1), and the line ends of YAML 1.1: libyaml would
# break lines at NEL, LS and PS, YAML 1.2 (section 5.4) does not. Byte order marks are refused.
_NOT_ALLOWED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)

_START: Final = r"(?:(?<![^\s\[{,])|(?<=[\"']:))"
_END: Final = r"(?=[ ]*(?:[,\]}\n]|:[ \n]|[ ]#|\Z))"
_NUMBERS: Final = "|".join(
    [
        r"[-+]?0[0-9_xobXOB][-+.\w]*",  # leading zeros, octal, hexadecimal, binary
        r"[-+]?[0-9][0-9.]*_[-+.\w]*",  # underscores
        r"[-+]?\.[A-Za-z]+",  # .inf, .nan
        r"[-+]?[0-9.]*[eE][-+]?[0-9]+",  # exponents, which may overflow
        r"[-+]?[0-9]{16,}[0-9.]*",  # beyond 64 bits perhaps
    ]
)
_OTHERWISE: Final = re.compile(
    "|".join(
        [
            r"\t",
            r"^(?:---|\.\.\.|%)",  # document marks and directives
            r"(?<![^\s\[{,:\-?])[&*!](?=[^\s])",  # anchors, aliases, tags
            r"(?<![^\s\[{,:\-])\?(?=[\s,\]}])",  # explicit names
            r"<<",  # merge keys
            r"[|>][-+]?[0-9]",  # blocks with an indentation of their own
            r"\\(?:[^\"\\/bfnrt \nu]|u[dD]|u00)",  # escapes of control characters and halves
            f"{_START}(?:{_NUMBERS}){_END}",
        ]
    ),
    re.MULTILINE,
)
_LONGEST_LINE: Final = 1000  # libyaml looks 1024 characters ahead for the ':' after a name


def check_characters(text: str, name: str) -> None:
    """Refuse what YAML does not allow anywhere, with its place."""
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
    return _OTHERWISE.search(text) is None and not _has_long_line(text)


def read_yaml(text: str, *, name: str, limits: Limits) -> Json:
    """The document in `text`. Raises SnapshotRefused with line and column."""
    check_characters(text, name)
    if admits_fast_path(text):
        document = _read_fast(text)
        if isinstance(document, dict | list) and fits(document, limits):
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
    except yaml_rs.YAMLDecodeError:
        return None


def _has_long_line(text: str) -> bool:
    return len(text) > _LONGEST_LINE and max(map(len, text.split("\n"))) > _LONGEST_LINE
