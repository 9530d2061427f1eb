"""Slow and silent clients are let go, few connections are open, and one line a minute says so."""

from __future__ import annotations

import contextlib
import http.client
import logging
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.pipeline.seldom import MINUTE, Seldom
from monitor.web.limits import MOST, ConnectionLimits, most_connections
from tests.pages import Site, site

FEW = ConnectionLimits(connections=5, headers=30, body=30)
SHORT = ConnectionLimits(connections=5, headers=0.5, body=0.5)
ALMOST = b"POST /u/x HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of a site that lets slow clients go soon."""
    with site(tmp_path_factory.mktemp("short"), SHORT) as found:
        yield found.port


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    """A site that has time for whoever asks."""
    with site(tmp_path, FEW) as found:
        yield found


def ask(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", "/u/x")
        return connection.getresponse().status


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /u/x HT",
        b"GET /u/x HTTP/1.1\r\nHost: here\r\nX-Slow: ",
        ALMOST,
        ALMOST + b"\r\nab",
    ],
)
def test_a_request_that_does_not_come_is_let_go(port: int, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as silent:
        silent.sendall(begun)
        with contextlib.suppress(ConnectionResetError):
            while silent.recv(4096):
                pass


def test_an_octet_now_and_then_does_not_buy_time(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        slow.settimeout(0.05)
        with pytest.raises((ConnectionError, BrokenPipeError)):
            for _ in range(100):
                slow.sendall(b"x")
                with contextlib.suppress(TimeoutError):
                    if not slow.recv(1):
                        raise ConnectionResetError


def test_a_kept_connection_is_let_go_in_its_second_request(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as kept:
        kept.sendall(b"GET /u/x HTTP/1.1\r\nHost: here\r\n\r\nGET /u/x HT")
        assert b"404" in kept.recv(4096)
        with contextlib.suppress(ConnectionResetError):
            while kept.recv(4096):
                pass


def test_whoever_asks_is_answered_while_many_hang(
    pages: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), contextlib.ExitStack() as hanging:
        for _ in range(40):
            silent = socket.create_connection(("127.0.0.1", pages.port), timeout=30)
            hanging.enter_context(silent)
            silent.sendall(b"GET /u/x HTTP/1.1\r\nHost: here\r\n")
        assert ask(pages.port) == 404
    said = [record.getMessage() for record in caplog.records]
    assert "web: 5 connections are open; the oldest goes" in said
    assert len(said) == len(set(said)) <= 2


def test_a_fault_of_ours_is_one_line_a_minute(
    pages: Site, caplog: pytest.LogCaptureFixture
) -> None:
    pages.broken = True
    with caplog.at_level(logging.WARNING):
        assert {ask(pages.port) for _ in range(5)} == {500}
    (line,) = caplog.records
    assert line.getMessage() == "Exception in ASGI application: RuntimeError: out of order"
    assert line.exc_info is None


def test_connections_are_far_fewer_than_the_files_the_process_may_open() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        assert most_connections() == 64
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
        assert most_connections() <= MOST
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_what_was_not_said_is_counted_in_the_next_line() -> None:
    now = 0.0
    seldom = Seldom(clock=lambda: now)
    assert seldom.words("late", "a slow one") == "a slow one"
    assert seldom.words("late", "a slow one") == ""
    assert seldom.words("full", "no room") == "no room"
    now = MINUTE
    assert seldom.words("late", "a slow one") == "a slow one (and 1 more since the last line)"
