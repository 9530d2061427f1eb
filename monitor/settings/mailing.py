"""Settings of mail that cannot go together, or cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from monitor.addresses import is_loopback
from monitor.model.tuples import NamedTuple
from monitor.settings.sections import BounceSettings, MailSettings, RetentionSettings, Settings

IMPLICIT = 465
"""RFC 8314, 3.3: submission with TLS from the first byte."""

IMAP, IMAPS = 143, 993

STARTTLS = (25, 587)
"""Ports where a server speaks first in plain text, and would wait for ever for a client of TLS."""


class Impossible(NamedTuple):
    """What is wrong, and the key at which it is mended."""

    text: str
    at: str


def impossible(settings: Settings) -> Iterator[Impossible]:
    """Each fault once, in the order of the file."""
    mail = settings.mail
    yield from _address(mail)
    yield from _tls(mail)
    if mail.public_url and not _one_click(mail.public_url):
        text = f"mail.public_url is {mail.public_url!r}, want https: one-click needs it"
        yield Impossible(text, "mail.public_url")
    yield from _mailbox(settings.bounces, settings.retention)
    if settings.web.open and not mail.public_url:
        text = "web.open is set and mail.public_url is not; want where a link to confirm leads"
        yield Impossible(text, "web.open")
    yield from _places(settings)


def impossible_login(settings: Settings) -> Iterator[Impossible]:
    """Who logs in needs a name and a password; asked where mail is sent, because other commands
    run without the password."""
    mail = settings.mail
    if mail.transport != "smtp":
        return
    if mail.username and settings.smtp_password is None:
        text = "mail.username is set, and neither MONITOR_SMTP_PASSWORD nor ..._FILE is"
        yield Impossible(text, "mail.username")
    if settings.smtp_password is not None and not mail.username:
        text = "MONITOR_SMTP_PASSWORD is set, and mail.username is not: nobody would log in"
        yield Impossible(text, "mail.username")


def impossible_mailbox(settings: Settings) -> Iterator[Impossible]:
    """The same of the mailbox that is read; asked by who reads it."""
    bounces, password = settings.bounces, settings.bounces_password
    if bounces.host and password is None:
        text = "bounces.host is set, and neither MONITOR_BOUNCES_PASSWORD nor ..._FILE is"
        yield Impossible(text, "bounces.host")


def _mailbox(bounces: BounceSettings, retention: RetentionSettings) -> Iterator[Impossible]:
    if bounces.host and not bounces.username:
        text = "bounces.host is set, and bounces.username is not: nobody would log in"
        yield Impossible(text, "bounces.host")
    if bounces.host and bounces.tls == "none" and not is_loopback(bounces.host):
        text = f"bounces.tls is 'none' and {bounces.host} is not this machine; want implicit"
        yield Impossible(text, "bounces.tls")
    if (bounces.port, bounces.tls) in ((IMAPS, "starttls"), (IMAP, "implicit")):
        text = f"bounces.port is {bounces.port} and bounces.tls is {bounces.tls!r}"
        yield Impossible(f"{text}; want implicit with {IMAPS}, starttls with {IMAP}", "bounces.tls")
    kept = retention.bounces
    if kept is not None and kept < max(bounces.soft_window, bounces.expires_after):
        text = "retention.bounces is shorter than bounces.soft_window or bounces.expires_after"
        yield Impossible(f"{text}: what is forgotten would count anew", "retention.bounces")


def _address(mail: MailSettings) -> Iterator[Impossible]:
    host, colon, port = mail.host.rpartition(":")
    if colon and port.isdigit() and ":" not in host:
        text = f"mail.host is {mail.host!r}, want the name alone: host = {host!r}, port = {port}"
        yield Impossible(text, "mail.host")
    elif "://" in mail.host or "/" in mail.host or "@" in mail.host or " " in mail.host:
        text = f"mail.host is {mail.host!r}, want a name such as smtp.example.org"
        yield Impossible(text, "mail.host")


def _tls(mail: MailSettings) -> Iterator[Impossible]:
    if mail.port == IMPLICIT and mail.tls != "implicit":
        text = f"mail.port is {IMPLICIT} and mail.tls is {mail.tls!r}; want implicit, or port 587"
        yield Impossible(text, "mail.tls")
    if mail.port in STARTTLS and mail.tls == "implicit":
        text = f"mail.port is {mail.port} and mail.tls is 'implicit'; want starttls, or port 465"
        yield Impossible(text, "mail.tls")
    if mail.username and mail.tls == "none":
        text = "mail.username is set and mail.tls is 'none'; a password needs TLS"
        yield Impossible(text, "mail.tls")
    if mail.tls == "none" and not is_loopback(mail.host):
        text = f"mail.tls is 'none' and {mail.host} is not this machine; want starttls"
        yield Impossible(text, "mail.tls")


def _one_click(url: str) -> bool:
    """RFC 8058, 3.1: the link is https; on this machine alone anything can be tried."""
    parts = urlsplit(url)
    return parts.scheme == "https" or is_loopback(parts.hostname or "")


def _places(settings: Settings) -> Iterator[Impossible]:
    """A folder that is, or lies below, a file."""
    folders = {"mail.folder": settings.mail.folder}
    for name in settings.folders:
        folders[f"sources.{name}.folder"] = settings.sources[name].where
    for key, written in folders.items():
        if file := _file_on_the_way(settings.path(written)):
            what = "is a file" if file == settings.path(written) else f"lies below the file {file}"
            yield Impossible(f"{key}: {written} {what}, want a folder", key)
    scheme, separator, rest = settings.store.url.partition(":///")
    if scheme == "sqlite" and separator and settings.path(rest).is_dir():
        yield Impossible(f"store.url: {rest} is a folder, want a file", "store.url")


def _file_on_the_way(path: Path) -> Path | None:
    for place in (path, *path.parents):
        if place.exists():
            return None if place.is_dir() else place
    return None
