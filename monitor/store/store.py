"""The store as a whole: its families, its transactions, its life."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from monitor.errors import StoreUnavailable
from monitor.store.alerts import Alerts
from monitor.store.answers import Answers
from monitor.store.articles import Articles
from monitor.store.backup import copy_sqlite
from monitor.store.bounces import Bounces, Mailboxes
from monitor.store.breakers import Breakers
from monitor.store.damage import check, damaged
from monitor.store.decisions import Decisions
from monitor.store.digests import Digests
from monitor.store.drafts import Drafts
from monitor.store.due import Due
from monitor.store.engine import Access, Database, InTransaction
from monitor.store.housekeeping import Housekeeping, Slice
from monitor.store.identity import Identity
from monitor.store.judgements import Judgements
from monitor.store.lapses import Lapses
from monitor.store.lines import Lines
from monitor.store.looks import Looks
from monitor.store.measures import Measures
from monitor.store.nodes import Nodes
from monitor.store.notices import Notices
from monitor.store.outbox import Outbox
from monitor.store.people import People
from monitor.store.permits import Machines, Permits
from monitor.store.placings import Placings
from monitor.store.reader_changes import ReaderChanges
from monitor.store.readers import Readers
from monitor.store.revisions import Revisions
from monitor.store.runs import Runs
from monitor.store.situations import Situations
from monitor.store.snapshots import Snapshots
from monitor.store.sources import Sources
from monitor.store.subscriptions import Subscriptions
from monitor.store.suppressions import Suppressions
from monitor.store.tries import Tries
from monitor.store.upgrade import require_current
from monitor.store.versions import Versions
from monitor.store.withdrawals import Withdrawals
from monitor.store.work import Work

ENDINGS = ("-wal", "-shm", "-journal", ".lock")
"""Of the names of files that belong to a SQLite file."""

LEASE = timedelta(minutes=15)
"""How long a claim holds on PostgreSQL: longer than the slowest honest hand-over, the ten minutes
that RFC 5321 4.5.3.2.6 gives a server after the final dot."""


class Families:
    """Every group of tables, on one transaction or with one per call."""

    def __init__(self, access: Access, identity: Identity) -> None:
        self.situations = Situations(access)
        self.revisions = Revisions(access)
        self.sources = Sources(access)
        self.snapshots = Snapshots(access)
        self.versions = Versions(access)
        self.lapses = Lapses(access)
        self.lines = Lines(access)
        self.withdrawals = Withdrawals(access)
        self.subscriptions = Subscriptions(access)
        self.changes = ReaderChanges(access)
        self.readers = Readers(access)
        self.due = Due(access)
        self.alerts = Alerts(access)
        self.digests = Digests(access)
        self.outbox = Outbox(access, identity)
        self.breakers = Breakers(access)
        self.runs = Runs(access)
        self.suppressions = Suppressions(access)
        self.bounces = Bounces(access)
        self.mailboxes = Mailboxes(access)
        self.judgements = Judgements(access)
        self.notices = Notices(access)
        self.measures = Measures(access)
        self.work = Work(access, identity)
        self.people = People(access)
        self.looks = Looks(access)
        self.decisions = Decisions(access)
        self.permits = Permits(access)
        self.tries = Tries(access)
        self.machines = Machines(access)
        self.drafts = Drafts(access)
        self.answers = Answers(access)
        self.articles = Articles(access)
        self.placings = Placings(access)


class Transaction(Families):
    """The families on one open transaction."""


class Store(Families):
    """An open database whose tables are up to date. Safe to use from several threads."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        self._database = database
        self._identity = Identity(lease=lease)
        super().__init__(database, self._identity)
        self.nodes = Nodes(database, self._identity)

    @property
    def is_sqlite(self) -> bool:
        return self._database.sqlite

    @property
    def asked(self) -> int:
        """Statements that were sent to the database since it was opened."""
        return self._database.asked

    def files(self) -> Sequence[Path]:
        """The database's file, those that SQLite and we put beside it, and the copies made before
        upgrades; those that are there. None on PostgreSQL."""
        path = self._database.path
        if path is None:
            return ()
        beside = (path.with_name(path.name + ending) for ending in ENDINGS)
        copies = path.parent.glob(glob.escape(path.name) + ".*-*")
        return tuple(file for file in (path, *beside, *copies) if file.exists())

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything or nothing. Keep it short: on SQLite all other writers wait."""
        with self._database.write() as connection:
            joined = InTransaction(connection, self._database, writable=True)
            yield Transaction(joined, self._identity)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Reads of one moment; a write inside it is an error of the caller's."""
        with self._database.read() as connection:
            joined = InTransaction(connection, self._database, writable=False)
            yield Transaction(joined, self._identity)

    def backup(self, target: Path) -> None:
        """Copies the database while it is in use. Raises Conflict when `target` exists and
        StoreUnavailable with the command to use for PostgreSQL."""
        if self._database.path is None:
            url = self._database.url.set(drivername="postgresql").render_as_string()
            raise StoreUnavailable(
                f"PostgreSQL makes its own backups: pg_dump --format=custom --file={target} {url}"
            )
        with self._database.raw() as connection:
            copy_sqlite(connection, target, marked=True)

    def check(self) -> None:
        """Reads through a SQLite file; raises StoreDamaged for the first fault. A gigabyte takes
        seconds, during which others go on. PostgreSQL looks after its own."""
        if self._database.path is None:
            return
        with self._database.raw() as connection:
            fault = check(connection)
        if fault is not None:
            raise damaged(self._database.path, fault)

    def require_current(self) -> None:
        """Raises StoreUnavailable when another release has changed the tables since it was opened,
        StoreDamaged when they are gone."""
        require_current(self._database)

    def prune(self, *, before: datetime) -> Mapping[str, int]:
        """Forgets what ended before: see `Housekeeping.prune`."""
        return Housekeeping(self._database).prune(before=before)

    def leaving(self, *, before: datetime) -> Iterator[Slice]:
        """The same, in slices: see `Housekeeping.slices`."""
        return Housekeeping(self._database).slices(before=before)

    def close(self) -> None:
        """Gives back the service lock and all connections."""
        self.nodes.abandon()
        self._database.close()
