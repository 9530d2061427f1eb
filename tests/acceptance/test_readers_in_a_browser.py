"""A stranger becomes a reader and leaves again: by a form, a mail, a page, a digest and one click,
in a real browser and over real SMTP."""

from __future__ import annotations

import asyncio
import contextlib
import email
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from monitor.pipeline.delivery import make_dispatcher
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.readers.own import page_token
from monitor.report import links
from tests.browser import browser, browser_problem
from tests.pages import NOON, Site
from tests.smtp_server import SmtpServer
from tests.strangers import OPEN, confirms, link_in, open_site

pytestmark = pytest.mark.browser

OLHA = "olha@example.net"

HERS = ("", "/erase")


class Mailbox(SmtpServer):
    """Keeps the bytes of what it has taken."""

    def __init__(self, log: Path) -> None:
        super().__init__(log, durable=False)
        self.mail: list[EmailMessage] = []

    def accept(self, sender: str, recipient: str, data: bytes) -> None:
        super().accept(sender, recipient, data)
        self.mail.append(email.message_from_bytes(data, policy=policy.default))

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.mail if one["To"] == address]


@contextlib.contextmanager
def relay(folder: Path) -> Iterator[tuple[Mailbox, asyncio.AbstractEventLoop]]:
    """A mail server, and the loop it runs in, which has a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = Mailbox(folder / "smtp.log")
    asyncio.run_coroutine_threadsafe(server.start(), loop).result()
    try:
        yield server, loop
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    if problem := browser_problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"browser: {problem}")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("readers")) as found:
        yield found


def test_from_the_form_to_a_digest_and_out_by_one_click(started: Browser, tmp_path: Path) -> None:
    with relay(tmp_path) as (box, loop):
        smtp = f'transport = "smtp"\nhost = "127.0.0.1"\nport = {box.port}\ntls = "none"\n'
        config = OPEN.replace("[mail]\n", f"[mail]\n{smtp}")
        with (
            open_site(tmp_path, config) as pages,
            started.new_context(base_url=pages.address) as context,
        ):
            pages.program.store.nodes.start(now=NOON)
            page = context.new_page()
            _asks(page)
            _hands_over(pages, loop)
            (question,) = box.to(OLHA)
            _confirms(page, link_in(question, "confirm"))
            _hands_over(pages, loop)
            welcome = box.to(OLHA)[1]
            assert "You now follow" in str(welcome["Subject"])

            _news(pages)
            one_pass(pages.program, Memory(), NOON + timedelta(minutes=5))
            _hands_over(pages, loop)
            digest = box.to(OLHA)[2]
            own, out = link_in(digest, "r"), link_in(digest, "u")
            assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            answer = pages.ask(out, form={"List-Unsubscribe": "One-Click"})
            assert answer.status == 200
            page.goto(own)
            assert page.get_by_role("button", name="Follow this again").is_visible()
            assert len(box.to(OLHA)) == 3


def _asks(page: Page) -> None:
    """With a mistake at first, which costs nothing that she has written."""
    page.goto("/login")
    page.get_by_role("link", name="Follow by mail instead").click()
    page.locator("form").evaluate("form => { form.noValidate = true }")
    page.get_by_label("Your mail address").fill("olha@@example")
    page.get_by_label("How often").select_option("at once")
    page.get_by_label("Time zone").select_option("Europe/Kyiv")
    page.get_by_role("button", name="Ask me to confirm").click()
    address = page.get_by_label("Your mail address")
    assert address.get_attribute("aria-invalid") == "true"
    assert address.input_value() == "olha@@example"
    assert page.get_by_label("Time zone").input_value() == "Europe/Kyiv"
    address.fill(OLHA)
    page.get_by_role("button", name="Ask me to confirm").click()
    assert "Look into your mailbox" in page.content()


def _confirms(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Yes, send me this").click()
    assert "You are subscribed" in page.content()
    page.goto(link)
    assert "This link was used" in page.content()


def _news(pages: Site) -> None:
    """The day's snapshot is put right: one thing is other than it was."""
    folder = pages.program.settings.base / "snapshots" / "ukraine-talks"
    newest = sorted(folder.glob("2026-*.yaml"))[-1]
    text = newest.read_text()
    changed = text.replace("city: Geneva", "city: Vienna", 1)
    assert changed != text
    newest.write_text(changed)
    settled = (NOON - timedelta(hours=1)).timestamp()
    os.utime(newest, (settled, settled))


def _hands_over(pages: Site, loop: asyncio.AbstractEventLoop) -> None:
    async def run() -> None:
        dispatcher = make_dispatcher(
            pages.program, run=pages.face.write, clock=lambda: NOON + timedelta(minutes=6)
        )
        await dispatcher.run_once()
        await dispatcher.close()

    asyncio.run_coroutine_threadsafe(run(), loop).result(timeout=30)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_their_pages_is_in_the_way_of_a_screen_reader(
    started: Browser, shared: Site, scheme: Literal["light", "dark"]
) -> None:
    own = _page_of_ana(shared)
    with started.new_context(base_url=shared.address, color_scheme=scheme) as context:
        page = context.new_page()
        for path in ("/subscribe", "/subscribe/asked", *(f"{own}{one}" for one in HERS)):
            page.goto(path)
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true }")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_on_a_phone_their_pages_are_no_wider_than_the_screen(
    started: Browser, shared: Site
) -> None:
    own = _page_of_ana(shared)
    size = {"width": 375, "height": 800}
    with started.new_context(base_url=shared.address, viewport=size) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for path in ("/subscribe", "/subscribe/asked", *(f"{own}{one}" for one in HERS)):
            page.goto(path)
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true }")
            assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_she_looks_after_herself_without_script(started: Browser, shared: Site) -> None:
    own = confirms(shared, address="vira@example.net")
    with started.new_context(base_url=shared.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(own)
        page.get_by_text("Only some of it").click()
        page.get_by_label("People and other voices").check()
        page.get_by_role("button", name="Save").click()
        assert page.get_by_role("status").inner_text().startswith("Saved")
        assert page.get_by_label("People and other voices").is_checked()
        page.locator("summary", has_text="Mute").click()
        page.get_by_label("What", exact=True).fill("statements")
        page.get_by_role("button", name="Mute", exact=True).click()
        page.get_by_role("button", name="Hear of it again: statements").click()
        assert "Nothing is muted" in page.content()
        page.get_by_label("Until Nothing comes until then").fill("2026-03-01")
        page.get_by_role("button", name="Pause").click()
        assert "Paused until 1 Mar 2026" in page.content()
        page.get_by_role("button", name="Go on now").click()
        page.get_by_role("link", name="Erase all about me").click()
        page.get_by_role("button", name="Erase all").click()
        assert "You are erased" in page.content()


def _page_of_ana(pages: Site) -> str:
    found = pages.program.store.subscriptions.find("ana@example.org", "digest")
    assert found is not None
    return links.own_page(page_token(pages.program, found.id))
