"""From an article to a version through an editor in a terminal: lines are placed by deleting a
sign, of a kind that was invented for it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.voyages import CONTENT, KIND_TEXT

CONFIG = """
[sources.coast]
folder = "snapshots"
[web]
enabled = false
[[subscriptions]]
address = "ana@example.org"
situations = ["coast"]
cadence = "at-once"
"""

ENGLISH = """The crew of the Gannet will have 15 sailors, Astrid Moen said on Monday.

Jonna Lindqvist joins the crew of the Gannet. The Petrel lies at Skarvik.
"""

UKRAINIAN = """Екіпаж Gannet матиме 18 sailors, повідомила Astrid Moen у вівторок, 25 березня.

Весна прийшла на узбережжя. Petrel стоїть у порту Skarvik.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "voyages.kind.yaml").write_text(KIND_TEXT)
    (folder / "snapshots" / "2025-03-20.yaml").write_text(
        f"kind: voyages.kind.yaml\nsituation: coast\nas_of: 2025-03-20\n{CONTENT}"
    )
    (folder / "english.txt").write_text(ENGLISH)
    (folder / "ukrainian.txt").write_text(UKRAINIAN)
    assert monitor(folder, "run", "--once").returncode == 0
    assert monitor(folder, "draft", "open", "coast", "--as-of", "2025-03-24").returncode == 0
    return folder


def monitor(
    folder: Path, *arguments: str, stdin: int | None = None, editor: str = "true"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"MONITOR_SECRET": "of the tests", "EDITOR": editor, "VISUAL": editor},
    )


def edited(folder: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    """`monitor draft edit` at a terminal, with sed for an editor."""
    controller, terminal = pty.openpty()
    script = folder / "edits.sed"
    script.write_text("\n".join(commands) + "\n")
    try:
        return monitor(
            folder, "draft", "edit", "coast", stdin=terminal, editor=f"sed -i -f {script}"
        )
    finally:
        os.close(terminal)
        os.close(controller)


def test_articles_become_a_version_by_deleting_signs(desk: Path) -> None:
    added = monitor(
        desk,
        *("draft", "add", "coast", "english.txt", "--publisher", "Sun", "--date", "2025-03-24"),
    )
    assert added.stdout == (
        "3 sentences: 1 differs, 2 new, 0 known, 0 unplaced; cited as sun0324\n"
    )
    shown = monitor(desk, "draft", "show", "coast")
    assert "\n#crews[gannet]: {hands: 15, " in shown.stdout
    assert shown.stderr == "3 left to place\n"

    done = edited(
        desk,
        r"s/^#\(crews\[gannet\]: {hands\)/\1/",
        r"s/^#\(crews\[gannet\]\.members\[lindqvist\]\)/\1/",
        r"s/^#\(berths\[petrel,skarvik\]: {account: \)…/\1waits for wind/",
        r"$a crews[ganet]: {hands: 9}",
    )
    assert done.returncode == 2
    assert done.stdout == "saved, 4 placed, with faults; nobody is told yet\n"
    [fault] = done.stderr.splitlines()
    assert fault.endswith(": crews[ganet]: no 'ganet' in ships; did you mean gannet?")

    assert "\ncrews[ganet]: {hands: 9}\n" in monitor(desk, "draft", "show", "coast").stdout
    assert monitor(desk, "draft", "preview", "coast").returncode == 2
    done = edited(desk, "/ganet/d")
    assert (done.returncode, done.stdout) == (0, "saved; nobody is told yet\n")
    assert monitor(desk, "draft", "check", "coast").stdout == "the draft fits\n"

    added = monitor(
        desk,
        *("draft", "add", "coast", "ukrainian.txt", "--publisher", "Вечір", "--date", "2025-03-26"),
    )
    assert added.returncode == 0
    done = edited(
        desk,
        r"s/^#\(crews\[gannet\]: {hands: 18\)/\1/",
        "/Весна/a crews[petrel]: {hands: {from: 7, unit: sailors}}",
    )
    assert done.stdout == "saved, 2 placed; nobody is told yet\n"
    whole = monitor(desk, "draft", "preview", "coast", "--as", "ana@example.org").stdout
    assert "18" in whole
    assert "Jonna Lindqvist" in whole
    published = monitor(desk, "draft", "publish", "coast")
    assert published.stdout.startswith("coast 2025-03-24: published\n")
