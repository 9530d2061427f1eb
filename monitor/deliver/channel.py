"""The way to a reader. A channel encodes a message, sends it, and judges what came back.

A channel is a module in this package with a class of the shape of `Channel`, and its section in
`settings/channels.py`. What claims messages, marks them, rests and tries again knows this page, and
no channel by name.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from monitor.model.message import Claimed, Envelope, Outcome
from monitor.model.tuples import NamedTuple


class Reached(NamedTuple):
    """It is where it should be, and nobody had to answer."""

    phase: str


class Reply(NamedTuple):
    """What the other end said, in the phase that it ended."""

    phase: str
    code: int
    text: str
    wait: float = 0.0
    """Seconds that it asks to be left alone for."""


class Breakage(NamedTuple):
    """The way broke, stayed silent or could not be trusted."""

    phase: str
    error: BaseException


class Unfit(NamedTuple):
    """It was not offered to anybody: it could not be taken, now or later."""

    phase: str
    text: str


class Halt(NamedTuple):
    """It was given up before anything was sent, by our own will."""

    text: str


Answer: TypeAlias = Reached | Reply | Breakage | Unfit | Halt


class Channel(Protocol):
    """Used from one event loop. It may keep connections until `close`."""

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        """The message as this way carries it, the same bytes at every attempt.

        `body` is the stored rendering. Pure. Raises MessageUnsendable for what can never be sent.
        """

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        """Hand one message over. Never raises for what a server or a disk does.

        `deadline` is on the event loop's clock; nothing irrevocable is begun after it.
        """

    def judge(self, answer: Answer, /) -> Outcome:
        """What an answer means for the message, and for all others: pure, a table."""

    async def close(self) -> None:
        """Let go of kept connections; a send in flight ends with the answer of its phase."""
