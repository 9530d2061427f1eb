"""Every example of every `--help`: it is understood, and what only reads does what it says."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
import shutil
from collections.abc import Iterator
from functools import cache

import click
import pytest

from monitor.cli.main import group
from tests.acceptance.site import TALKS, Site
from tests.integration.test_docs import ROOT
from tests.repositories import Repo
from tests.sheets import xlsx
from tests.websites import Site as Web
from tests.websites import site as website

READS = (
    "backtest",
    "baseline show",
    "check",
    "diff",
    "digest preview",
    "digest show",
    "held list",
    "history",
    "judge list",
    "mute list",
    "outbox show",
    "positions",
    "rules",
    "schema",
    "source list",
    "status",
    "subscriptions",
    "suppress audit",
    "suppress list",
    "suppress returned",
    "why",
    "withdraw --list",
)
"""Commands that change nothing, so that one site serves all of their examples."""

ENDS = (">", "|", "||", "&&")

CONFIG = """
[sources.snapshots]
folder = "snapshots"

[[subscriptions]]
address = "ana@example.org"
situations = ["ukraine-talks"]
start = "2026-02-05"
cadence = "at-once"

[[subscriptions]]
address = "you@example.org"
situations = ["ukraine-talks"]
"""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from commands(below, f"{name} {each}")


@cache
def examples() -> tuple[str, ...]:
    """Whole lines; one that goes on in the next is joined."""
    found = {}
    for _, command in commands(group, "monitor"):
        help_text = (command.help or "").replace("\\\n", " ")
        lines = (" ".join(line.split()) for line in help_text.splitlines())
        found.update(dict.fromkeys(line for line in lines if line.startswith("monitor ")))
    return tuple(found)


def arguments(example: str) -> list[str]:
    """What the command itself is given, without what the shell does with it."""
    words = shlex.split(example)[1:]
    ends = [words.index(end) for end in ENDS if end in words]
    return words[: min(ends, default=len(words))]


def reads(example: str) -> bool:
    words = arguments(example)
    return " ".join(words[:2]).startswith(READS) or words == ["outbox"]


def understood(command: click.Command, given: list[str]) -> None:
    """Raises click's errors for what a parser does not take; nothing is run."""
    context = command.make_context(command.name or "", list(given))
    left = [*context._protected_args, *context.args]
    if isinstance(command, click.Group) and left:
        name, below, rest = command.resolve_command(context, left)
        assert name is not None
        assert below is not None
        understood(below, rest)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A desk where all that the examples name is there."""
    folder = tmp_path_factory.mktemp("examples")
    site = Site(folder)
    site.configures(CONFIG)
    site.has_talks_until("2026-12-31")
    for name, day in (("old", "2026-02-05"), ("new", "2026-02-17")):
        shutil.copyfile(TALKS / f"{day}.yaml", folder / f"{name}.yaml")
    for name in ("old", "new"):
        text = json.dumps({"posts": [{"id": "chair", "holder": name}]})
        (folder / f"{name}.json").write_text(text)
    rows: list[list[object]] = [["id", "name"], ["1", "Ana Wold"], ["2", "Ben Ito"]]
    (folder / "members.csv").write_text("id,name\n1,Ana Wold\n")
    repo = Repo(folder)
    for name in ("Ana Wold", "Ben Ito"):
        repo.write("data/members/ana.yaml", f"name: {name}\n")
        repo.write("data/members/cleo.yaml", "name: Cleo Tan\n")
        repo.commit()
    (folder / "members-2024.csv").write_text("id,name\n1,Ana Wold\n")
    (folder / "members-2025.xlsx").write_bytes(xlsx({"Members": rows, "Notes": rows}))
    for file in ("2026-02-22.yaml", "archive/2026-01-20.yaml"):
        (folder / file).parent.mkdir(exist_ok=True)
        shutil.copyfile(TALKS / "2026-02-20.yaml", folder / file)
    cabinet = folder / "snapshots" / "my-cabinet"
    site.monitor("init", "my-desk")
    shutil.copytree(folder / "my-desk" / "snapshots" / "my-cabinet", cabinet)
    site.monitor("run", "--once")
    site.monitor("suppress", "add", "gone@example.org", "--reason", "asked by phone")
    return site


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    """What the examples find at example.org."""
    with website() as found:
        found.says("/members.csv", "id,name\n1,Ana Reyes\n")
        yield found


def stood_in(site: Site, words: list[str]) -> list[str]:
    """Numbers and ids that every desk has others of."""
    names = {"17": "1"}
    if words[:1] == ["why"]:
        found = json.loads(site.monitor("diff", "ukraine-talks", "--format", "json"))
        names["3f2a9c"] = str(found["findings"][0]["id"])
    if words[:2] == ["digest", "show"]:
        names["17"] = "2"
    return [names.get(word, word) for word in words]


def test_there_are_examples_for_every_command() -> None:
    heads = {tuple(arguments(example)[:1]) for example in examples()}
    assert {(name,) for name in group.list_commands(click.Context(group))} <= heads


@pytest.mark.parametrize("example", examples())
def test_an_example_is_understood(example: str, site: Site) -> None:
    words = arguments(example)
    given = [str(next(site.folder.glob(word))) if "*" in word else word for word in words]
    with contextlib.chdir(site.folder), contextlib.redirect_stderr(io.StringIO()):
        understood(group, given)


@pytest.mark.parametrize("example", [one for one in examples() if reads(one)])
def test_an_example_that_only_reads_does_what_it_says(example: str, site: Site, web: Web) -> None:
    words = stood_in(site, arguments(example))
    words = [word.replace("https://example.org", web.address("")) for word in words]
    assert site.monitor(*words).strip()


def test_what_an_example_judges_is_in_the_kind_that_ships() -> None:
    kind = (ROOT / "monitor" / "kinds" / "negotiation.yaml").read_text()
    for example in examples():
        words = arguments(example)
        if words[0] == "judge" and words[1] in ("same", "different"):
            assert f"\n  {words[3]}:" in kind, example
