"""A mailbox by IMAP4rev1 (RFC 3501): what waits there, what each mail is, and that it was read.

Calls block and belong to one thread, but for `cut`. A mail is only ever looked at (`BODY.PEEK`), so
that it stays unread until `finish` says otherwise.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal

from monitor.errors import MailboxUnavailable
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

TIMEOUT: Final = 15.0
"""Seconds that a server gets for one answer."""


class MailboxSettings(Record):
    """`size` is how many bytes of a mail are read; `done` where it goes afterwards."""

    host: str
    port: int
    tls: Literal["implicit", "starttls", "none"]
    username: str
    password: str
    folder: str
    done: str | None
    size: int
    ca_file: str | None = None
    timeout: float = TIMEOUT


class Opened(NamedTuple):
    """What numbers mean (`validity`), and the one that the next mail will get."""

    validity: int
    next: int


class Mailbox:
    """Every call but `cut` and `close` raises MailboxUnavailable."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self._client: imaplib.IMAP4 | None = None

    def open(self) -> Opened:
        """Log in, never in the clear, and choose the folder."""
        with _failing("open"):
            client = self._client = self._connected()
            self._log_in(client)
            _right(client.select(_quoted(self._settings.folder)))
            return Opened(_figure(client, "UIDVALIDITY"), _figure(client, "UIDNEXT"))

    def waiting(self, after: int | None) -> list[int]:
        """Numbers of mail that nobody has marked as seen and, with `after`, of all that came after
        that one; ascending."""
        with _failing("search"):
            found = self._search("UNSEEN", "UNDELETED")
            if after is not None:
                # `9:*` holds the last mail whatever its number is.
                later = self._search("UID", f"{after + 1}:*", "UNDELETED")
                found |= {one for one in later if one > after}
        return sorted(found)

    def fetch(self, number: int) -> bytes | None:
        """The beginning of a mail; None when it is there no more."""
        with _failing("fetch"):
            asked = f"(BODY.PEEK[]<0.{self._settings.size}>)"
            _, answer = _right(self._ready.uid("FETCH", str(number), asked))
        for part in answer:
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])[: self._settings.size]
        return None

    def finish(self, numbers: Sequence[int]) -> None:
        """They were recorded: seen, and moved where that is wanted. May be said again."""
        if not numbers:
            return
        some, done = ",".join(map(str, numbers)), self._settings.done
        with _failing("mark"):
            _right(self._ready.uid("STORE", some, "+FLAGS.SILENT", r"(\Seen)"))
        if done is None:
            return
        with _failing(f"move to {done}"):
            if "MOVE" in self._ready.capabilities:
                _right(self._ready.uid("MOVE", some, _quoted(done)))
                return
            _right(self._ready.uid("COPY", some, _quoted(done)))
            _right(self._ready.uid("STORE", some, "+FLAGS.SILENT", r"(\Deleted)"))
            if "UIDPLUS" in self._ready.capabilities:
                # Without it, what others have marked would go too; the owner may empty it.
                _right(self._ready.uid("EXPUNGE", some))

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                client.logout()
            with contextlib.suppress(OSError):
                client.shutdown()  # of a connection that was lost, saying goodbye closes nothing

    def cut(self) -> None:
        """From any thread: whatever waits for an answer fails now."""
        client = self._client
        if client is not None:
            with contextlib.suppress(OSError, AttributeError):
                client.sock.shutdown(socket.SHUT_RDWR)

    @property
    def _ready(self) -> imaplib.IMAP4:
        if self._client is None:
            raise MailboxUnavailable("the mailbox is not open")
        return self._client

    def _connected(self) -> imaplib.IMAP4:
        wanted = self._settings
        if wanted.tls == "none":
            return imaplib.IMAP4(wanted.host, wanted.port, timeout=wanted.timeout)
        context = ssl.create_default_context(cafile=wanted.ca_file)
        if wanted.tls == "implicit":
            return imaplib.IMAP4_SSL(
                wanted.host, wanted.port, ssl_context=context, timeout=wanted.timeout
            )
        client = imaplib.IMAP4(wanted.host, wanted.port, timeout=wanted.timeout)
        try:
            client.starttls(context)
        except BaseException:
            client.shutdown()
            raise
        return client

    def _log_in(self, client: imaplib.IMAP4) -> None:
        name, password = self._settings.username, self._settings.password
        if "AUTH=PLAIN" in client.capabilities:
            both = f"\0{name}\0{password}".encode()
            _right(client.authenticate("PLAIN", lambda _: both))
        else:
            _right(client.login(_quoted(name), password))

    def _search(self, *words: str) -> set[int]:
        _, answer = _right(self._ready.uid("SEARCH", *words))
        return {int(one) for part in answer if part for one in part.split()}


@contextmanager
def _failing(what: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        text = f"the server's certificate is not to be trusted: {error.verify_message}"
        raise MailboxUnavailable(text) from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        words = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
        raise MailboxUnavailable(f"{what}: {_plain(words) or type(error).__name__}") from error


def _right(answer: tuple[str, Any]) -> tuple[str, Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(_plain(data[0] if data else "") or kind)
    return answer


def _figure(client: imaplib.IMAP4, name: str) -> int:
    _, data = client.response(name)
    return int(data[0]) if data and data[0] else 0


def _plain(words: object) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words or "")
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:200]


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
