"""Mail: enqueue, make and send, beside Postfix's own client in the same run.

python -m benchmarks mail            the table of docs/benchmarks.md
python -m benchmarks mail readers    100,000 readers of one situation (some minutes)
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from benchmarks import mail_readers, mail_relay
from benchmarks.mail_sample import Mail, databases, deliver, letter, seconds_of
from monitor.mail.message import build
from monitor.store import Store, open_store, tables

SIZES = (15_000, 61_000)
MESSAGES = 1500
ROUNDS = 3
GOALS = {
    "postgresql, shared": {15_000: 0.20, 61_000: 0.28},
    "postgresql, each": {15_000: 0.08, 61_000: 0.08},
    "sqlite, shared": {15_000: 0.12, 61_000: 0.12},
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks mail", description="Mail, beside Postfix's own client."
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=["rates", "readers"],
        default="rates",
        help="rates: making, enqueueing, sending (4 minutes); readers: 100,000 of one situation",
    )
    chosen = parser.parse_args(arguments)
    if not mail_relay.has_postfix():
        print(f"*** {mail_relay.MISSING} ***")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases(Path(folder)) as fresh:
        if chosen.what == "readers":
            return mail_readers.measure(fresh)
        _making()
        _enqueueing(fresh)
        _sending(fresh)
    return 0


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
            cells += f"{1000 * _median(partial(work, mail, body), times=50):10.3f}"
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
            rates.append(5000 / seconds_of(partial(store.outbox.post, letters, now=now)))
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
    processors: dict[str, Any] = dict(statement._bind_processors)
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
    """End to end: claim, build, send, mark. Each round has the peer's run beside ours, so that a
    busy machine is busy for both; medians of the rounds."""
    title = "end to end (claim, build, send, mark)"
    columns = "".join(f"{f'{size // 1000} kB':>24}" for size in SIZES)
    print(f"\n{title:<42}{columns}   messages/s (ratio, CPU ms each)")
    with mail_relay.sink() as port:
        for delay, pools in ((0.0, (4,)), (0.02, (4, 16, 32))):
            with mail_relay.slow_line(port, delay) as line:
                for pool in pools:
                    _send_table(fresh, line, delay, pool)


def _send_table(fresh: dict[str, Callable[[], str]], port: int, delay: float, pool: int) -> None:
    where = f"{delay * 1000:.0f} ms, {pool} connections"
    runs = [(sort, name) for sort in fresh for name in ("shared", "each")]
    for sort, name in runs if not delay else runs[::2]:
        line = f"{f'{sort}, {name}, {where}':<42}"
        for size in SIZES:
            run = _Run(fresh[sort], port, Mail.of(size), pool, name == "shared")
            line += run.measure(MESSAGES if not delay else 300)
        goals = GOALS.get(f"{sort}, {name}") if not delay else None
        line += f"   goal {goals[SIZES[0]]:.2f}, {goals[SIZES[1]]:.2f}" if goals else ""
        print(line, flush=True)


@dataclass(frozen=True)
class _Run:
    """One cell of the table; `shared` is one body for all readers, else each has its own."""

    make: Callable[[], str]
    port: int
    mail: Mail
    pool: int
    shared: bool

    def measure(self, number: int) -> str:
        rates, ratios, costs = [], [], []
        for _ in range(ROUNDS):
            peer = self._peer(number)
            seconds, cpu = self._ours(number)
            rates.append(number / seconds)
            costs.append(1000 * cpu / number)
            ratios.append(number / seconds / peer if peer else 0.0)
        rate, ratio, cost = (statistics.median(each) for each in (rates, ratios, costs))
        words = f"{ratio:.2f}" if ratio else "no peer"
        return f"{f'{rate:.0f} ({words}, {cost:.2f})':>24}"

    def _peer(self, number: int) -> float | None:
        data = build(self.mail.encoded(), letter(1, 1, datetime.now(UTC)).splice)
        return mail_relay.source_rate(self.port, data, number, self.pool)

    def _ours(self, number: int) -> tuple[float, float]:
        """Seconds by the clock and of our process, sink and PostgreSQL not counted."""
        store = open_store(self.make())
        now = datetime.now(UTC)
        store.nodes.start(now=now)
        with store.transaction() as tx:
            data = self.mail.encoded()
            bodies = [tx.digests.add_body(data) for _ in range(1 if self.shared else number)]
        letters = [letter(bodies[i % len(bodies)], i, now) for i in range(number)]
        store.outbox.post(letters, now=now)
        before = time.process_time()
        seconds = seconds_of(lambda: asyncio.run(deliver(store, self.port, self.pool)))
        cpu = time.process_time() - before
        sent = store.outbox.count().by_state.get("sent", 0)
        assert sent == number, f"{sent} of {number} messages were sent"
        store.close()
        return seconds, cpu


def _median(work: Callable[[], object], *, times: int) -> float:
    return statistics.median(seconds_of(work) for _ in range(times))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
