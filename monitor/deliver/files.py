"""The default channel: each mail becomes a file that any mail program opens; nothing is sent."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from monitor.addresses import read_address
from monitor.deliver.channel import Answer, Breakage, Reached, Unfit
from monitor.deliver.outcomes import judge
from monitor.errors import MessageUnsendable
from monitor.mail.message import envelope
from monitor.model.message import Claimed, Envelope, Outcome
from monitor.private import is_open_to_others, make_folder, tighten, writing

_DATE = re.compile(rb"^Date:[ \t]*([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")
_NAME_LIMIT = 100
"""Characters of an address in a folder's name; file systems allow 255 octets."""


class FilesChannel:
    """Writes `FOLDER/ADDRESS/DATE-ID.eml`, files and folders for their owner alone.

    The name comes from the message alone, so a repeated attempt replaces its own file: by this
    channel a message is never doubled. A file is complete or absent, also after a power cut.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        return envelope(message.recipient, message.splice, body)

    def judge(self, answer: Answer, /) -> Outcome:
        return judge(answer)

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:  # noqa: ARG002
        try:
            read_address(envelope.recipient)
        except MessageUnsendable as error:
            return Unfit("build", str(error))
        try:
            await asyncio.to_thread(self._write, envelope)
        except OSError as error:
            return Breakage("file", error)
        return Reached("file")

    async def close(self) -> None:
        """Nothing is kept open."""

    def path(self, envelope: Envelope) -> Path:
        """Where this message is written."""
        return self._folder / _safe(envelope.recipient) / f"{_name(envelope)}.eml"

    def _write(self, envelope: Envelope) -> None:
        path = self.path(envelope)
        make_folder(path.parent)
        draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with writing(draft) as file:
                file.write(envelope.data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            # What a full disk cut short must not fill it further.
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def tighten_mail(folder: Path) -> None:
    """Makes private what an earlier version left open to others: readers' folders and their mail.

    A folder that is private already is not looked into, so this is done once.
    """
    try:
        readers = [path for path in folder.iterdir() if is_open_to_others(path) and path.is_dir()]
        for reader in readers:
            tighten(reader.glob("*.eml"))
            tighten([reader])
    except OSError:
        # A folder that is absent or another user's is delivery's to complain about.
        return


def _safe(address: str) -> str:
    """An address as a folder's name. One that had to be bent gets a mark of its own, so that no
    two addresses share a folder."""
    bent = _UNSAFE.sub("_", address)[:_NAME_LIMIT].lstrip(".")
    if bent == address:
        return bent
    return f"{bent}-{hashlib.sha256(address.encode(errors='replace')).hexdigest()[:8]}"


def _name(envelope: Envelope) -> str:
    mark = hashlib.sha256(envelope.message_id.encode(errors="replace")).hexdigest()[:12]
    return f"{_dated(envelope.data)}-{mark}"


def _dated(data: bytes) -> str:
    """The Date header as `20260217T070000Z`, so that a folder sorts by time."""
    head = data.partition(b"\r\n\r\n")[0]
    found = _DATE.search(head)
    try:
        at = parsedate_to_datetime(found.group(1).decode("ascii")) if found else None
    except ValueError:
        at = None
    return _stamp(at) if at else "undated"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _sync_folder(folder: Path) -> None:
    """Make a rename durable: on POSIX the folder itself must be synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
