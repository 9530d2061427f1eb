"""The text part of digests of the talks in Ukrainian, as a person has read and accepted it.

After a wanted change: `python -m tests.integration.report.test_ukrainian_digests` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.data import data_path
from tests.digests import as_read
from tests.pictures import digest

GOLDEN = Path(__file__).parents[2] / "golden" / "ukraine-talks"
STEPS = (
    ("2026-02-05", "2026-02-17", "2026-01-24"),
    ("2026-02-17", "2026-02-20", "2026-02-05"),
)


def text(old: str, new: str, base: str) -> str:
    made = digest("uk", old, new, base)
    return f"{made.subject}\n\n{as_read(made.text)}"


def golden(old: str, new: str) -> Path:
    return GOLDEN / f"{old}_{new}.uk.txt"


@pytest.mark.parametrize(("old", "new", "base"), STEPS)
def test_a_digest_of_the_talks_reads_as_it_was_accepted(old: str, new: str, base: str) -> None:
    assert text(old, new, base) == golden(old, new).read_text(encoding="utf-8")


@pytest.mark.parametrize(("old", "new", "base"), STEPS)
def test_every_latin_word_is_one_of_the_snapshots(old: str, new: str, base: str) -> None:
    folder = data_path("snapshots") / "ukraine-talks"
    snapshots = " ".join(file.read_text(encoding="utf-8") for file in folder.glob("*.yaml"))
    ours = {"monitor", "mute", "subscribe", "unsubscribe"}
    said = re.sub(r"https?://\S+|\S+@\S+", " ", text(old, new, base))

    assert not set(_words(said)) - set(_words(snapshots)) - ours


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower())


if __name__ == "__main__":
    for step in STEPS:
        golden(*step[:2]).write_text(text(*step), encoding="utf-8")
