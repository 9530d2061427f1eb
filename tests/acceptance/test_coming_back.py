"""Mail goes out over SMTP and comes back through a mail server's pipe: its address gets no more."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.model.message import Envelope
from tests import bounces
from tests.acceptance.site import Site
from tests.smtp_server import SmtpServer, arrivals

CONFIG = """
[sources.snapshots]
folder = "snapshots"

[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
tls = "none"
sender = "digests@monitor.test"

[[subscriptions]]
address = "ana@far.example"
situations = ["ukraine-talks"]
cadence = "at-once"
start = "2026-02-05"
"""


@contextmanager
def relay(log: Path) -> Iterator[SmtpServer]:
    """A mail server in a thread of its own."""
    loop, server = asyncio.new_event_loop(), SmtpServer(log)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Envelope]:
    """A desk that has told ana by SMTP; what the server heard."""
    folder = tmp_path_factory.mktemp("coming-back")
    site = Site(folder)
    site.has_talks_until("2026-02-17")
    with relay(folder / "server.log") as server:
        site.configures(CONFIG.format(port=server.port))
        site.monitor("run", "--once")
    heard = [one for one in arrivals(folder / "server.log") if one.recipient == "ana@far.example"]
    head = f"Message-ID: {heard[-1].message_id}\r\nSubject: news\r\n\r\nnews\r\n"
    sent = Envelope(
        message_id=heard[-1].message_id,
        sender=heard[-1].sender,
        recipient=heard[-1].recipient,
        data=head.encode(),
    )
    return site, sent


def piped(site: Site, data: bytes) -> subprocess.CompletedProcess[bytes]:
    """As a mail server runs its alias."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", "bounce", "-"],
        cwd=site.folder,
        input=data,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_the_life_of_an_address_that_bounces(told: tuple[Site, Envelope]) -> None:
    site, sent = told
    assert sent.sender.startswith("bounces+1-")

    done = piped(site, bounces.gmail(sent))

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"suppressed: message ")
    listed = site.monitor("suppress", "list")
    assert "ana@far.example" in listed
    assert "bounces  message " in listed
    assert "5.1.1" in listed
    assert "suppressed" in site.monitor("suppress", "returned")
    number = done.stdout.split()[2].decode()
    assert "the address gets no more mail" in site.monitor("outbox", "show", number)
    assert "suppressed" in site.monitor("subscriptions")
    needed = site.monitor("status", code=1)
    assert "ana@far.example gets no more mail" in needed
    assert "monitor suppress lift ana@far.example" in needed

    site.monitor("suppress", "lift", "ana@far.example", "--reason", "mailbox repaired")
    with relay(site.folder / "again.log") as server:
        site.configures(CONFIG.format(port=server.port))
        site.monitor("run", "--once")

    # What came back is told again.
    assert "ana@far.example" in [one.recipient for one in arrivals(site.folder / "again.log")]
    assert "nobody is needed" in site.monitor("status")
    audit = site.monitor("suppress", "audit")
    assert audit.index("suppressed") < audit.index("lifted")


def test_a_mail_server_is_told_what_it_understands(told: tuple[Site, Envelope]) -> None:
    site, _ = told
    config = (site.folder / "config" / "monitor.toml").read_text()

    assert "monitor bounce --help" in site.monitor("bounce", code=64)
    assert "no such option" in site.monitor("bounce", "--nope", code=64).lower()
    assert "cannot read nowhere.eml" in site.monitor("bounce", "nowhere.eml", code=66)
    (site.folder / "back.eml").write_bytes(b"From: ana@far.example\r\n\r\nThank you")
    try:
        for wrong in ("[mail\n", '[store]\nurl = "postgresql://nobody@127.0.0.1:1/none"\n'):
            site.configures(wrong)
            assert "to be tried again" in site.monitor("bounce", "back.eml", code=75)
    finally:
        site.configures(config)
    assert "noted" in site.monitor("bounce", "back.eml")
    assert "had come before" in site.monitor("bounce", "back.eml")


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe" * 3000, b"Content-Type: multipart/report"])
def test_whatever_comes_is_recorded_in_one_line(told: tuple[Site, Envelope], data: bytes) -> None:
    site, _ = told
    (site.folder / "odd.eml").write_bytes(data)

    output = site.monitor("bounce", "odd.eml")

    assert len(output.splitlines()) == 1
