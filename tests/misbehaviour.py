"""Ways for the test server to misbehave: each is an action for a moment of a session."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.smtp_server import Session


class HungUp(Exception):
    """The server has ended this session."""


Action = Callable[["Session"], Awaitable[bool]]
"""Returns whether it has answered; otherwise the session goes on as usual."""


def reply(text: str) -> Action:
    async def act(session: Session) -> bool:
        await session.say(text)
        return True

    return act


def reply_and_drop(text: str) -> Action:
    async def act(session: Session) -> bool:
        await session.say(text)
        raise HungUp

    return act


def raw(data: bytes) -> Action:
    """Garbage, half lines, several replies at once."""

    async def act(session: Session) -> bool:
        await session.write(data)
        return True

    return act


def endless(data: bytes) -> Action:
    async def act(session: Session) -> bool:
        while True:
            await session.write(data)
            await asyncio.sleep(0)

    return act


async def drop(session: Session) -> bool:
    raise HungUp


async def reset(session: Session) -> bool:
    """RST instead of FIN."""
    sock = session.writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    session.writer.transport.abort()
    raise HungUp


async def hang(session: Session) -> bool:
    """Silence until the client hangs up."""
    while await session.reader.read(65536):
        pass
    raise HungUp


def slowly(seconds_per_byte: float) -> Action:
    """From now on this session writes one byte at a time."""

    async def act(session: Session) -> bool:
        session.pace = seconds_per_byte
        return False

    return act


def call(hook: Callable[[], object]) -> Action:
    """Tell the test that this moment has come, and go on."""

    async def act(session: Session) -> bool:
        hook()
        return False

    return act
