"""The ways to readers that `mail.transport` can name, each with the way to open it.

What all of them need stands in `[mail]`; what one needs beyond that, in `[channels.NAME]`. The
module is loaded when it is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from monitor.deliver.channel import Channel
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


CHANNELS: Final[Mapping[str, type[ChannelSettings]]] = {
    "eml": FilesSettings,
    "smtp": SmtpChannelSettings,
}
