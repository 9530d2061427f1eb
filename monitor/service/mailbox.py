"""The mailbox where mail comes back, read beside everything else: nothing waits for it.

Each mail is recorded in a transaction of its own and only then marked as seen or moved. Whatever is
killed in between, it is read again, and counts once by its Message-ID.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from monitor.deliver.mailbox import Mailbox, MailboxSettings
from monitor.deliver.ports import Runner
from monitor.errors import MailboxUnavailable, MonitorError, StoreUnavailable
from monitor.model.tuples import NamedTuple
from monitor.pipeline.program import Program
from monitor.pipeline.returned.filing import file_report
from monitor.pipeline.seldom import Seldom
from monitor.settings import Settings
from monitor.settings.mailing import impossible_mailbox

AT_ONCE: Final = 10
"""Mails that are fetched, recorded and marked together."""

MOST: Final = 500
"""Mails of one look; what is left is read by the next."""


class _Mail(NamedTuple):
    number: int
    data: bytes


class Returns:
    """Reads one mailbox. `run` is where store calls are made; IMAP has a thread for each look."""

    def __init__(
        self,
        program: Callable[[], Program],
        *,
        run: Runner,
        clock: Callable[[], datetime],
        file: Callable[..., object] = file_report,
    ) -> None:
        self._program = program
        self._run = run
        self._clock = clock
        self._file = file
        self._box: Mailbox | None = None
        self._seldom = Seldom()
        self._fares: str | None = "nobody knows yet"
        self._failed = ""

    async def __call__(self, stop: asyncio.Event) -> None:
        """Look again and again until `stop` is set; then what waits for an answer is cut off."""
        interval = self._program().settings.bounces.interval.total_seconds()
        while not stop.is_set():
            look = asyncio.create_task(self.look())
            end = asyncio.create_task(stop.wait())
            await asyncio.wait((look, end), return_when=asyncio.FIRST_COMPLETED)
            if not look.done() and self._box is not None:
                self._box.cut()
            await look
            await asyncio.wait((end,), timeout=interval)
            end.cancel()

    async def look(self) -> None:
        """Record all that waits. Whatever fails is told as trouble, and tried at the next look."""
        trouble = None
        try:
            await self._look()
        except MailboxUnavailable as error:
            trouble = str(error)
        except StoreUnavailable as error:
            self._seldom.warn("store-unavailable", f"{error}; the mailbox is read later")
            return
        except Exception as error:  # noqa: BLE001 - mail goes on, whatever is wrong with this
            trouble = f"{type(error).__name__}: {error}"
        await self._tell(trouble)

    async def _look(self) -> None:
        program = self._program()
        settings, store = program.settings.bounces, program.store
        self._box = box = Mailbox(mailbox_settings(program.settings))
        try:
            opened = await asyncio.to_thread(box.open)
            known = await self._run(partial(store.mailboxes.get, settings.name))
            first = known is None or known.validity == 0
            same = known is not None and known.validity == opened.validity
            # Numbers that mean nothing any more: all is read anew, and what is known counts once.
            after = None if first else known.read_to if known and same else 0
            waiting = (await asyncio.to_thread(box.waiting, after))[:MOST]
            for start in range(0, len(waiting), AT_ONCE):
                some = waiting[start : start + AT_ONCE]
                await self._take(box, some, validity=None if first else opened.validity)
            if first and len(waiting) < MOST:
                # What was seen by others before we came is theirs.
                up_to = max(opened.next - 1, *waiting, 0)
                call = partial(store.mailboxes.read, settings.name, opened.validity, up_to)
                await self._run(call)
        finally:
            self._box = None
            await asyncio.to_thread(box.close)

    async def _take(self, box: Mailbox, numbers: Sequence[int], *, validity: int | None) -> None:
        found = [(number, await asyncio.to_thread(box.fetch, number)) for number in numbers]
        mails = [_Mail(number, data) for number, data in found if data is not None]
        recorded = await self._run(partial(self._record, mails, validity))
        await asyncio.to_thread(box.finish, recorded)
        if len(recorded) < len(mails):
            raise MailboxUnavailable(self._failed)

    def _record(self, mails: Sequence[_Mail], validity: int | None) -> list[int]:
        """Which of them stand in the database now. One that fails stays unread, and the others go
        on. `validity` is None until all that was unread at first is recorded. Raises
        StoreUnavailable."""
        program, done = self._program(), []
        for mail in mails:
            try:
                self._file(program, mail.data, way="mailbox", now=self._clock())
            except StoreUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - one mail must not keep the others away
                words = str(error) if isinstance(error, MonitorError) else repr(error)
                self._failed = f"mail {mail.number} cannot be recorded: {words}"
            else:
                done.append(mail.number)
        if done and validity is not None:
            program.store.mailboxes.read(program.settings.bounces.name, validity, max(done))
        return done

    async def _tell(self, trouble: str | None) -> None:
        """Written when it changes, not at each look."""
        if trouble == self._fares:
            return
        name, now = self._program().settings.bounces.name, self._clock()
        try:
            await self._run(partial(self._program().store.mailboxes.fares, name, trouble, now=now))
        except StoreUnavailable as error:
            self._seldom.warn("store-unavailable", f"{error}; trying again at the next look")
            return
        self._fares = trouble
        if trouble is not None:
            self._seldom.warn("mailbox", f"the mailbox {name} cannot be read: {trouble}")


def mailbox_settings(settings: Settings) -> MailboxSettings:
    """Raises MailboxUnavailable for what cannot be logged in to."""
    for wrong in impossible_mailbox(settings):
        raise MailboxUnavailable(wrong.text)
    bounces, password = settings.bounces, settings.bounces_password
    assert bounces.host and bounces.username and password
    return MailboxSettings(
        host=bounces.host,
        port=bounces.port,
        tls=bounces.tls,
        username=bounces.username,
        password=password.reveal(),
        folder=bounces.folder,
        done=bounces.done,
        size=bounces.size,
        ca_file=str(settings.path(bounces.ca_file)) if bounces.ca_file else None,
    )
