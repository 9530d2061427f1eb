"""`monitor draft`, from the outside: opened, edited in an editor, checked, previewed, published."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli.main import main
from tests.posts import KIND

CONFIG = """
[sources.posts]
folder = "snapshots"
[web]
enabled = false
[[subscriptions]]
address = "ana@example.org"
situations = ["posts"]
cadence = "at-once"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which one version is known and its reader welcomed."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "posts.kind.yaml").write_text(KIND)
    (folder / "snapshots" / "2026-03-01.yaml").write_text(
        "kind: posts.kind.yaml\nsituation: posts\nas_of: 2026-03-01\n"
        "posts:\n  - {id: president, holder: Adam}\n"
    )
    assert monitor(folder, "run", "--once").returncode == 0
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
        env=os.environ | {"MONITOR_SECRET": "of the tests"},
    )


def test_a_draft_goes_from_its_opening_to_the_mail(desk: Path) -> None:
    done = monitor(desk, "draft", "open", "posts", "--as-of", "2026-03-05")
    assert done.stdout == "a draft of posts over 2026-03-01 is open; monitor draft edit posts\n"

    assert monitor(desk, "draft", "list").stdout.startswith("posts: over 2026-03-01, opened ")
    text = monitor(desk, "draft", "show", "posts").stdout
    wrong = monitor(desk, "draft", "edit", "posts", "-", given=text + "pots: []\n")
    assert wrong.returncode == 2
    assert wrong.stdout == "saved, with faults; nobody is told yet\n"
    assert "did you mean posts?" in wrong.stderr

    body = "posts:\n  - {id: president, holder: Eva}\n"
    right = monitor(desk, "draft", "edit", "posts", "-", given=text + body)
    assert (right.returncode, right.stdout) == (0, "saved; nobody is told yet\n")
    assert monitor(desk, "draft", "check", "posts").stdout == "the draft fits\n"

    foreseen = monitor(desk, "draft", "preview", "posts").stdout
    assert foreseen.startswith("1 reader of 1 would get a digest\n  1 x ")
    whole = monitor(desk, "draft", "preview", "posts", "--as", "ana@example.org").stdout
    assert "Eva" in whole

    published = monitor(desk, "draft", "publish", "posts")
    assert published.stdout.startswith("posts 2026-03-05: published\nwritten to ")
    last = monitor(desk, "run", "--once").stderr.splitlines()[-1]
    assert "1 digest, 0 alerts, 0 welcomes; 1 message handed over" in last
    again = monitor(desk, "run", "--once").stderr.splitlines()[-1]
    assert "0 snapshots, 0 digests" in again


def test_what_is_not_there_is_said_in_one_line(desk: Path) -> None:
    for verb in ("show", "check", "preview", "publish", "discard"):
        done = monitor(desk, "draft", verb, "nowhere")
        assert done.returncode == 2
        assert done.stderr.startswith("monitor: no version of nowhere")
        assert done.stderr.count("\n") == 1


def test_without_a_terminal_there_is_no_editor(desk: Path) -> None:
    monitor(desk, "draft", "open", "posts", "--as-of", "2026-03-09")
    done = monitor(desk, "draft", "edit", "posts", given="")
    assert done.returncode == 2
    assert "give a FILE, or - for its text" in done.stderr
    gone = monitor(desk, "draft", "discard", "posts", "--yes")
    assert "as_of: '2026-03-09'" in gone.stdout
    last = monitor(desk, "draft", "show", "posts")
    assert last.stdout == gone.stdout
    assert "it was discarded" in last.stderr
    assert monitor(desk, "draft", "list").stdout == "no draft is open\n"


def test_an_article_that_cannot_be_read_is_one_line(desk: Path) -> None:
    for name, said in (("nowhere.txt", "No such file"), ("config", "Is a directory")):
        done = monitor(desk, "draft", "add", "posts", name)
        assert done.returncode == 2
        assert done.stderr.startswith(f"monitor: {name}: {said}")


def test_a_watched_table_gets_a_draft_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its kind was found in it, and it has no list of publications."""
    (tmp_path / "pets.csv").write_text("id,name,owner\n1,Rex,Ann\n2,Mia,Bob\n")
    (tmp_path / "news.txt").write_text("Rex has a new owner, Zoe.\n")
    with contextlib.chdir(tmp_path):
        for command in (
            "watch pets.csv --yes",
            "draft open pets",
            "draft add pets news.txt --publisher Sun",
        ):
            with contextlib.suppress(SystemExit):
                main(command.split())
        said = capsys.readouterr().out.splitlines()[-1]
        assert said.endswith("not cited: the kind has no list of publications (x-source)")
        with contextlib.suppress(SystemExit):
            main(["draft", "show", "pets"])
        Path("lines.yaml").write_text(f"{capsys.readouterr().out}\npets[1].owner: Zoe\n")
        for command in ("draft edit pets lines.yaml", "draft publish pets"):
            with contextlib.suppress(SystemExit):
                main(command.split())
    assert "saved, 1 placed" in (told := capsys.readouterr().out)
    assert ": published" in told
