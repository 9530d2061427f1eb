"""The fields of a report: blocks of `Name: value` with empty lines in between (RFC 3464, 2.1)."""

from __future__ import annotations

import base64
import binascii
import quopri
from collections.abc import Iterator
from email.message import Message
from typing import Final, TypeAlias

from monitor.model.patterns import regex

Fields: TypeAlias = dict[str, str]
"""By name in lower case; of a name that comes again the first counts."""

BLOCKS: Final = 100
"""Recipients of one report that are looked at: a message of ours has one."""

_FIELD = regex(r"([!-9;-~]{1,80})[ \t]*:(.*)")
_RECIPIENTS: Final = (
    *("original-recipient", "final-recipient"),
    *("original-rcpt-to", "removal-recipient"),
)


def text_of(part: Message) -> str:
    """A part as it was written, decoded where a server has encoded it against the standard."""
    payload = part.get_payload()
    if isinstance(payload, list):
        text = "\n\n".join(_flat(one) for one in payload[:BLOCKS])
    else:
        text = str(payload)
    match str(part.get("content-transfer-encoding", "")).strip().lower():
        case "base64":
            return _decoded(text)
        case "quoted-printable":
            return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
        case _:
            return text


def blocks(text: str) -> Iterator[Fields]:
    """Those that hold a field, in their order."""
    fields: Fields = {}
    name, count = "", 0
    for line in (*text.splitlines(), ""):
        if not line.strip():
            if fields:
                yield fields
                count += 1
            if count >= BLOCKS:
                return
            fields, name = {}, ""
        elif line[0] in " \t" and name:
            fields[name] += f" {line.strip()}"
        elif found := _FIELD.fullmatch(line):
            name = found[1].lower()
            if name in fields:
                name = ""
            else:
                fields[name] = found[2].strip()


def value_of(written: str) -> str:
    """`rfc822; ana@example.org`, `smtp; 550 no`: without the type."""
    kind, separator, value = written.partition(";")
    return value.strip() if separator and " " not in kind.strip() else written.strip()


def recipients(fields: Fields) -> tuple[str, ...]:
    """Addresses in lower case, as far as they are told."""
    found = (value_of(fields[name]).strip("<> ").lower() for name in _RECIPIENTS if name in fields)
    return tuple(dict.fromkeys(one[:320] for one in found if one))


def _flat(part: object) -> str:
    if not isinstance(part, Message):
        return str(part)
    head = "".join(f"{name}: {value}\n" for name, value in part.items())
    body = part.get_payload()
    return f"{head}\n{body}" if isinstance(body, str) else head


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text.encode("ascii", "ignore")).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
