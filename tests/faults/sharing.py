"""Nodes that share the work of one PostgreSQL: `make faults ARGS=sharing`.

Each file is to be read and taken in, each version compared, each state of a situation judged and
each reader welcomed once over all nodes. A node that is stopped with a claim in hand until another
one has done its work writes nothing late when it goes on: the database's own log says so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import LiteralString

import psycopg

from monitor.model.record import Record
from monitor.pipeline.readers.provision import provision
from tests.faults.node import clock, opened
from tests.posts import KIND

SORTS = ("take", "compare", "judge", "begin")

PATIENCE = 120.0
"""Seconds, on a machine that does other work."""

_LOG: LiteralString = """
CREATE TABLE log_work (act text, what text);
CREATE FUNCTION log_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'versions' THEN
        INSERT INTO log_work VALUES ('compared', NEW.id::text);
    ELSIF TG_TABLE_NAME = 'files' THEN
        INSERT INTO log_work VALUES ('taken', NEW.source || '/' || NEW.path);
    ELSIF TG_TABLE_NAME = 'work' THEN
        INSERT INTO log_work VALUES ('judged', NEW.key || ' ' || NEW.note);
    ELSE
        INSERT INTO log_work VALUES (
            NEW.reason,
            coalesce(NEW.subscription_id || ' ' || coalesce(NEW.digest_id::text, ''),
                     NEW.message_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER log_work AFTER UPDATE OF compared_at ON versions
    FOR EACH ROW EXECUTE FUNCTION log_work();
CREATE TRIGGER log_work AFTER INSERT OR UPDATE ON files
    FOR EACH ROW EXECUTE FUNCTION log_work();
CREATE TRIGGER log_work AFTER UPDATE ON work
    FOR EACH ROW WHEN (NEW.sort = 'judge' AND NEW.note <> OLD.note) EXECUTE FUNCTION log_work();
CREATE TRIGGER log_work AFTER INSERT ON outbox
    FOR EACH ROW EXECUTE FUNCTION log_work();
"""

_READER = """
[[subscriptions]]
address = "r{number}@example.org"
situations = ["{situation}"]
cadence = "{cadence}"
"""


class Plan(Record):
    """How much is shared. `stops` is the sort of work with which the first node is stopped, just
    before its `nth` write."""

    nodes: int = 2
    sources: int = 3
    situations: int = 3
    """Of each source."""
    versions: int = 6
    readers: int = 36
    stops: str = ""
    nth: int = 2


SHORT = Plan(sources=2, situations=1, versions=3, readers=6, stops="judge")


@dataclass(slots=True)
class Shared:
    """What came of it. `done` is what the nodes did, by act and item; `written` what the database
    says was written."""

    plan: Plan
    done: list[Counter[tuple[str, str]]] = field(default_factory=list)
    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: int = 0
    wrong: list[str] = field(default_factory=list)

    def counts(self, act: str) -> list[int]:
        """By node."""
        return [sum(n for (one, _), n in acts.items() if one == act) for acts in self.done]

    @property
    def line(self) -> str:
        acts = ("read", "compared", "judged", "welcomed")
        shares = (f"{act} {'+'.join(map(str, self.counts(act)))}" for act in acts)
        stop = f", stopped at {self.plan.stops}" if self.plan.stops else ""
        verdict = "FAILED" if self.wrong else f"{self.late} late writes refused"
        return f"{self.plan.nodes} nodes{stop}: {', '.join(shares)}; {verdict}"

    def judge(self) -> None:
        """Once each, but for what the stopped node had in hand, which is done again."""
        plan = self.plan
        lines = plan.sources * plan.situations
        files = lines * (plan.versions + 1)
        for act, expected in (("compared", files), ("taken", files), ("welcome", plan.readers)):
            found = sum(n for (one, _), n in self.written.items() if one == act)
            if found != expected:
                self.wrong.append(f"{act}: {found} writes of {expected}")
        for (act, what), count in self.written.items():
            if count > 1:
                self.wrong.append(f"{act} {what}: written {count} times")
        if not plan.stops:
            self.wrong += self._done_again()
        if plan.stops and not self.late:
            self.wrong.append("no late write was tried")

    def _done_again(self) -> Iterator[str]:
        again = sum(map(_once_welcomed, self.done), Counter[tuple[str, str]]())
        for (act, what), count in again.items():
            if count > 1 and act != "late":
                yield f"{act} {what}: done {count} times"


def _once_welcomed(acts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """One node makes a welcome anew when a version comes in before it is written."""
    return Counter({key: 1 if key[0] == "welcomed" else count for key, count in acts.items()})


def play(url: str, folder: Path, plan: Plan, *, breakage: str = "") -> Shared:
    """Raises TimeoutError when the nodes do not come up or what is owed is not done in time."""
    for number in range(plan.sources):
        (folder / f"source{number}").mkdir(parents=True)
        (folder / f"source{number}" / "posts.kind.yaml").write_text(KIND)
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(_config(plan))
    epoch = time.time()
    first = opened(url, folder, clock(epoch), mortal=False)
    provision(first.program, clock(epoch))
    first.program.store.close()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_LOG)
    stage = _Stage(url, folder, plan, epoch)
    for day in range(plan.versions):
        stage.says(clock(epoch) - timedelta(days=plan.versions - day))
    with stage.nodes(breakage) as nodes:
        stage.settles(plan.versions)
        stage.says(clock(epoch))
        stage.settles(plan.versions + 1)
        stage.goes_on(nodes[0])
    return stage.result()


@dataclass(slots=True)
class _Stage:
    url: str
    folder: Path
    plan: Plan
    epoch: float

    def says(self, when: datetime) -> None:
        """The next version of each situation, as a file that has stood still for a while."""
        for name in _names(self.plan):
            source, _, _ = name.partition("-")
            text = (
                f"kind: posts.kind.yaml\nsituation: {name}\nas_of: {when:%Y-%m-%dT%H:%M:%SZ}\n"
                f"posts:\n  - {{id: president, holder: Holder of {when:%d %H%M%S}}}\n"
            )
            place = self.folder / source
            hidden = place / f".{name}"
            hidden.write_text(text)
            before = (clock(self.epoch) - timedelta(hours=1)).timestamp()
            os.utime(hidden, (before, before))
            hidden.rename(place / f"{name}-{when:%Y%m%d%H%M%S}.yaml")

    @contextmanager
    def nodes(self, breakage: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        started = [self._start(number, breakage) for number in range(self.plan.nodes)]
        try:
            yield started
            (self.folder / "stop").touch()
            for node in started:
                node.wait(timeout=PATIENCE)
        finally:
            for node in started:
                node.kill()
                node.wait()

    def _start(self, number: int, breakage: str) -> subprocess.Popen[bytes]:
        stops = self.plan.stops if number == 0 else ""
        orders = [self.url, str(self.folder), f"n{number}", str(self.epoch)]
        with (self.folder / f"n{number}.log").open("wb") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "tests.faults.sharer", *orders),
                    *(stops, str(self.plan.nth), breakage),
                    "short" if self.plan.stops else "long",
                ],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                stderr=log,
            )

    def settles(self, versions: int) -> None:
        """Until all is taken in, compared and told, by whoever runs."""
        wanted = versions * self.plan.sources * self.plan.situations
        _until(lambda: self._is_settled(wanted))

    def _is_settled(self, wanted: int) -> bool:
        query: LiteralString = (
            "SELECT (SELECT count(*) FROM versions WHERE compared_at IS NOT NULL),"
            " (SELECT count(*) FROM outbox WHERE reason = 'welcome'),"
            " (SELECT count(*) FROM pointers WHERE alerted <> (SELECT id FROM versions"
            " WHERE versions.situation = pointers.situation ORDER BY as_of DESC LIMIT 1)),"
            " (SELECT count(*) FROM work WHERE token IS NOT NULL AND lease_until >"
            " clock_timestamp())"
        )
        with psycopg.connect(self.url) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        return row == (wanted, self.plan.readers, 0, 0)

    def goes_on(self, node: subprocess.Popen[bytes]) -> None:
        """Whoever was stopped does now, and finds out what has become of its work."""
        if self.plan.stops:
            _until(lambda: bool(self._acts(0)[1]))
            node.send_signal(signal.SIGCONT)
            _until(lambda: self._acts(0)[0] > 0)

    def _acts(self, number: int) -> tuple[int, int]:
        """Late writes, and stops."""
        acts = _read(self.folder / f"n{number}.acts")
        return tuple(  # type: ignore[return-value]
            sum(n for (act, _), n in acts.items() if act == wanted)
            for wanted in ("late", "stopped")
        )

    def result(self) -> Shared:
        numbers = range(self.plan.nodes)
        shared = Shared(self.plan, [_read(self.folder / f"n{number}.acts") for number in numbers])
        shared.late = sum(shared.counts("late"))
        with psycopg.connect(self.url) as connection:
            rows = connection.execute("SELECT act, what, count(*) FROM log_work GROUP BY 1, 2")
            shared.written = Counter({(act, what): count for act, what, count in rows})
        shared.judge()
        for number in numbers:
            logged = (self.folder / f"n{number}.log").read_text().splitlines()
            shared.wrong += [line for line in logged if line.startswith(f"n{number}: ")][:3]
        return shared


def _read(file: Path) -> Counter[tuple[str, str]]:
    if not file.exists():
        return Counter()
    lines = (line.partition("\t") for line in file.read_text().splitlines())
    return Counter((act, what) for act, _, what in lines)


def _names(plan: Plan) -> list[str]:
    return [
        f"source{source}-{number}"
        for source in range(plan.sources)
        for number in range(plan.situations)
    ]


def _config(plan: Plan) -> str:
    names = _names(plan)
    sources = (
        f'[sources.source{number}]\nfolder = "source{number}"\ninterval = "1s"\n'
        for number in range(plan.sources)
    )
    readers = (
        _READER.format(
            number=number,
            situation=names[number % len(names)],
            cadence=("at-once", "weekly mon 07:00")[number // len(names) % 2],
        )
        for number in range(plan.readers)
    )
    return "".join([*sources, *readers])


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.05)
