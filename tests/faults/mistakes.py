"""Mistakes made on purpose inside the whole program, each of which some rows must see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

from monitor.deliver.channel import Channel
from monitor.mail import message
from monitor.model.message import Claimed, Outcome
from monitor.model.record import replace
from monitor.pipeline.telling import letters as posting
from monitor.settings import Settings
from monitor.settings.channels import SmtpChannelSettings
from monitor.web import server


def _judge_at_once() -> None:
    """A refusal is taken for its recipient's own, and the operator's mail for anybody's."""

    def stands(_message: Claimed, outcome: Outcome) -> bool:
        return outcome.refusal is not None

    put(Claimed, "stands", stands)


def _mail_that_ages() -> None:
    """The operator's mail expires as a reader's does."""
    put(posting, "NEVER", timedelta(hours=48))


def _own_names() -> None:
    """What the configuration calls us towards the relay is not looked at."""
    opened = SmtpChannelSettings.open
    plain = message._envelope_sender

    def unnamed(section: SmtpChannelSettings, settings: Settings) -> Channel:
        mail = replace(settings.mail, ehlo_name=None, envelope_sender=None)
        return opened(section, replace(settings, mail=mail))

    def unfixed(key: str, origin: Mapping[str, str], secret: bytes) -> str:
        return plain(key, {name: origin[name] for name in origin if name != "envelope"}, secret)

    put(SmtpChannelSettings, "open", unnamed)
    put(message, "_envelope_sender", unfixed)


def _no_limits() -> None:
    """Whoever connects to the web part may stay, and as many as like."""
    put(server, "limited", lambda *_: H11Protocol)
    put(server, "ACCEPTED_AT_ONCE", 1000)


MISTAKES: Final[dict[str, Callable[[], None]]] = {
    "judge-at-once": _judge_at_once,
    "mail-that-ages": _mail_that_ages,
    "own-names": _own_names,
    "no-limits": _no_limits,
}


def apply(breakage: str) -> None:
    """Nothing for a name of another part of the sweep."""
    if breakage in MISTAKES:
        MISTAKES[breakage]()


def put(where: Any, name: str, what: object) -> None:
    setattr(where, name, what)
