"""The unsubscribe page over HTTP: GET shows, POST acts, everything else is closed."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

import pytest

from monitor.model.subscription import Leaving
from monitor.render import load_templates
from monitor.web.app import make_app
from monitor.web.server import listen, serve

GOOD = "MQ.goodgoodgoodgood"


@dataclass(slots=True)
class OneReader:
    """Knows one token; remembers whether its reader has left."""

    left: int = 0
    name: str = "talks <b>&"
    language: str = "en"
    asked: list[str] = field(default_factory=list)

    async def named_by(self, token: str) -> Leaving | None:
        self.asked.append(token)
        return Leaving(self.name, self.language) if token == GOOD else None

    async def unsubscribe(self, token: str) -> Leaving | None:
        self.left += token == GOOD
        return await self.named_by(token)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    text: str


@dataclass(slots=True)
class Page:
    """The page, listening on a port of its own."""

    port: int
    reader: OneReader

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request(method, path, body, form)
            answer = connection.getresponse()
            text = answer.read().decode()
            return Answer(status=answer.status, headers=answer.headers, text=text)


@pytest.fixture
def page() -> Iterator[Page]:
    reader, listening, stop = OneReader(), listen("127.0.0.1", 0), asyncio.Event()
    loop = asyncio.new_event_loop()
    app = make_app(reader, load_templates(None))

    def run() -> None:
        loop.run_until_complete(serve(stop, app=app, listening=listening))

    thread = threading.Thread(target=run)
    thread.start()
    yield Page(port=listening.getsockname()[1], reader=reader)
    loop.call_soon_threadsafe(stop.set)
    thread.join(timeout=20)
    loop.close()


def test_get_shows_a_button_and_changes_nothing(page: Page) -> None:
    answer = page.ask("GET", f"/u/{GOOD}")

    assert answer.status == 200
    assert '<form method="post"><button type="submit">' in answer.text
    assert page.reader.left == 0


def test_one_click_as_mail_programs_do_it_ends_the_subscription(page: Page) -> None:
    answer = page.ask("POST", f"/u/{GOOD}", "List-Unsubscribe=One-Click")

    assert answer.status == 200
    assert "You are unsubscribed" in answer.text
    assert page.reader.left == 1


def test_the_page_speaks_the_language_of_the_subscription(page: Page) -> None:
    page.reader.language = "uk"
    asked = page.ask("GET", f"/u/{GOOD}").text
    left = page.ask("POST", f"/u/{GOOD}").text

    assert '<html lang="uk">' in asked
    assert "Скасувати підписку «talks" in asked
    assert "Підписку скасовано" in left
    assert "ubscri" not in asked + left


def test_names_are_data_and_never_markup(page: Page) -> None:
    text = page.ask("GET", f"/u/{GOOD}").text

    assert "talks &lt;b&gt;&amp;" in text
    assert "<b>" not in text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/u/MQ.foreign", 404),
        ("POST", "/u/MQ.foreign", 404),
        ("GET", "/", 404),
        ("GET", "/u/", 404),
        ("GET", "/u/a/b", 404),
        ("DELETE", f"/u/{GOOD}", 405),
        ("PUT", f"/u/{GOOD}", 405),
    ],
)
def test_everything_else_is_closed(page: Page, method: str, path: str, status: int) -> None:
    assert page.ask(method, path).status == status
    assert page.reader.left == 0


@pytest.mark.parametrize("path", [f"/u/{GOOD}", "/u/foreign", "/"])
def test_every_answer_has_the_strict_headers(page: Page, path: str) -> None:
    headers = page.ask("GET", path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "server" not in headers


def test_tokens_are_not_logged(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page.ask("GET", f"/u/{GOOD}")

    assert page.reader.asked == [GOOD]
    assert GOOD not in caplog.text
