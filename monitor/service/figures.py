"""What the service keeps of itself for whoever watches it: figures as Prometheus reads them.

Labels are few and known: the steps of a pass, states, results, and the sources that are configured.
"""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from monitor.deliver.fleet import MAIL
from monitor.deliver.summary import Summary
from monitor.model.message import LANE_NAMES
from monitor.model.tuples import NamedTuple
from monitor.pipeline.program import Program
from monitor.store.measures import Owed, Waiting
from monitor.store.nodes import Gone
from monitor.store.records import SourceRow

SECONDS: Final = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0)
QUERIES: Final = (10.0, 20.0, 50.0, 100.0, 1_000.0, 10_000.0, 100_000.0)

LATE: Final = timedelta(minutes=10)
"""After which a digest that is due and not written is late."""

MOST_SOURCES: Final = 200
"""Sources that have figures of their own, the first by name; the number of all is a figure too."""

STATES: Final = ("pending", "retry", "claimed")


class Figures:
    """One process's. It is a meter of passes; `text` is what it has come to."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._passes = Histogram(
            "monitor_pass_seconds",
            "Seconds of a pass, from the sources to the outbox.",
            buckets=SECONDS,
            registry=self._registry,
        )
        self._queries = Histogram(
            "monitor_pass_queries",
            "Statements that this process sent to its database during a pass.",
            buckets=QUERIES,
            registry=self._registry,
        )
        self._steps = Counter(
            "monitor_step_seconds", "Seconds by step of a pass.", ["step"], registry=self._registry
        )
        self._trouble = Gauge(
            "monitor_conditions", "Conditions that need a person.", registry=self._registry
        )

    def step(self, name: str, seconds: float) -> None:
        self._steps.labels(step=name).inc(seconds)

    def passed(self, seconds: float, *, queries: int, trouble: int) -> None:
        self._passes.observe(seconds)
        self._queries.observe(queries)
        self._trouble.set(trouble)

    def text(self, program: Program, delivered: Mapping[str, Summary], now: datetime) -> bytes:
        """The exposition format; asks the store what waits, so call it where that is done.

        `delivered`: by mail and by each channel, by its name. Raises StoreUnavailable.
        """
        asked = CollectorRegistry()
        waiting = program.store.measures.waiting(now=now, late_by=now - LATE)
        known = program.settings.sources
        sources = [row for row in program.store.sources.all() if row.name in known]
        channels = program.settings.named_channels
        kinds = {MAIL} | {one.kind for one in channels.values()}
        failing = Counted(one.name for one in (program.store.breakers.all() if channels else ()))
        by_kind = {kind: Summary() for kind in sorted(kinds)}
        down = dict.fromkeys(sorted(kinds - {MAIL}), 0)
        for name, summary in delivered.items():
            channel = channels.get(name)
            kind = MAIL if channel is None else channel.kind
            by_kind[kind] += summary
            if kind != MAIL:
                down[kind] += failing[f"channel {name}"]
        told = _Told(by_kind, down)
        gone = program.store.nodes.gone(now=now)
        asked.register(_Asked(lambda: (*_of_gone(gone), *_asked(waiting, told, sources))))
        return generate_latest(self._registry) + generate_latest(asked)


class _Asked(Collector):
    """What stands in the tables, and what the dispatcher has counted."""

    def __init__(self, found: Callable[[], Iterable[Metric]]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return self._found()


class _Told(NamedTuple):
    """By kind: what was handed over, and how many channels take nothing."""

    delivered: Mapping[str, Summary]
    down: Mapping[str, int]


def _of_gone(gone: Sequence[Gone]) -> Iterator[Metric]:
    nodes = "Nodes that say nothing any more and still hold messages."
    yield _gauge("monitor_gone_nodes", nodes, len(gone))
    messages = "Messages in the hand of nodes that say nothing any more."
    yield _gauge("monitor_gone_nodes_messages", messages, sum(one.messages for one in gone))


def _asked(waiting: Waiting, told: _Told, sources: list[SourceRow]) -> Iterator[Metric]:
    yield _gauge("monitor_digests_due", "Readers whose digest is due.", waiting.due)
    late = f"Readers whose digest is due for more than {LATE.seconds // 60} minutes."
    yield _gauge("monitor_digests_late", late, waiting.late)
    owed = GaugeMetricFamily(
        "monitor_outbox_messages",
        "Messages that are not over, by state and lane.",
        labels=["state", "lane"],
    )
    for state, (lane, name) in product(STATES, LANE_NAMES.items()):
        owed.add_metric([state, name], waiting.messages.get(Owed(state, lane), 0))
    yield owed
    yield from _of_ways(told)
    yield from _of_sources(sources)


def _of_ways(told: _Told) -> Iterator[Metric]:
    """Of mail and of each kind of channel: names are the operator's, kinds are few and known."""
    attempts = CounterMetricFamily(
        "monitor_attempts",
        "Attempts to hand a message over, by kind of channel and result.",
        labels=["channel", "result"],
    )
    dead = CounterMetricFamily(
        "monitor_dead_messages", "Messages given up by this process.", labels=["channel"]
    )
    for kind, summary in told.delivered.items():
        for result in ("sent", "temporary", "permanent", "unknown", "late"):
            attempts.add_metric([kind, result], getattr(summary, result))
        dead.add_metric([kind], summary.dead)
    down = GaugeMetricFamily(
        "monitor_channels_failing", "Channels that take nothing, by kind.", labels=["channel"]
    )
    for kind, number in told.down.items():
        down.add_metric([kind], number)
    yield from (attempts, dead, down)


def _of_sources(sources: list[SourceRow]) -> Iterator[Metric]:
    yield _gauge("monitor_sources", "Sources that have been looked at.", len(sources))
    newest, checked, trouble = (
        GaugeMetricFamily(f"monitor_source_{name}", text, labels=["source"])
        for name, text in (
            ("newest_timestamp_seconds", "When the newest version that it gave was true."),
            ("checked_timestamp_seconds", "When it was looked at last."),
            ("trouble", "1 while it cannot be looked at as it should."),
        )
    )
    for row in sources[:MOST_SOURCES]:
        if row.newest is not None:
            newest.add_metric([row.name], _seconds(row.newest))
        if row.checked_at is not None:
            checked.add_metric([row.name], row.checked_at.timestamp())
        trouble.add_metric([row.name], row.trouble is not None)
    yield from (newest, checked, trouble)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _seconds(as_of: str) -> float:
    """Of a date, its beginning."""
    moment = datetime.fromisoformat(as_of)
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
