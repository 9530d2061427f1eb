"""A digest as a chat shows it: a headline, three findings and a link, without markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.digest import Digest, DigestInput
from monitor.model.text import shortened, visible
from monitor.report import links

TOLD: Final = 3
LINE: Final = 300
"""Characters of a finding; what is longer is behind the link."""


def digest_note(given: DigestInput, digest: Digest) -> bytes:
    """The headline, which counts what is not told, then a line for each finding, then the link."""
    public_url = given.pages_url or given.public_url
    address = ""
    if public_url and given.situations:
        first = given.situations[0].comparison
        address = links.comparison(public_url, first.old, first.new)
    return note(digest.subject, digest.sentences[:TOLD], address)


def note(headline: str, lines: Sequence[str] = (), link: str = "") -> bytes:
    """A title, a line end, and the text."""
    told = [f"• {shortened(visible(one), LINE)}" for one in lines]
    text = "\n".join([*told, *([link] if link else [])])
    return f"{visible(headline)}\n{text}".encode("utf-8", "replace")
