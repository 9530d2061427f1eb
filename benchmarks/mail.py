"""Mail: enqueue, make and send, beside Postfix's own client in the same run.

python -m benchmarks mail            the table of docs/benchmarks.md
python -m benchmarks mail readers    100,000 readers of one situation (a few minutes)
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert, text

from benchmarks import mail_relay
from monitor.compose.mail import Sender, address, build, encode
from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp import SmtpTransport
from monitor.deliver.smtp_settings import SmtpSettings
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.pipeline.delivery import Builder
from monitor.store import Store, open_store, tables
from monitor.store.records import Letter, NewVersion, Telling
from tests.postgres import PostgresServer, postgres_problem

T = TypeVar("T")

SIZES = (15_000, 61_000)
MESSAGES = 1500
ROUNDS = 3
SENDER = Sender(
    address="monitor@monitor.test",
    name="monitor",
    domain="monitor.test",
    bounce_domain="monitor.test",
    secret=b"only for measuring",
    unsubscribe_address="unsubscribe@monitor.test",
    public_url="https://monitor.test",
)
GOALS = {
    "postgresql, shared": {15_000: 0.20, 61_000: 0.28},
    "postgresql, each": {15_000: 0.08, 61_000: 0.08},
    "sqlite, shared": {15_000: 0.12, 61_000: 0.12},
}


@dataclass(frozen=True)
class Mail:
    """One stored body of about `size` octets and what is spliced into it."""

    size: int
    subject: str
    text: str
    html: str

    @classmethod
    def of(cls, size: int) -> Mail:
        """Four parts HTML to one part text, as a digest has."""
        sentence = "Vladimir Medinsky replaces Igor Kostyukov as head of Russia's delegation. "
        lines = int(size / 5.2 / len(sentence))
        rows = "".join(
            f"<tr><td>{sentence}</td><td>{number}</td></tr>\n" for number in range(lines * 4)
        )
        words = "".join(f"{sentence}\n" for _ in range(lines))
        return cls(size, "Medinsky replaces Kostyukov (+8)", words, f"<table>\n{rows}</table>\n")

    def encoded(self) -> bytes:
        return encode(self.subject, self.text, self.html, sender=SENDER)


def letter(body: int, number: int, now: datetime) -> Letter:
    addressed = address(
        f"reader{number}@example.org",
        body_key=f"b{body}",
        message_key=f"m{number}",
        made_at=now,
        sender=SENDER,
        token=f"t{number:032d}",
    )
    return Letter(
        reason="digest",
        message_id=addressed.splice["message_id"],
        body=body,
        recipient=addressed.recipient,
        splice=addressed.splice,
        not_before=now,
        expires_at=now + timedelta(hours=48),
    )


def main(arguments: list[str]) -> int:
    if not mail_relay.has_postfix():
        print(f"*** {mail_relay.MISSING} ***")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _databases(Path(folder)) as fresh:
        if arguments == ["readers"]:
            return _readers(fresh)
        _making()
        _enqueueing(fresh)
        _sending(fresh)
    return 0


@contextlib.contextmanager
def _databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """Per sort, a function that makes an empty database and tells its URL."""
    numbers = iter(range(1_000_000))
    fresh: dict[str, Callable[[], str]] = {
        "sqlite": lambda: f"sqlite:///{folder / str(next(numbers))}.db"
    }
    problem = postgres_problem()
    if problem is not None:
        print(f"*** NO POSTGRESQL: {problem} ***")
        yield fresh
        return
    with PostgresServer() as server:
        fresh["postgresql"] = lambda: server.url(server.create())
        yield fresh


def _making() -> None:
    """The bytes of a message: rendered apart, encoded, or spliced into a shared body."""
    print(f"\n{'making a message':<44}{'15 kB':>10}{'61 kB':>10}  ms each")
    mails = [Mail.of(size) for size in SIZES]
    now = datetime.now(UTC)
    splice = letter(1, 1, now).splice
    works: dict[str, Callable[[Mail, bytes], object]] = {
        "encode a rendering (once per digest)": lambda mail, _: mail.encoded(),
        "splice a recipient in (once per message)": lambda _, body: build(body, splice),
    }
    for name, work in works.items():
        cells = ""
        for mail in mails:
            body = mail.encoded()
            cells += f"{1000 * _median(lambda w=work, m=mail, b=body: w(m, b), times=50):10.3f}"
        print(f"{name:<44}{cells}")


def _enqueueing(fresh: dict[str, Callable[[], str]]) -> None:
    """Writing outbox rows, against a bare executemany of the same rows by the driver."""
    print(f"\n{'enqueueing 5,000 messages':<32}{'rows/s':>10}{'bare':>10}{'ratio':>8}   goal 0.4")
    for sort, make in fresh.items():
        rates, bares = [], []
        for _ in range(ROUNDS):
            url = make()
            store = open_store(url)
            body = store.digests.add_body(b"x")
            now = datetime.now(UTC)
            letters = [letter(body, number, now) for number in range(5000)]
            rates.append(
                5000 / _seconds(lambda s=store, some=letters, n=now: s.outbox.post(some, now=n))
            )
            bares.append(5000 / _bare_insert(store, url))
            store.close()
        rate, bare = statistics.median(rates), statistics.median(bares)
        print(f"{sort:<32}{rate:10.0f}{bare:10.0f}{rate / bare:8.2f}")


def _bare_insert(store: Store, url: str) -> float:
    """Seconds to insert the rows that are there once more, values and SQL prepared before."""
    engine = store._database.engine
    columns = [column.name for column in tables.outbox.columns if column.name != "id"]
    with engine.connect() as connection:
        rows = connection.execute(tables.outbox.select()).mappings().all()
        values = [{name: row[name] for name in columns} for row in rows]
    statement = insert(tables.outbox).compile(dialect=engine.dialect, column_keys=columns)
    processors = statement._bind_processors
    plain = [
        {
            name: processors[name](value[name]) if name in processors else value[name]
            for name in columns
        }
        for value in values
    ]
    with engine.connect() as connection:
        connection.execution_options(monitor_writes=True)
        connection.execute(text("DELETE FROM outbox"))
        connection.commit()
        parameters = [tuple(row[name] for name in columns) for row in plain]
        marks = ", ".join(["?" if url.startswith("sqlite") else "%s"] * len(columns))
        sql = f"INSERT INTO outbox ({', '.join(columns)}) VALUES ({marks})"
        began = time.perf_counter()
        connection.exec_driver_sql(sql, parameters)
        connection.commit()
        return time.perf_counter() - began


def _sending(fresh: dict[str, Callable[[], str]]) -> None:
    """End to end: claim, build, send, mark; the median of a few runs, and its ratio."""
    title = "end to end (claim, build, send, mark)"
    print(f"\n{title:<44}{'15 kB':>16}{'61 kB':>16}   messages/s (ratio)")
    with mail_relay.sink() as port:
        for delay, pools in ((0.0, (4,)), (0.02, (4, 16, 32))):
            with mail_relay.slow_line(port, delay) as line:
                for pool in pools:
                    _send_table(fresh, line, delay, pool)


def _send_table(fresh: dict[str, Callable[[], str]], port: int, delay: float, pool: int) -> None:
    where = f"{delay * 1000:.0f} ms, {pool} connections"
    number = MESSAGES if not delay else 300
    peers = {size: _peer(port, Mail.of(size), number, pool) for size in SIZES}
    _row(
        f"smtp-source, {where}",
        {size: (rate, 1.0 if rate else None) for size, rate in peers.items()},
    )
    for sort, make in fresh.items():
        for name, shared in (("shared", True), ("each", False)):
            if delay and not shared:
                continue
            cells = {}
            for size in SIZES:
                rate = _end_to_end(make, port, Mail.of(size), number, pool, shared=shared)
                cells[size] = (rate, rate / peers[size] if peers[size] else None)
            _row(
                f"{sort}, {name}, {where}",
                cells,
                GOALS.get(f"{sort}, {name}") if not delay else None,
            )


def _row(
    name: str,
    cells: dict[int, tuple[float | None, float | None]],
    goals: dict[int, float] | None = None,
) -> None:
    line = f"{name:<44}"
    for rate, ratio in cells.values():
        line += f"{rate:9.0f}" if rate else f"{'-':>9}"
        line += f" ({ratio:.2f})" if ratio else "       "
    if goals:
        line += f"   goal {goals[SIZES[0]]:.2f} and {goals[SIZES[1]]:.2f}"
    print(line, flush=True)


def _peer(port: int, mail: Mail, number: int, sessions: int) -> float | None:
    data = build(mail.encoded(), letter(1, 1, datetime.now(UTC)).splice)
    rates = [mail_relay.source_rate(port, data, number, sessions) for _ in range(ROUNDS)]
    known = [rate for rate in rates if rate is not None]
    return statistics.median(known) if known else None


def _end_to_end(
    make: Callable[[], str], port: int, mail: Mail, number: int, pool: int, *, shared: bool
) -> float:
    rates = []
    for _ in range(ROUNDS):
        store = open_store(make())
        now = datetime.now(UTC)
        store.nodes.start(now=now)
        bodies = [store.digests.add_body(mail.encoded()) for _ in range(1 if shared else number)]
        letters = [letter(bodies[i % len(bodies)], i, now) for i in range(number)]
        store.outbox.post(letters, now=now)
        seconds = _seconds(lambda s=store: asyncio.run(deliver(s, port, pool)))
        sent = store.outbox.count().by_state.get("sent", 0)
        assert sent == number, f"{sent} of {number} messages were sent"
        rates.append(number / seconds)
        store.close()
    return statistics.median(rates)


async def deliver(store: Store, port: int, pool: int, *, progress: bool = False) -> None:
    """What the service does with its outbox, until it is empty."""
    transport = SmtpTransport(
        SmtpSettings(host="127.0.0.1", port=port, tls="none", connections=pool)
    )
    with ThreadPoolExecutor(max_workers=1) as thread:

        async def run(call: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(thread, call)

        dispatcher = Dispatcher(
            outbox=store.outbox,
            transport=transport,
            build=Builder(store),
            run=run,
            clock=lambda: datetime.now(UTC),
            log=Progress() if progress else _silent,
            settings=DispatchSettings(batch=max(50, 4 * pool), senders=pool),
        )
        await dispatcher.run_once()
        await transport.close()


def _silent(_event: str, /, **_facts: object) -> None:
    """No log: its cost depends on where it goes."""


class Progress:
    """A line for every 10,000 messages, with the memory of this process so far."""

    def __init__(self) -> None:
        self._sent = 0
        self._began = time.perf_counter()

    def __call__(self, event: str, /, **_facts: object) -> None:
        self._sent += event == "message-sent"
        if event == "message-sent" and self._sent % 10_000 == 0:
            rate = self._sent / (time.perf_counter() - self._began)
            print(f"  {self._sent:7} sent, {rate:5.0f}/s, {_peak():.0f} MB", flush=True)


def _readers(fresh: dict[str, Callable[[], str]], number: int = 100_000) -> int:
    """One digest for 100,000 readers: read in pages, told in batches, sent from a bounded queue."""
    with mail_relay.sink() as port:
        for sort, make in fresh.items():
            store = open_store(make())
            _subscribe(store, number)
            store.nodes.start(now=datetime.now(UTC))
            print(f"\n{number} readers on {sort}: {_peak():.0f} MB before")
            seconds = _seconds(lambda s=store: _tell_all(s))
            print(
                f"  told in {seconds:.0f} s ({number / seconds:.0f}/s), {_peak():.0f} MB",
                flush=True,
            )
            seconds = _seconds(lambda s=store: asyncio.run(deliver(s, port, 4, progress=True)))
            print(
                f"  sent in {seconds:.0f} s ({number / seconds:.0f}/s), {_peak():.0f} MB",
                flush=True,
            )
            assert store.outbox.count().by_state == {"sent": number}
            store.close()
    return 0


def _subscribe(store: Store, number: int) -> None:
    """Readers of one situation whose digest is due; one template of them is written through the
    store, the others as copies of its row."""
    now = datetime.now(UTC)
    store.situations.remember_kind("k", "negotiation", {})
    store.situations.ensure("talks", kind="negotiation", title=None, now=now)
    versions = [
        store.versions.add(
            NewVersion(
                situation="talks",
                as_of=f"2026-02-{day}",
                content_hash=day * 32,
                document={"day": day},
                kind_hash="k",
                learned_at=now,
            )
        )
        for day in ("05", "17")
    ]
    pointers = Pointers(situation="talks", told=versions[0].id, alerted=versions[0].id)
    spec = SubscriptionSpec(address="reader0@example.org", name="digest", situations=("talks",))
    first = store.subscriptions.create(spec, [pointers], due_at=now, now=now)
    with store._database.engine.connect() as connection:
        connection.execution_options(monitor_writes=True)
        readers, places = tables.subscriptions, tables.pointers
        row = dict(connection.execute(readers.select()).mappings().one())
        place = dict(connection.execute(places.select()).mappings().one())
        ids = range(first.id + 1, first.id + number)
        connection.execute(
            insert(readers),
            [row | {"id": i, "address": f"reader{i}@example.org"} for i in ids],
        )
        connection.execute(insert(places), [place | {"subscription_id": i} for i in ids])
        connection.commit()


def _tell_all(store: Store) -> None:
    now = datetime.now(UTC)
    body = store.digests.add_body(Mail.of(15_000).encoded())
    latest = store.versions.latest("talks")
    assert latest is not None
    moved = Pointers(situation="talks", told=latest.id, alerted=latest.id)
    after = 0
    while readers := store.subscriptions.page(after=after, limit=500):
        store.outbox.tell(
            [
                Telling(
                    subscription=reader,
                    pointers=(moved,),
                    slot=now,
                    next_due=now + timedelta(days=1),
                    letter=letter(body, reader.id, now),
                )
                for reader in readers
            ],
            now=now,
        )
        after = readers[-1].id


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _median(work: Callable[[], object], *, times: int) -> float:
    return statistics.median(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
