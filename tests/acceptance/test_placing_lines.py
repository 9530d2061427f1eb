"""From an article to a version through an editor in a terminal: lines are placed by deleting a
sign, of a kind that was invented for it."""

from __future__ import annotations

import contextlib
import os
import pty
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.cli.main import main
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


class Done(NamedTuple):
    code: int
    out: str
    err: str


class Desk:
    """A working folder with one version, and the commands of somebody who writes the next."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def run(self, *arguments: str) -> Done:
        code: object = 0
        self._capture.readouterr()
        with contextlib.chdir(self.folder):
            try:
                main(list(arguments))
            except SystemExit as done:
                code = done.code
        out, err = self._capture.readouterr()
        return Done(int(code or 0) if isinstance(code, int | None) else 1, out, err)

    def adds(self, file: str, publisher: str, day: str) -> Done:
        return self.run("draft", "add", "coast", file, "--publisher", publisher, "--date", day)

    def edits(self, *commands: str, first: str = "") -> Done:
        """`monitor draft edit` at a terminal, with sed for an editor, after what the editor does
        `first`."""
        script = self.folder / "edits.sed"
        script.write_text("\n".join(commands) + "\n")
        editor = self.folder / "editor"
        editor.write_text(f'#!/bin/sh\n{first}sed -i -f {script} "$1"\n')
        editor.chmod(0o700)
        controller, terminal = pty.openpty()
        with pytest.MonkeyPatch.context() as patch, os.fdopen(terminal) as stdin:
            patch.setattr(sys, "stdin", stdin)
            for name in ("VISUAL", "EDITOR"):
                patch.setenv(name, str(editor))
            done = self.run("draft", "edit", "coast")
        os.close(controller)
        return done


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    files = {
        "config/monitor.toml": CONFIG,
        "snapshots/voyages.kind.yaml": KIND_TEXT,
        "snapshots/2025-03-20.yaml": (
            f"kind: voyages.kind.yaml\nsituation: coast\nas_of: 2025-03-20\n{CONTENT}"
        ),
        "english.txt": ENGLISH,
        "ukrainian.txt": UKRAINIAN,
    }
    for name, text in files.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
    desk = Desk(tmp_path, capsys)
    assert desk.run("run", "--once").code == 0
    assert desk.run("draft", "open", "coast", "--as-of", "2025-03-24").code == 0
    return desk


def test_articles_become_a_version_by_deleting_signs(desk: Desk) -> None:
    added = desk.adds("english.txt", "Sun", "2025-03-24")
    assert added.out == "3 sentences: 1 differs, 2 new, 0 known, 0 unplaced; cited as sun0324\n"
    shown = desk.run("draft", "show", "coast")
    assert "\n#crews[gannet]: {hands: 15, " in shown.out
    assert shown.err == "3 left to place\n"

    done = desk.edits(
        r"s/^#\(crews\[gannet\]: {hands\)/\1/",
        r"s/^#\(crews\[gannet\]\.members\[lindqvist\]\)/\1/",
        r"s/^#\(berths\[petrel,skarvik\]: {account: \)…/\1waits for wind/",
        r"$a crews[ganet]: {hands: 9}",
    )
    assert (done.code, done.out) == (2, "saved, 4 placed, with faults; nobody is told yet\n")
    [fault] = done.err.splitlines()
    assert fault.endswith(": crews[ganet]: no 'ganet' in ships; did you mean gannet?")

    assert "\ncrews[ganet]: {hands: 9}\n" in desk.run("draft", "show", "coast").out
    assert desk.run("draft", "preview", "coast").code == 2
    done = desk.edits("/ganet/d")
    assert (done.code, done.out) == (0, "saved; nobody is told yet\n")

    assert desk.adds("ukrainian.txt", "Вечір", "2025-03-26").code == 0
    done = desk.edits(
        r"s/^#\(crews\[gannet\]: {hands: 18\)/\1/",
        "/Весна/a crews[petrel]: {hands: {from: 7, unit: sailors}}",
    )
    assert done.out == "saved, 2 placed; nobody is told yet\n"
    whole = desk.run("draft", "preview", "coast", "--as", "ana@example.org").out
    assert "18" in whole
    assert "Jonna Lindqvist" in whole
    assert desk.run("draft", "publish", "coast").out.startswith("coast 2025-03-24: published\n")


def test_what_is_written_beside_somebody_else_is_kept_in_a_file(desk: Desk) -> None:
    """While the editor is open, another saves the draft: neither text is lost."""
    theirs = desk.run("draft", "show", "coast").out + "crews[gannet]: {hands: 14}\n"
    (desk.folder / "theirs.yaml").write_text(theirs)
    command = f"{sys.executable} -m monitor draft edit coast theirs.yaml >/dev/null; "
    done = desk.edits("$a crews[gannet]: {hands: 16}", first=command)
    assert done.code == 2
    assert done.err.strip().endswith("what you wrote is in coast.draft.yaml")
    assert "from: 16" in (desk.folder / "coast.draft.yaml").read_text()
    assert "from: 14" in desk.run("draft", "show", "coast").out
