"""What tests in a browser share: one Chromium for a module, and who is logged in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from monitor.web.face import SESSION
from tests.browser import browser, browser_problem
from tests.pages import Site

PATIENCE = 60_000
"""Milliseconds that a busy machine may take."""


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """Not for the whole session: other tests run event loops of their own."""
    if problem := browser_problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"browser: {problem}")
    with browser() as found:
        yield found


@contextmanager
def visiting(
    started: Browser, site: Site, role: str = "reader", *, scripts: bool = True
) -> Iterator[Page]:
    """A page of somebody who is logged in; nobody where `role` is empty."""
    context = started.new_context(
        viewport={"width": 1200, "height": 800},
        base_url=site.address,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    if role:
        context.add_cookies([{"name": SESSION, "value": f"token-{role}", "url": site.address}])
    with context:
        yield context.new_page()
