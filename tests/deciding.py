"""What the pages on which people decide are tried with: a version of the talks that waits."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from html import unescape

from monitor.pipeline.flow import Memory, one_pass
from tests.pages import NOON, Site

AHEAD = "2026-06-01"

SNAPSHOT = f"""\
kind: negotiation
situation: ukraine-talks
as_of: {AHEAD}
coverage: partial
delegations:
  - party: russia
    members:
      - {{person: kostyukov, role: head}}
"""


def let_one_wait(site: Site) -> None:
    """A version whose day has not come."""
    file = site.program.settings.base / "snapshots" / "ukraine-talks" / f"{AHEAD}.yaml"
    file.write_text(SNAPSHOT)
    settled = (NOON - timedelta(days=1)).timestamp()
    os.utime(file, (settled, settled))
    take_in(site)


def take_in(site: Site) -> None:
    memory = Memory()
    site.program.store.nodes.start(now=NOON)
    for _ in range(2):
        one_pass(site.program, memory, NOON)
    site.program.store.nodes.stop(now=NOON)


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def actions_of(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'action="([^"]+)"', html)]


def hrefs_of(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', html)]
