"""The channel that is a chat or a notifier, by the apprise library (the extra `apprise`).

Apprise opens the connections itself, so addresses are not checked as a webhook's are: schemes are
chosen by a list, and only who writes the configuration names an address.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from monitor.deliver.apart import Apart
from monitor.deliver.channel import Answer, Breakage, Reached
from monitor.deliver.webhook.judging import judge
from monitor.errors import ExtraMissing, SettingsError
from monitor.model.message import Claimed, Envelope, Outcome

NOTIFY: Final = "notify"

SCHEMES: Final = frozenset(
    ("discord", "gchat", "gotify", "gotifys", "jsons", "mattermost", "mmost", "mmosts", "matrix",
     "matrixs", "msteams", "ntfy", "ntfys", "pover", "rocket", "rockets", "signals", "slack",
     "tgram", "webex", "workflow", "workflows", "wxteams", "zulip")
)  # fmt: skip
"""Services that hand a text on by HTTPS or to a host that is named. None runs a program, writes a
file, or sends mail; `schemes` of the configuration adds others."""


def addresses_of(written: Sequence[str], also: Sequence[str]) -> tuple[str, ...]:
    """Each place may hold several, a line each. Raises SettingsError, without any of them, for a
    scheme that is not in the list."""
    found = tuple(line.strip() for text in written for line in text.splitlines() if line.strip())
    if not found:
        raise SettingsError("its urls are empty")
    known = SCHEMES.union(also)
    for one in found:
        scheme, colon, _ = one.partition("://")
        if not colon or not scheme.isascii():
            raise SettingsError("one of its urls is no address of apprise, such as ntfys://...")
        if scheme.lower() not in known:
            raise SettingsError(
                f"one of its urls begins with {scheme.lower()[:20]}://, which is not among those "
                "that are allowed; schemes names others"
            )
    return found


def services(addresses: Sequence[str]) -> str:
    """What may be said of them: `slack, ntfys`."""
    return ", ".join(dict.fromkeys(one.partition("://")[0].lower() for one in addresses))


class AppriseChannel:
    """Tells all addresses; it has arrived when each has taken it."""

    def __init__(self, addresses: Sequence[str], *, seconds: float) -> None:
        self._apprise = _loaded()
        self._addresses = addresses
        self._seconds = seconds
        for address in addresses:
            if not self._apprise.Apprise().add(address):
                raise SettingsError("one of its urls cannot be read by apprise")
        self._apart = Apart(NOTIFY)

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        """The body is stored as title, line end and text."""
        return Envelope(
            message_id=message.message_id, sender="", recipient=message.recipient, data=body
        )

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        call = partial(self._notify, envelope)
        return await self._apart.ask(call, deadline=deadline, most=self._seconds)

    def judge(self, answer: Answer, /) -> Outcome:
        return judge(answer)

    async def close(self) -> None:
        await self._apart.close()

    def _notify(self, envelope: Envelope, seconds: float) -> Answer:
        title, _, text = envelope.data.decode().partition("\n")
        asset = self._apprise.AppriseAsset(app_id="monitor", app_desc="monitor", async_mode=False)
        missing = []
        for address in self._addresses:
            one = self._apprise.Apprise(asset=asset)
            one.add(address)
            for server in one:
                server.socket_read_timeout = server.socket_connect_timeout = seconds
            try:
                taken = one.notify(body=text or title, title=title, body_format="text")
            except Exception as error:  # noqa: BLE001 - a service's module may fail at anything
                missing.append(f"{services([address])}: {type(error).__name__}")
                continue
            if not taken:
                missing.append(f"{services([address])} did not take it")
        if missing:
            return Breakage(NOTIFY, ConnectionError("; ".join(missing)))
        return Reached(NOTIFY)


def _loaded() -> Any:
    """Raises ExtraMissing. Its log speaks of addresses, which are secrets."""
    try:
        import apprise  # noqa: PLC0415 - comes with an extra
    except ImportError:
        raise ExtraMissing("a channel of the kind apprise", "apprise") from None
    logging.getLogger("apprise").disabled = True
    return apprise
