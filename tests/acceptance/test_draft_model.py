"""`monitor draft add --ask`, from the outside: a model proposes, and a person takes what fits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harbour import ARTICLE, SNAPSHOT
from tests.models import base, model, plain, proposal, says
from tests.receiver import Receiver

KEY = "sk-VERY-secret-0123456789"
SIX = "The delegation of Redland will have six members"
SIZE = {"min": 6, "max": 6, "unit": "persons"}
CONFIG = """
[sources.snapshots]
folder = "snapshots"
[web]
enabled = false
[draft.model]
url = "{url}"
name = "scribe-1"
timeout = "10s"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Receiver]:
    with model() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, server: Receiver) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG.format(url=base(server)))
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "2026-03-01.yaml").write_text(SNAPSHOT)
    (folder / "article.txt").write_text(ARTICLE)
    assert monitor(folder, "run", "--once").returncode == 0
    assert monitor(folder, "draft", "open", "harbour", "--as-of", "2026-03-04").returncode == 0
    return folder


def monitor(
    folder: Path, *arguments: str, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"MONITOR_SECRET": "of the tests", "MONITOR_MODEL_KEY": KEY},
    )


def add(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    cited = ("--publisher", "Harbour Times", "--date", "2026-03-03")
    return monitor(folder, "draft", "add", "harbour", "article.txt", *cited, "--ask", *options)


def test_a_proposal_goes_from_the_model_to_the_draft_by_a_person(
    desk: Path, server: Receiver
) -> None:
    server.says(
        says(
            [
                proposal("delegations[red]", {"size": SIZE}, SIX, status="announced"),
                proposal("stances[red,dam]", {"position": "opposes"}, SIX),
                proposal("delegations[red]", {"size": SIZE}, "Redland sends six admirals"),
                proposal("delegations[red]", {"x-removed": True}, SIX),
            ]
        )
    )
    done = add(desk, "--folded")
    assert (done.returncode, done.stderr) == (0, "")
    assert KEY not in done.stdout
    assert done.stdout.splitlines()[1:] == [
        "4 proposals of scribe-1: 2 shown, 1 not all in their words",
        "2 folded: 1 no such words in the article; 1 an article removes nothing",
        "  delegations[red]: no such words in the article: “Redland sends six admirals”",
        f"  delegations[red]: an article removes nothing: “{SIX}”",
    ]
    text = monitor(desk, "draft", "show", "harbour").stdout
    assert "delegations:" not in text
    assert "(proposed by the model) not in the words: dam, position: opposes, stances" in text
    line = "#delegations[red]: {size: 6, status: announced}"
    taken = monitor(
        desk, "draft", "edit", "harbour", "-", given=text.replace(f"\n{line}\n", f"\n{line[1:]}\n")
    )
    assert taken.returncode == 0, taken.stderr
    assert taken.stdout.startswith("saved, 1 placed")
    assert monitor(desk, "draft", "check", "harbour").stdout == "the draft fits\n"
    _asked_again(desk, server)


def _asked_again(desk: Path, server: Receiver) -> None:
    """The answer is kept, and the article can be named."""
    asked = len(server.posts)
    again = monitor(desk, "draft", "ask", "harbour")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("4 proposals of scribe-1: ")
    assert again.stderr.startswith("answered on ")
    assert len(server.posts) == asked
    lost = monitor(desk, "draft", "ask", "harbour", "harbor0303")
    assert lost.returncode == 2
    assert lost.stderr == (
        "monitor: no article harbor0303 in the draft; did you mean harbou0303?\n"
    )
    server.says(plain("", 401))
    status = monitor(desk, "status").stdout
    assert "model    scribe-1 at 127.0.0.1, MONITOR_MODEL_KEY is set; 300 of 200000" in status
    assert KEY not in status
    away = monitor(desk, "draft", "ask", "harbour", "--again")
    assert away.returncode == 2
    assert away.stderr == (
        "monitor: the model at 127.0.0.1: it refuses us (401); MONITOR_MODEL_KEY is set\n"
    )


def test_a_model_that_is_away_leaves_the_article_in_the_draft(desk: Path, server: Receiver) -> None:
    (desk / "article.txt").write_text("Redland said nothing. It rained in Velm all day.\n")
    server.says(plain("<html>Gateway</html>", kind="text/html"))
    done = add(desk)
    assert done.returncode == 0
    assert done.stdout.startswith("2 sentences: ")
    assert done.stderr == (
        "monitor: warning: the model at 127.0.0.1: its answer is no JSON (text/html)\n"
    )
