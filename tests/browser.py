"""The system's Chromium, driven by Playwright, for tests of what a person sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser_path() -> str | None:
    """The first Chromium on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def browser_problem() -> str | None:
    """What is missing, in one line for the person who wants these tests to run."""
    if browser_path():
        return None
    return f"no Chromium on the PATH (looked for {', '.join(NAMES)}); install your system's package"


@contextmanager
def browser() -> Iterator[Browser]:
    """A started browser; one for a whole test module is enough."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser_path(), args=list(ARGUMENTS), headless=True, timeout=120_000
        )
        try:
            yield started
        finally:
            started.close()


@contextmanager
def showing(
    started: Browser, html: str, *, width: int, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """A page that shows the HTML, with scripts off and every request refused."""
    context = started.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=True,
        offline=True,
    )
    try:
        page = context.new_page()
        page.set_content(html, wait_until="load")
        yield page
    finally:
        context.close()
