"""The ways to readers, each with the way to open it.

Those that `mail.transport` can name carry mail; what they need stands in `[mail]`. Others are set
up under names of their own as `[channels.NAME]` with their `kind`, and subscriptions name them. The
module is loaded when it is opened.
"""

# ruff: noqa: RUF009 - `key` makes a dataclass field, as `field` does, and every default is frozen.

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from monitor.settings import keys
from monitor.settings.keys import key, required
from monitor.settings.secret import kept

if TYPE_CHECKING:
    from monitor.deliver.channel import Channel
    from monitor.deliver.webhook.endpoint import Endpoint
    from monitor.settings.sections import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What all channels have in common: how the rest of the program speaks of them."""

    def open(self, settings: Settings) -> Channel:
        """Raises SettingsError for mail that would travel in the clear."""
        raise NotImplementedError

    def way(self, settings: Settings) -> str:
        """By what mail goes, in words: `files in var/mail`, `smtp.example.org:587 (starttls)`."""
        raise NotImplementedError

    def introduction(self, settings: Settings) -> str:
        return f"mail goes by {self.way(settings)}"

    def taken(self, settings: Settings) -> str:
        """Where a mail is that was handed over: `with smtp.example.org`."""
        return f"with {self.way(settings)}"

    def folder(self, _settings: Settings) -> Path | None:
        """The folder that it fills, if it fills one: somebody has to look at the room there."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesSettings(ChannelSettings):
    """`eml`: a file for each mail."""

    def open(self, settings: Settings) -> Channel:
        from monitor.deliver.files import FilesChannel

        return FilesChannel(self.folder(settings))

    def way(self, settings: Settings) -> str:
        return f"files in {self.folder(settings)}"

    def introduction(self, settings: Settings) -> str:
        return f"mail is written to files, not sent: {self.folder(settings)}"

    def taken(self, settings: Settings) -> str:
        return f"in {self.folder(settings)}/"

    def folder(self, settings: Settings) -> Path:
        return settings.path(settings.mail.folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpChannelSettings(ChannelSettings):
    """`smtp`: a relay."""

    def open(self, settings: Settings) -> Channel:
        from monitor.deliver.smtp import SmtpChannel
        from monitor.deliver.smtp_settings import SmtpSettings

        mail, password = settings.mail, settings.smtp_password
        return SmtpChannel(
            SmtpSettings(
                host=mail.host,
                port=mail.port,
                tls=mail.tls,
                username=mail.username,
                password=password.reveal() if password else None,
                connections=mail.connections,
                envelope_sender=mail.envelope_sender,
                local_hostname=mail.ehlo_name or mail.domain,
                ca_file=str(settings.path(mail.ca_file)) if mail.ca_file else None,
            )
        )

    def way(self, settings: Settings) -> str:
        mail = settings.mail
        return f"{mail.host}:{mail.port} ({mail.tls})"

    def introduction(self, settings: Settings) -> str:
        return f"mail is sent through {settings.mail.host}:{settings.mail.port}"

    def taken(self, settings: Settings) -> str:
        return f"with {settings.mail.host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSettings(ChannelSettings):
    """`[channels.NAME]`: a way that a subscription names. Its addresses are secrets.

    `suspend_after`: so long nothing is taken before its subscriptions are suspended.
    """

    form: ClassVar[Literal["event", "note"]]
    """What it is told: the findings as JSON, or a few lines of text."""

    suspend_after: timedelta | None = key(keys.duration_or_never, timedelta(days=5))
    timeout: timedelta = key(keys.duration_up_to(timedelta(minutes=2)), timedelta(seconds=15))
    kind: str = required(keys.choice("webhook", "apprise"))

    def host(self, settings: Settings) -> str:
        """Whom all channels that lead there must leave alone when one of them has failed.

        Raises SettingsError."""
        raise NotImplementedError

    def way(self, settings: Settings) -> str:
        return self.host(settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings(NamedSettings):
    """A signed POST. `secret` may name two places while one is being replaced; `most` are the bytes
    beyond which the findings are only counted."""

    form: ClassVar[Literal["event", "note"]] = "event"

    kind: str = required(keys.choice("webhook"))
    url: str = required(keys.hidden_address, hidden=True)
    secret: tuple[str, ...] = required(keys.secret_places, hidden=True)
    most: int = key(keys.size, 256_000)
    private: tuple[str, ...] = key(keys.places, ())
    ca_file: str | None = key(keys.optional_text, None)

    def open(self, settings: Settings) -> Channel:
        from monitor.deliver.webhook.channel import WebhookChannel

        return WebhookChannel(self.endpoint(settings))

    def host(self, settings: Settings) -> str:
        return self.endpoint(settings).host

    def endpoint(self, settings: Settings) -> Endpoint:
        """Raises SettingsError, with nothing of the secrets."""
        from monitor.deliver.webhook import endpoint

        return endpoint.endpoint_of(
            kept(self.url, settings.base, os.environ),
            [kept(one, settings.base, os.environ) for one in self.secret],
            seconds=self.timeout.total_seconds(),
            private=self.private,
            ca_file=str(settings.path(self.ca_file)) if self.ca_file else None,
            contact=settings.mail.operator,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseSettings(NamedSettings):
    """Chats and notifiers, by the apprise library."""

    form: ClassVar[Literal["event", "note"]] = "note"

    kind: str = required(keys.choice("apprise"))
    urls: tuple[str, ...] = required(keys.secret_places, hidden=True)
    schemes: tuple[str, ...] = key(keys.names, ())

    def open(self, settings: Settings) -> Channel:
        from monitor.deliver.notifying import AppriseChannel, addresses_of

        written = [kept(one, settings.base, os.environ) for one in self.urls]
        return AppriseChannel(
            addresses_of(written, self.schemes), seconds=self.timeout.total_seconds()
        )

    def host(self, settings: Settings) -> str:
        from monitor.deliver.notifying import addresses_of, services

        written = [kept(one, settings.base, os.environ) for one in self.urls]
        return services(addresses_of(written, self.schemes))


KINDS: Final[Mapping[str, type[NamedSettings]]] = {
    "webhook": WebhookSettings,
    "apprise": AppriseSettings,
}
"""By what `kind` says."""


def section_of(name: str, table: Any) -> type[ChannelSettings] | None:
    """The section that fits `[channels.NAME]`."""
    if name in CHANNELS:
        return CHANNELS[name]
    kind = table.get("kind") if isinstance(table, Mapping) else None
    return KINDS.get(kind, NamedSettings) if isinstance(kind, str) else NamedSettings


CHANNELS: Final[Mapping[str, type[ChannelSettings]]] = {
    "eml": FilesSettings,
    "smtp": SmtpChannelSettings,
}
