"""Writing header fields (RFC 5322, RFC 2047) without the surprises of a general mail library.

A field is refused rather than bent when its value holds a line break or another control character:
whoever made the value has to decide what it should have been.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Final

from monitor.errors import MessageUnsendable

LINE: Final = 76
"""Characters of a header line: RFC 2047, 2 for a line with encoded words; others may have 78."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WORD: Final = len("=?utf-8?b??=")


def text_field(name: str, value: str) -> bytes:
    """An unstructured field such as Subject: plain where it can be, else encoded words."""
    if _CONTROL.search(value):
        raise MessageUnsendable(f"the {name} header holds a line break or control character")
    words = value if _is_plain(value) else _encoded(value, len(name) + 2)
    return token_field(name, words)


def token_field(name: str, value: str) -> bytes:
    """A structured ASCII field, folded only at its spaces, so that no token is ever split.

    Raises MessageUnsendable for a value that is not printable ASCII or has a line over 998 octets
    (RFC 5322, 2.1.1).
    """
    if not value.isascii() or _CONTROL.search(value):
        raise MessageUnsendable(f"the {name} header is not printable ASCII")
    lines, line = [], f"{name}:"
    for token in value.split(" "):
        if len(line) + 1 + len(token) > LINE and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {token}"
    lines.append(line)
    if any(len(each) > 998 for each in lines):
        raise MessageUnsendable(f"the {name} header has a part of more than 998 characters")
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def mailbox_field(name: str, display: str, address: str) -> bytes:
    """`From: Name <address>`; the address is taken as checked by `addresses.canonical_address`."""
    if not display:
        return token_field(name, address)
    if _CONTROL.search(display):
        raise MessageUnsendable(f"the {name} header holds a line break or control character")
    if _is_plain(display):
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        return token_field(name, f'"{quoted}" <{address}>')
    return token_field(name, f"{_encoded(display, len(name) + 2)} <{address}>")


def _is_plain(value: str) -> bool:
    """ASCII that no reader could take for an encoded word, and whose spaces survive folding."""
    return value.isascii() and "=?" not in value and "  " not in value and value == value.strip()


def _encoded(value: str, used: int) -> str:
    """Encoded words (RFC 2047, 4.1) of at most 75 characters; no character is split over two.

    Spaces between adjacent encoded words are not text, so each word carries its own.
    """
    return " ".join(
        f"=?utf-8?b?{base64.b64encode(part).decode('ascii')}?=" for part in _parts(value, used)
    )


def _parts(value: str, used: int) -> Iterator[bytes]:
    room = (LINE - used - _WORD) // 4 * 3
    part = b""
    for character in value:
        octets = character.encode("utf-8", "replace")
        if len(part) + len(octets) > room:
            yield part
            part, room = b"", (LINE - 1 - _WORD) // 4 * 3
        part += octets
    yield part
