"""The configuration as values. config/monitor.toml shows every key, its default and the reason."""

# ruff: noqa: RUF009 - `key` makes a dataclass field, as `field` does, and every default is frozen.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from monitor.model.channels import address_of
from monitor.model.comparison import Significance
from monitor.model.rate import Limit, Rate, Rates
from monitor.settings import keys
from monitor.settings.channels import CHANNELS, ChannelSettings, NamedSettings
from monitor.settings.drafting import DraftSettings
from monitor.settings.keys import key, required
from monitor.settings.paths import short
from monitor.settings.places import line_of
from monitor.settings.rates import domains, rates
from monitor.settings.secret import Secret
from monitor.settings.sources import FolderSettings, SourceSettings

TICK_LIMIT = timedelta(seconds=15)
"""A scheduler waits on the monotonic clock: a longer wait would notice too late that it jumped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """`url` may hold a password, so no representation shows it."""

    url: str = key(keys.text, "sqlite:///var/monitor.db", hidden=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationSettings:
    """`baseline` is `previous` or the version that is pinned before anybody pins by command;
    `rules` stand before the rules of all situations; `zone` decides what a day is; `ignore` are
    patterns of what does not belong to the content."""

    baseline: str = key(keys.text, "previous")
    zone: str = key(keys.zone, "UTC")
    ignore: tuple[str, ...] = key(keys.names, ())
    rules: Mapping[str, Any] = field(default_factory=dict, metadata={"read": keys.table})


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementSetting:
    """One `[[judgements]]` entry: `first` and `second` are, or are not, the same entity."""

    situation: str = required(keys.text)
    collection: str = required(keys.text)
    verdict: Literal["same-as", "not-same"] = required(keys.choice("same-as", "not-same"))
    first: str = required(keys.text)
    second: str = required(keys.text)
    reason: str = key(keys.text, "said in the configuration")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    transport: str = key(keys.choice(*CHANNELS), "eml")
    folder: str = key(keys.text, "var/mail")
    sender: str = key(keys.own_address, "monitor@localhost")
    sender_name: str = key(keys.text, "monitor")
    operator: str = key(keys.address, "operator@localhost")
    envelope_sender: str | None = key(keys.optional_own_address, None)
    public_url: str | None = key(keys.public_url, None)
    host: str = key(keys.text, "localhost")
    port: int = key(keys.integer(1, 65535), 587)
    tls: Literal["starttls", "implicit", "none"] = key(
        keys.choice("starttls", "implicit", "none"), "starttls"
    )
    ehlo_name: str | None = key(keys.host_name, None)
    username: str | None = key(keys.optional_text, None)
    ca_file: str | None = key(keys.optional_text, None)
    connections: int = key(keys.integer(1, 32), 4)
    batch: int = key(keys.integer(1, 1000), 50)
    expires_after: timedelta = key(keys.duration, timedelta(hours=48))
    late_limit: timedelta = key(keys.duration, timedelta(days=60))
    rate: tuple[Rate, ...] = key(rates, ())
    domains: tuple[Limit, ...] = key(domains, ())

    @property
    def rates(self) -> Rates:
        """What is kept towards the relay, and towards domains behind it."""
        relay = f"relay {self.host}" if self.transport == "smtp" else self.transport
        of_all = (Limit(name=relay, rates=self.rate),) if self.rate else ()
        return Rates(limits=(*of_all, *self.domains))

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceSettings:
    """What comes back. `host` names a mailbox that is read; without it only the command reads."""

    address: str | None = key(keys.bounce_address, None)
    soft_limit: int = key(keys.integer(1, 1000), 5)
    soft_window: timedelta = key(keys.duration, timedelta(days=14))
    expires_after: timedelta = key(keys.duration, timedelta(days=30))
    size: int = key(keys.size, 512_000)
    host: str | None = key(keys.optional_text, None)
    port: int = key(keys.integer(1, 65535), 993)
    tls: Literal["implicit", "starttls", "none"] = key(
        keys.choice("implicit", "starttls", "none"), "implicit"
    )
    username: str | None = key(keys.optional_text, None)
    folder: str = key(keys.mail_folder, "INBOX")
    done: str | None = key(keys.optional_mail_folder, None)
    interval: timedelta = key(keys.duration, timedelta(minutes=5))
    ca_file: str | None = key(keys.optional_text, None)

    @property
    def name(self) -> str:
        """Of the mailbox, in words: `bounces@imap.example.org/INBOX`."""
        return f"{self.username}@{self.host}/{self.folder}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionSettings:
    """One `[[subscriptions]]` entry, by mail to an address or by a channel."""

    address: str = key(keys.address, "")
    channel: str = key(keys.text, "")
    name: str = key(keys.text, "digest")
    situations: tuple[str, ...] = required(keys.names)
    cadence: str = key(keys.text, "daily 07:00")
    zone: str = key(keys.zone, "UTC")
    minimum: Significance = key(keys.significance, Significance.MINOR)
    collections: tuple[str, ...] = key(keys.names, ())
    parties: tuple[str, ...] = key(keys.names, ())
    issues: tuple[str, ...] = key(keys.names, ())
    entities: tuple[str, ...] = key(keys.names, ())
    alert: Significance | None = key(keys.alert_level, Significance.CRITICAL)
    quiet: tuple[str, str] | None = key(keys.quiet_hours, None)
    receipts: bool = key(keys.boolean, False)
    language: str = key(keys.text, "en")
    start: str = key(keys.text, "latest")

    @property
    def reader(self) -> str:
        """Who is told: the address, or `channel:NAME`."""
        return address_of(self.channel) if self.channel else self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    tick: timedelta = key(keys.duration_up_to(TICK_LIMIT), timedelta(seconds=5))
    deliver: timedelta = key(keys.duration_up_to(TICK_LIMIT), timedelta(seconds=2))
    drain: timedelta = key(keys.duration, timedelta(seconds=10))
    log: Literal["text", "json"] = key(keys.choice("text", "json"), "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    bytes: int = key(keys.size, 8_000_000)
    depth: int = key(keys.integer(8, 250), 64)
    nodes: int = key(keys.integer(1000, 50_000_000), 1_000_000)
    aliases: int = key(keys.integer(0, 100_000), 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSettings:
    rekeyed: float = key(keys.share, 0.5)
    emptied: float = key(keys.share, 0.8)
    entities: int = key(keys.integer(1, 1_000_000), 5)
    shrunk: float = key(keys.share, 0.3)
    large: int = key(keys.integer(1, 10_000_000), 1000)
    early: timedelta | None = key(keys.duration_or_never, timedelta(days=1))
    old: timedelta | None = key(keys.duration_or_never, timedelta(days=90))


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    mail_files: timedelta | None = key(keys.duration_or_never, None)
    messages: timedelta | None = key(keys.duration_or_never, None)
    bounces: timedelta | None = key(keys.duration_or_never, timedelta(days=365))


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    enabled: bool = key(keys.boolean, True)
    host: str = key(keys.text, "127.0.0.1")
    port: int = key(keys.integer(0, 65535), 8025)
    open: tuple[str, ...] = key(keys.names, ())
    confirmations: int = key(keys.integer(1, 100_000), 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole configuration. `file` is None for the embedded defaults; `base` is the folder that
    relative paths start from."""

    file: Path | None
    base: Path
    store: StoreSettings = StoreSettings()
    mail: MailSettings = MailSettings()
    bounces: BounceSettings = BounceSettings()
    service: ServiceSettings = ServiceSettings()
    limits: LimitSettings = LimitSettings()
    hold: HoldSettings = HoldSettings()
    retention: RetentionSettings = RetentionSettings()
    web: WebSettings = WebSettings()
    draft: DraftSettings = DraftSettings()
    sources: dict[str, SourceSettings] = field(
        default_factory=lambda: {"snapshots": FolderSettings(folder="snapshots")}
    )
    channels: dict[str, ChannelSettings] = field(default_factory=dict)
    """What channels are told beyond `[mail]`, and those that subscriptions name, by name."""
    situations: dict[str, SituationSettings] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    """By rule id, as written: what a rule may be told is known where rules are."""
    judgements: tuple[JudgementSetting, ...] = ()
    subscriptions: tuple[SubscriptionSettings, ...] = ()
    smtp_password: Secret | None = None
    bounces_password: Secret | None = None
    secret: Secret | None = None
    secret_before: Secret | None = None
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    """Where keys stand in the file, by path: `mail.port`, `subscriptions[2].zone`."""
    elsewhere: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """`FILE:LINE` of keys that stand in files beside it, by path."""

    def situation(self, name: str) -> SituationSettings:
        return self.situations.get(name, SituationSettings())

    def zone_of(self, situation: str) -> str:
        """What decides the days of a situation."""
        return self.situation(situation).zone

    def place(self, key: str) -> str:
        """`config/monitor.toml:12` for messages; the file alone where the key is not written."""
        path = key
        while path and path not in self.elsewhere:
            path = path.rpartition(".")[0]
        if path:
            return self.elsewhere[path]
        file = str(short(self.file)) if self.file else "config/monitor.toml"
        line = line_of(key, self.lines) if self.file else None
        return f"{file}:{line}" if line else file

    @property
    def channel(self) -> ChannelSettings:
        """The way to readers that `mail.transport` names."""
        name = self.mail.transport
        return self.channels[name] if name in self.channels else CHANNELS[name]()

    @property
    def named_channels(self) -> dict[str, NamedSettings]:
        """Those that a subscription can name."""
        return {
            name: channel
            for name, channel in self.channels.items()
            if isinstance(channel, NamedSettings)
        }

    @property
    def folders(self) -> dict[str, Path]:
        """Those that are folders of snapshots on this machine, which commands may look into."""
        return {
            name: self.path(source.folder)
            for name, source in self.sources.items()
            if isinstance(source, FolderSettings) and source.situation is None
        }

    def path(self, name: str) -> Path:
        """A path of the configuration, from `base` when it is relative."""
        return self.base / name
