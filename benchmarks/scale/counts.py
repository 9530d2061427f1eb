"""What is counted while the program works, from outside: it may be of another version."""

from __future__ import annotations

import importlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from monitor.pipeline import flow

COUNTED = {
    "renderings": (("monitor.report.digest", "make_digest"),),
    "comparisons": (("monitor.compare.comparison", "compare"),),
    "taken in": (("monitor.pipeline.intake.taking", "take_in_snapshot"),),
}
"""What a call of one of these functions is one of."""


@dataclass
class Counts:
    """Since the start: statements, calls, and per step of a pass CPU seconds and statements."""

    queries: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    step_cpu: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    step_queries: Counter[str] = field(default_factory=Counter)
    statements: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Seconds by statement, when `timed`."""

    def reset(self) -> None:
        self.queries = 0
        self.calls.clear()
        self.step_cpu.clear()
        self.step_queries.clear()
        self.statements.clear()


def watch(*, timed: bool = False) -> Counts:
    """Counts from now on, in every thread of this process."""
    counts = Counts()
    _count_queries(counts, timed=timed)
    for name, places in COUNTED.items():
        for place in places:
            _count_calls(counts, name, *place)
    _watch_steps(counts)
    return counts


def _count_queries(counts: Counts, *, timed: bool) -> None:
    @event.listens_for(Engine, "before_cursor_execute")
    def before(*given: Any) -> None:
        statement, context = given[2], given[4]
        counts.queries += not statement.startswith(("BEGIN", "SELECT pg_catalog.version"))
        if timed and context is not None:
            context.bench_began = time.perf_counter()

    if timed:

        @event.listens_for(Engine, "after_cursor_execute")
        def after(*given: Any) -> None:
            statement, context = given[2], given[4]
            if context is not None:
                counts.statements[statement] += time.perf_counter() - context.bench_began


def _count_calls(counts: Counts, name: str, module: str, function: str) -> None:
    """Puts a counting function in the place of one, wherever it has been imported to; nothing
    where it is not there."""
    try:
        original = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError):
        return

    def counting(*given: Any, **named: Any) -> Any:
        counts.calls[name] += 1
        return original(*given, **named)

    for known in list(sys.modules.values()):
        if getattr(known, "__name__", "").startswith("monitor"):
            for key, value in list(vars(known).items()):
                if value is original:
                    setattr(known, key, counting)


def _watch_steps(counts: Counts) -> None:
    """Where a pass is made of named steps, what each costs; else only the whole is known."""
    steps = getattr(flow, "STEPS", None)
    try:
        watched = tuple(step._replace(run=_timed(counts, step)) for step in steps or ())
    except (AttributeError, TypeError):
        return
    if watched:
        flow.STEPS = watched  # type: ignore[misc]
        defaults = flow.passing.__kwdefaults__ or {}
        if "steps" in defaults:
            defaults["steps"] = watched


def _timed(counts: Counts, step: Any) -> Callable[..., Iterator[Any]]:
    def run(*given: Any, **named: Any) -> Iterator[Any]:
        work = iter(step.run(*given, **named))
        while True:
            began, asked = time.process_time(), counts.queries
            try:
                item = next(work)
            except StopIteration:
                return
            finally:
                counts.step_cpu[step.name] += time.process_time() - began
                counts.step_queries[step.name] += counts.queries - asked
            yield item

    return run
