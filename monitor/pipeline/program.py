"""What every step of the pipeline is given: settings, the open store, kinds and templates."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from monitor.errors import SettingsError
from monitor.mail.addresses import BOUNCES
from monitor.mail.message import Sender
from monitor.pipeline.comparison.comparing import Comparing
from monitor.pipeline.comparison.kinds import Kinds, check_rules
from monitor.pipeline.readers.specs import check_addresses
from monitor.pipeline.trouble.blame import Blame
from monitor.pipeline.trouble.patience import Patience
from monitor.private import make_folder
from monitor.render import Templates, load_templates
from monitor.settings import Settings
from monitor.settings.demo import SOURCE, is_demo, shipped_files, without_demo
from monitor.store import Store, open_store

KEPT_SECRET = Path("var") / "secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Opened once by a command or the service."""

    settings: Settings
    store: Store
    templates: Templates
    kinds: Kinds
    comparing: Comparing
    blame: Blame = field(default_factory=Blame)
    """What cannot be handled, by item."""
    patience: Patience = field(init=False)
    """What of it is not tried again at once."""
    reading: bool = False
    """Nothing is written, the secret included."""
    node: str | None = None
    """Who serves, once it does."""
    copied_at: datetime | None = None
    """When a service first served this database, if it is a copy of another one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "patience", Patience(self.blame))

    def with_settings(self, settings: Settings) -> Program:
        """The same program, told something else: what it has learned of faults it still knows."""
        comparing = Comparing(store=self.store, kinds=self.kinds, settings=settings)
        changed = replace(self, settings=settings, comparing=comparing)
        object.__setattr__(changed, "patience", self.patience)
        return changed

    @property
    def secret(self) -> bytes:
        """Signs what readers hand back to us. Raises SettingsError when it cannot be kept."""
        if self.settings.secret is not None:
            return self.settings.secret.reveal().encode()
        file = self.settings.base / KEPT_SECRET
        return _secret_to_look_at(file) if self.reading else _own_secret(file)

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The one that signs, and one before it whose links and bounce addresses still hold."""
        before = self.settings.secret_before
        return (self.secret, *([before.reveal().encode()] if before else []))

    @property
    def sender(self) -> Sender:
        mail = self.settings.mail
        local, _, domain = (self.settings.bounces.address or "").rpartition("@")
        return Sender(
            address=mail.sender,
            name=mail.sender_name,
            domain=mail.domain,
            bounce_domain=domain or mail.domain,
            bounce_local=local or BOUNCES,
            secret=self.secret,
            unsubscribe_address=f"unsubscribe@{mail.domain}",
            public_url=mail.public_url,
            envelope=mail.envelope_sender,
        )


def open_program(settings: Settings, *, reading: bool = False) -> Program:
    """Opens the store, whose missing migrations run now. Close it with `program.store.close()`.

    `reading`: for a command that only looks; nothing is created, upgraded or written.

    Raises SettingsError for an unknown rule or an impossible sender, before anything is opened.
    """
    check_rules(settings)
    check_addresses(settings)
    store = open_store(store_url(settings), reading=reading)
    if is_demo(settings) and _has_been_given_others(store):
        settings = without_demo(settings)
    kinds = Kinds(stored=store.situations.kind)
    return Program(
        settings=settings,
        store=store,
        reading=reading,
        templates=load_templates(settings.base),
        kinds=kinds,
        comparing=Comparing(store=store, kinds=kinds, settings=settings),
    )


def _has_been_given_others(store: Store) -> bool:
    """Whether a database holds what was watched before: the demonstration would be mixed with it
    where a configuration, or a folder of snapshots, is missing for a moment."""
    if any(row.name != SOURCE for row in store.sources.all()):
        return True
    return not shipped_files().issuperset(store.sources.files(SOURCE))


def store_file(settings: Settings) -> Path | None:
    """The file of a SQLite store."""
    scheme, _, rest = store_url(settings).partition(":///")
    return Path(rest) if scheme == "sqlite" else None


def store_url(settings: Settings) -> str:
    """The store's URL with a relative SQLite file resolved from the configuration's folder."""
    scheme, separator, rest = settings.store.url.partition(":///")
    if scheme != "sqlite" or not separator or rest.startswith("/"):
        return settings.store.url
    file = settings.path(rest)
    return f"sqlite:///{file}"


@lru_cache(maxsize=4)
def _own_secret(file: Path) -> bytes:
    """Made at the first start and kept, because links in old mail must go on working."""
    try:
        make_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(f"cannot write {file}: {error.strerror}; set MONITOR_SECRET") from error
    return file.read_bytes().strip()


def _secret_to_look_at(file: Path) -> bytes:
    """The kept one, else one for a preview, whose links lead nowhere."""
    try:
        return file.read_bytes().strip()
    except OSError:
        return b"of a preview"


def store_place(settings: Settings) -> str:
    """Where the store is, in words that hold no password."""
    url = store_url(settings)
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
