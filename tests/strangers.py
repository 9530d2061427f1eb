"""Somebody who is not known and wants mail: what she writes, and what her mailbox has."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path

from monitor.pipeline.preview import stored_bytes
from monitor.store.records import MessageRow
from tests.pages import Answer, Site, site

OPEN = """
[mail]
public_url = "https://news.example.org"

[web]
open = ["*"]
"""

WISH = {
    "address": "olha@example.net",
    "situations": "ukraine-talks",
    "every": "daily",
    "at": "08:30",
    "day": "mon",
    "zone": "Europe/Kyiv",
    "language": "en",
}


@contextmanager
def open_site(folder: Path, config: str = OPEN) -> Iterator[Site]:
    with site(folder, config=config) as found:
        yield found


def asks(pages: Site, network: str = "", **other: str) -> Answer:
    """The form is sent, from this network; by default one that is this site's alone, because a
    process counts for all of its sites."""
    network = network or f"10.{pages.port // 256}.{pages.port % 256}.1"
    return pages.ask("/subscribe", form=WISH | other, X_Forwarded_For=network)


def asked(pages: Site) -> list[MessageRow]:
    """Mails that ask to confirm, the oldest first."""
    return list(reversed(pages.program.store.outbox.find(reason="confirm")))


def opened(pages: Site, message: MessageRow) -> EmailMessage:
    raw = stored_bytes(pages.program, message)
    return email.message_from_bytes(raw, policy=policy.default)


def link_in(mail: EmailMessage, path: str) -> str:
    """The path of the only link to such a page in both parts."""
    found = set()
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        found |= set(re.findall(rf"https?://[^/\s]+(/{path}/[^\s\"<]+)", body.get_content()))
    (one,) = found
    return str(one)


def confirms(pages: Site, **other: str) -> str:
    """Asks and confirms; the path of her own page."""
    assert asks(pages, **other).status == 303
    link = link_in(opened(pages, asked(pages)[-1]), "confirm")
    answer = pages.ask(link, form={})
    assert answer.status == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]
