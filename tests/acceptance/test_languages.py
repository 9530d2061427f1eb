"""`monitor diff` by language, and what it loads for that."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli.main import group
from tests.talks import FOLDER

SIDES = [str(FOLDER / "2026-02-05.yaml"), str(FOLDER / "2026-02-17.yaml")]
LOADED = """
import sys
from monitor.cli.main import group
group(sys.argv[1:], standalone_mode=False)
others = ("babel", "monitor.words.uk")
print([name for name in sys.modules if name.startswith(others)], file=sys.stderr)
"""


def diff(*options: str) -> str:
    done = CliRunner().invoke(group, ["diff", *SIDES, *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_comparison_is_told_in_ukrainian_in_every_form(form: str) -> None:
    told = diff("--language", "uk", "--format", form)

    assert "Vladimir Medinsky тепер голова, делегація (Russia); раніше — Igor Kostyukov" in (
        told.replace("\\", "")
    )
    assert "критичні" in told


def test_the_json_has_sentences_in_ukrainian_and_the_same_ids() -> None:
    english, ukrainian = (
        json.loads(diff("--format", "json")),
        json.loads(diff("--format", "json", "--language", "uk")),
    )

    assert [each["id"] for each in ukrainian["findings"]] == [
        each["id"] for each in english["findings"]
    ]
    assert {each["rule"] for each in ukrainian["remarks"]} == {
        each["rule"] for each in english["remarks"]
    }
    widened = next(each for each in ukrainian["findings"] if each["rule"] == "widened")
    assert widened["arguments"]["before"] == {"low": 30, "high": 50, "unit": "років"}
    assert widened["sentence"].startswith("Ukraine (security guarantees): діапазон")


def test_files_without_a_kind_are_told_in_ukrainian_too(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"rows": [[1], [2]]}')
    new.write_text('{"rows": [[1], [2], [3, {"a": true}]]}')
    done = CliRunner().invoke(group, ["diff", str(old), str(new), "--language", "uk"])

    assert "Нове в розділі «rows»: запис 3" in done.stdout
    assert not {"entry", "new", "place"} & set(done.stdout.lower().split())


@pytest.mark.parametrize(
    "asked",
    [
        ["positions", str(FOLDER)],
        ["history", str(FOLDER), "delegations[russia].members[kostyukov].role"],
        ["history", str(FOLDER), "stances[ukraine,security-guarantees].quantity"],
        ["history", str(FOLDER), "rounds[trilateral-3]"],
    ],
)
def test_what_was_is_told_in_ukrainian_with_no_latin_word_but_the_snapshots(
    asked: list[str],
) -> None:
    done = CliRunner().invoke(group, [*asked, "--language", "uk"], catch_exceptions=False)
    assert done.exit_code == 0
    path = asked[-1]
    known = " ".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.yaml"))
    said = {word.lower() for word in re.findall("[A-Za-z]+", done.stdout.replace(path, ""))}
    assert not said - {word.lower() for word in re.findall("[A-Za-z]+", known)}
    assert re.search("[а-яіїє]{4}", done.stdout)


def test_a_patch_does_not_depend_on_the_language() -> None:
    assert diff("--format", "jsonpatch", "--language", "uk") == diff("--format", "jsonpatch")


def test_a_language_without_words_is_refused_with_those_that_there_are() -> None:
    done = CliRunner().invoke(group, ["diff", *SIDES, "--language", "fi"])

    assert done.exit_code == 2
    assert "'en', 'uk'" in done.stderr


def test_english_starts_without_the_other_languages() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "diff", *SIDES], capture_output=True, text=True, check=True
    )

    assert done.stderr.strip() == "[]"
