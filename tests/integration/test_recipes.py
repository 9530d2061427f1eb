"""The recipes of CONTRIBUTING.md: a stub is added in a copy of the tree, and the checks speak."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose words have been checked once, so that later checks are quick."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "monitor", copy / "monitor", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    assert "Success" in types(copy)
    return copy


@pytest.fixture
def tree(checked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checked, tmp_path / "tree"))


def types(tree: Path) -> str:
    command = [sys.executable, "-m", "mypy", "-p", "monitor.words", "--cache-dir", ".types"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def edit(tree: Path, file: str, old: str, new: str) -> None:
    path = tree / "monitor" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_rule_without_words_is_named_by_the_type_checker_in_every_language(tree: Path) -> None:
    shape = "class Vanished(NamedTuple):\n    label: str\n\n\nMembership: TypeAlias = Vanished | "
    edit(tree, "model/said/membership.py", "Membership: TypeAlias = ", shape)
    said = types(tree)
    for language in languages(tree):
        named = [line for line in said.splitlines() if f"words/{language}/" in line]
        assert any("Vanished" in line for line in named), said


def test_a_language_that_lacks_a_word_is_named_by_the_type_checker(tree: Path) -> None:
    edit(
        tree,
        "words/language.py",
        "class Counts(Protocol):",
        "class Counts(Protocol):\n    def dozens(self, number: int) -> str: ...\n",
    )
    said = types(tree)
    for language in languages(tree):
        assert any(f"words/{language}/" in line and "error" in line for line in said.splitlines())
    assert "dozens" in said


def languages(tree: Path) -> list[str]:
    words = tree / "monitor" / "words"
    return [each.name for each in words.iterdir() if (each / "sentences.py").exists()]
