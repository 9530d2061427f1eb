"""An article from its address, where that is switched on."""

from __future__ import annotations

from typing import Final

from monitor.collect.http.asking import HttpPlace
from monitor.collect.http.opening import named_with
from monitor.collect.http.source import fetch_once
from monitor.errors import MonitorError
from monitor.net.address import without_secret
from monitor.net.agent import agent
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.program import Program

_SECONDS: Final = 60.0
"""A person waits for it."""


def fetched(program: Program, address: str) -> bytes:
    """Raises MonitorError where nothing may be fetched, SourceUnavailable for whatever keeps the
    page away: also for an address inside our own network, to which no redirect may lead either."""
    shown = without_secret(address)
    if not program.settings.draft.fetch:
        raise MonitorError(
            f"{shown}: no article is fetched unless the configuration says fetch = true under "
            "[draft]; save the page and give its file"
        )
    place = HttpPlace(
        address=address,
        headers={"Accept": "text/html, text/plain;q=0.9, */*;q=0.1"},
        agent=agent(""),
        named=named_with(address, ()),
        confirm=None,
        seconds=_SECONDS,
    )
    return fetch_once(place, bounds(program.settings.limits)).data
