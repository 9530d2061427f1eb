"""python -m benchmarks pages: every page over a register of 1,000 versions of 1,000 entries.

Each page is asked for many times, each time for another pair, fact, entry or day where there are
others, so that few answers come from what the pages keep. The goals are of one core.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.pages import world
from benchmarks.pages.served import Visitor, server
from monitor.model.record import Record
from monitor.report import links

GOAL_MS = 150.0
GOAL_BYTES = 200_000

PARTS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Measured(Record):
    """The first time, and the others; `took` is processor time, which neighbours on the machine
    do not change. All in ms."""

    name: str
    first: float
    took: tuple[float, ...]
    waited: tuple[float, ...]
    size: int

    @property
    def rate(self) -> float:
        return 1000 / statistics.mean(self.took)


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages")
    parser.add_argument("--versions", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--times", type=int, default=60, help="each page is asked for")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--folder", help="where the desk is kept between runs; default: nowhere")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as own:
        folder = Path(chosen.folder or own) / "desk"
        if not folder.exists():
            world.fill(folder, chosen.versions, chosen.entries)
        return _measure(folder, chosen)


def _measure(folder: Path, chosen: argparse.Namespace) -> int:
    pages = {name: every for name, every in asked(folder).items() if chosen.only in name}
    with server(("-m", "benchmarks.pages.serving", "bare"), Path.cwd()) as port:
        peer = _page("a bare page", ["/"], Visitor(port), chosen.times)
    with server(("-m", "benchmarks.pages.serving", "ours"), folder) as port:
        visitor = Visitor(port)
        visitor.log_in()
        found = [_page(name, every, visitor, chosen.times) for name, every in pages.items()]
        whole = _with_parts(visitor, "/")
    _print([peer, *found], peer)
    print(f"\nfirst page with all its parts: {whole / 1000:.0f} kB (goal {GOAL_BYTES // 1000})")
    missed = [one.name for one in found if p95(one.took) > GOAL_MS]
    print(f"p95 over {GOAL_MS:.0f} ms: {', '.join(missed) or 'none'}")
    return int(bool(missed) or whole > GOAL_BYTES)


def asked(folder: Path) -> dict[str, list[str]]:
    """Addresses by page, as many as differ."""
    program = world.opened(folder)
    try:
        chance = random.Random(1)
        line = program.store.versions.history("register")
        days = [one.ref.as_of for one in line]
        members = program.comparing.state(line[-1]).document["members"]
        some = [one["id"] for one in chance.sample(members, min(100, len(members)))]
        at = [chance.randrange(len(line) - 1) for _ in range(200)]
        steps = [links.comparison("", line[one].ref, line[one + 1].ref) for one in at]
        far = [
            links.comparison("", line[min(pair)].ref, line[max(pair)].ref)
            for pair in zip(at[::2], at[1::2], strict=True)
            if pair[0] != pair[1]
        ]
        return {
            "since you looked": ["/", "/?show=all", "/?show=mine"],
            "situations": ["/situations"],
            "a situation": ["/situations/register"],
            "a situation, some day": [
                links.situation("", "register", as_of=days[one]) for one in at
            ],
            "a step compared": steps,
            "far versions compared": far,
            "side by side": [f"{one}&side=1" for one in steps],
            "a fact's history": [
                links.history("", "register", f"members[{one}].role") for one in some
            ],
            "an entity": [links.entity("", "register", f"members[{one}]") for one in some],
            "versions": [f"/situations/register/versions?page={one}" for one in range(1, 41)],
            "review": ["/review"],
            "decisions": ["/decisions"],
            "digests": ["/digests"],
            "messages": ["/service/messages"],
            "service": ["/service"],
            "subscriptions": ["/subscriptions"],
            "feed": ["/situations/register/feed.atom"],
        }
    finally:
        program.store.nodes.stop(now=program.store.nodes.all()[0].seen_at)
        program.store.close()


def _page(name: str, every: Sequence[str], visitor: Visitor, times: int) -> Measured:
    got = [visitor.get(path) for path in _round(every, times + 1)]
    return Measured(
        name=name,
        first=got[0].took,
        took=tuple(one.took for one in got[1:]),
        waited=tuple(one.waited for one in got[1:]),
        size=max(len(one.body) for one in got),
    )


def _round(every: Sequence[str], times: int) -> Iterator[str]:
    for number in range(times):
        yield every[number % len(every)]


def _with_parts(visitor: Visitor, path: str) -> int:
    body = visitor.get(path).body
    parts = dict.fromkeys(PARTS.findall(body.decode()))
    return len(body) + sum(len(visitor.get(one).body) for one in parts)


def _print(found: Sequence[Measured], peer: Measured) -> None:
    titles = ("pages/s", "ratio", "median", "p95", "first", "waited", "kB")
    print(f"{'':<24}" + "".join(f"{one:>9}" for one in titles))
    for one in found:
        print(
            f"{one.name:<24}{one.rate:>9.0f}{one.rate / peer.rate:>9.4f}"
            f"{statistics.median(one.took):>9.1f}{p95(one.took):>9.1f}{one.first:>9.1f}"
            f"{p95(one.waited):>9.1f}{one.size / 1000:>9.0f}"
        )
