"""Encoding a message once and splicing recipients into the encoded bytes.

In the encoded body each token stands on a line of its own, `=[p:name]=`, where `p` tells how the
value has to be written: q or b (quoted-printable or base64), in lower case for text, in upper case
for HTML. No encoder writes such a line: in quoted-printable a `=` is followed by two hex digits or
the line's end, and base64 has no bracket.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from monitor.model.tokens import TOKEN, Part, value

_OPEN: Final = b"\r\n=["
_CLOSE: Final = b"]=\r\n"


def alternative(text: str, html: str | None) -> tuple[str, bytes]:
    """Content-Type and body of a message: multipart/alternative with the plainest part first (RFC
    2046, 5.1.4), or text/plain alone."""
    if html is None:
        head, body = _part(text, "text")
        content_type, _, encoding = head.partition("\r\n")
        return f"{content_type.partition(': ')[2]}\r\n{encoding}", body
    parts = [_part(text, "text"), _part(html, "html")]
    # Quoted-printable and base64 never hold "=_", so the boundary cannot occur in a part.
    boundary = "=_" + hashlib.sha256(b"".join(body for _, body in parts)).hexdigest()[:32]
    pieces = [
        f"--{boundary}\r\n{head}\r\n\r\n".encode("ascii") + body + b"\r\n" for head, body in parts
    ]
    body = b"".join((*pieces, f"--{boundary}--\r\n".encode("ascii")))
    return f'multipart/alternative; boundary="{boundary}"', body


@lru_cache(maxsize=16)
def pieces(stored: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """What stands before the first token line, and each token with what stands behind it.

    Looking for the tokens costs more than joining what lies between, and messages of one digest
    follow one another; so the last few renderings are kept taken apart.
    """
    first, *rest = stored.split(_OPEN)
    parted = (piece.partition(_CLOSE) for piece in rest)
    return first, tuple((name.decode("ascii"), after) for name, _, after in parted)


def spliced(name: str, splice: Mapping[str, str]) -> bytes:
    """The encoded value of one token line."""
    encoding, _, token = name.partition(":")
    text = value(token, splice, "html" if encoding.isupper() else "text")
    if encoding in "qQ":
        return b"\r\n" + _quoted(text) + b"=\r\n"
    return b"\r\n" + (_base64(_octets(text, padded=True)) + b"\r\n" if text else b"")


def _part(rendering: str, part: Part) -> tuple[str, bytes]:
    """Header lines and encoded bytes of one part, token lines included."""
    pieces = TOKEN.split(rendering.replace("\r\n", "\n").replace("\r", "\n"))
    quoted = _prefers_quoted(rendering)
    name = "quoted-printable" if quoted else "base64"
    head = (
        f'Content-Type: text/{"plain" if part == "text" else "html"}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: {name}"
    )
    mark = ("q" if quoted else "b") if part == "text" else ("Q" if quoted else "B")
    encoded = []
    for piece, token in zip(pieces[::2], (*pieces[1::2], None), strict=True):
        encoded.append(
            _quoted(piece) if quoted else _base64(_octets(piece, padded=token is not None))
        )
        if token is not None:
            # The soft line break ends what stands before the token without ending its line.
            before = "=" if quoted else ""
            encoded.append(f"{before}\r\n=[{mark}:{token}]=\r\n".encode("ascii"))
    return head, b"".join(encoded)


def _prefers_quoted(text: str) -> bool:
    """Whichever is smaller: an octet outside ASCII costs three in quoted-printable and four thirds
    in base64, so the limit is one in six."""
    octets = text.encode("utf-8", "replace")
    beyond = len(octets.translate(None, bytes(range(128))))
    return beyond * 6 <= len(octets)


def _quoted(text: str) -> bytes:
    """Quoted-printable with CRLF line ends, lines of at most 76 (RFC 2045, 6.7)."""
    return binascii.b2a_qp(text.encode("utf-8", "replace")).replace(b"\n", b"\r\n")


def _octets(text: str, *, padded: bool) -> bytes:
    """Padded to whole groups of three, so that base64 of pieces joins to base64 of the whole. The
    spaces stand beside a token: inside an attribute's quotes, between words or at a line's end."""
    octets = text.replace("\n", "\r\n").encode("utf-8", "replace")
    return octets + b" " * (-len(octets) % 3) if padded else octets


def _base64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).rstrip(b"\n").replace(b"\n", b"\r\n")
