"""`monitor diff` as a person has it: files in, text, exit code and nothing else out."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonpatch
import jsonschema_rs
import pytest

from monitor.data import data_path
from monitor.kinds.published import published_schema
from tests.acceptance.site import Site

TALKS = data_path("snapshots") / "ukraine-talks"
OLD, NEW = str(TALKS / "2026-02-05.yaml"), str(TALKS / "2026-02-17.yaml")
EVIL = "A\x1b[31mB\u202eC\u200bD\x9b2J<script>alert(1)</script>[x](javascript:alert(2))"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def monitor(*arguments: str, stdin: str = "", cwd: Path | None = None) -> Said:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "diff", *arguments],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        cwd=cwd,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two small documents without a kind, and some that are not as they should be."""
    old = [{"id": 1, "name": "Ana", "n": 1}, {"id": 2, "name": "Ben"}]
    new = [{"id": 2, "name": EVIL}, {"id": 1, "name": "Ana", "n": None}]
    (tmp_path / "old.json").write_text(json.dumps(old))
    (tmp_path / "new.json").write_text(json.dumps(new))
    (tmp_path / "same.json").write_text(json.dumps(old[::-1], indent=4))
    (tmp_path / "twice.json").write_text('[{"id": 1},\n {"id": 1}]')
    (tmp_path / "broken.json").write_text('{"a": 1,\n "a": 2}')
    return tmp_path


def test_it_tells_what_a_careful_colleague_would() -> None:
    said = monitor(OLD, NEW)

    assert (said.code, said.err) == (0, "")
    told = " ".join(said.out.split())
    for words in (
        "5 February 2026 → 17 February 2026",
        "Vladimir Medinsky replaces Igor Kostyukov as head of Russia's delegation (announced by "
        "Dmitry Peskov). Igor Kostyukov stays as a member.",
        "Mikhail Galuzin joins Russia's delegation",
        "Bevz is no longer listed in Ukraine's delegation",
        "Geneva, Switzerland, 17–18 February 2026",
        "widens from 30–50 to 20–50 years",
    ):
        assert words in told
    assert "https://" in said.out.rpartition("Sources")[2]
    assert "\x1b" not in said.out


def test_the_strongest_finding_of_each_list_comes_first() -> None:
    lines = monitor(OLD, NEW, "--only", "delegations").out.splitlines()
    marks = [line.split()[0] for line in lines if line[:3] in ("  ‼", "  ●", "  ○", "  ·")]
    assert marks == sorted(marks, key="‼●○·".index)
    assert marks[0] == "‼"


def test_json_fits_its_published_schema_and_every_change_has_one_finding() -> None:
    found = monitor(OLD, NEW, "--format", "json", "--min-significance", "noise").json()

    jsonschema_rs.validator_for(published_schema("diff")).validate(found)
    owned = [change for finding in found["findings"] for change in finding["changes"]]
    assert sorted(owned) == sorted(change["id"] for change in found["changes"])
    assert set(found["hidden"].values()) == {0}
    head = next(finding for finding in found["findings"] if finding["rule"] == "replaced")
    assert head["sources"]
    assert all(source in found["sources"] for source in head["sources"])


def test_filters_hide_and_count_what_they_hide() -> None:
    everything = monitor(OLD, NEW, "--format", "json", "--min-significance", "noise").json()
    critical = monitor(OLD, NEW, "--format", "json", "--min-significance", "critical").json()

    assert {finding["significance"] for finding in critical["findings"]} == {"critical"}
    hidden = critical["hidden"]["findings"]
    assert len(critical["findings"]) + hidden == len(everything["findings"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("old.json", "new.json"), 0),
        (("old.json", "new.json", "--exit-code"), 1),
        (("old.json", "same.json", "--exit-code"), 0),
        (("old.json", "new.json", "--exit-code", "--min-significance", "critical"), 0),
        (("old.json", "missing.json"), 2),
        (("old.json", "broken.json"), 2),
        (("old.json",), 2),
        (("old.json", "new.json", "--format", "xml"), 2),
        (("old.json", "new.json", "--only", "nothing"), 2),
        (("-", "-"), 2),
    ],
)
def test_the_exit_code_says_whether_there_was_something(
    files: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert monitor(*arguments, cwd=files).code == code


def test_keys_that_were_inferred_are_said_beside_the_output(files: Path) -> None:
    said = monitor("old.json", "new.json", "--format", "json", cwd=files)
    assert said.err == "monitor: entries: entries are matched by id\n"
    assert said.json()["notes"] == ["entries: entries are matched by id"]


def test_keys_can_be_given(files: Path) -> None:
    said = monitor("old.json", "new.json", "--key", "name", "--format", "json", cwd=files)
    assert [change["op"] for change in said.json()["changes"]].count("changed") == 1


def test_numbers_of_any_length_are_compared(tmp_path: Path) -> None:
    long = "1" + "0" * 30
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(f'{{"sum": {long}, "list": [{long}, [2], 3]}}')
    new.write_text(f'{{"sum": {long[:-1]}1, "list": [3, {long}, [{long}]]}}')
    patch = monitor(str(old), str(new), "--format", "jsonpatch").json()
    assert {"op": "replace", "path": "/sum", "value": 10**30 + 1} in patch
    patched = jsonpatch.apply_patch(json.loads(old.read_text()), patch)
    assert patched == json.loads(new.read_text())


def test_a_side_can_come_from_standard_input(files: Path) -> None:
    said = monitor("-", "new.json", stdin=(files / "old.json").read_text(), cwd=files)
    assert "- → new.json" in said.out


def test_a_fault_is_one_line_with_file_and_line(files: Path) -> None:
    said = monitor("old.json", "broken.json", cwd=files)
    assert said.code == 2
    assert said.err.startswith("monitor: broken.json:2:"), said.err
    assert len(said.err.splitlines()) == 1


def test_a_key_is_obeyed_where_it_stands_twice(files: Path) -> None:
    said = monitor("old.json", "twice.json", "--key", "id", cwd=files)
    assert said.code == 0
    assert said.err.startswith("monitor: entries: entries are matched by id; id 1 stands twice")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_text_of_a_document_can_do_nothing(files: Path, form: str) -> None:
    shown = monitor("old.json", "new.json", "--format", form, cwd=files).out
    assert not {"\x1b", "\u202e", "\u200b", "\x9b"} & set(shown)
    assert "U+202E" in shown
    if form == "html":
        assert "<script" not in shown
    if form == "markdown":
        assert "\\<script\\>" in shown
        assert "\\[x\\](javascript" in shown


def test_a_patch_turns_the_old_file_as_it_is_into_the_new(files: Path) -> None:
    patch = monitor("old.json", "new.json", "--format", "jsonpatch", cwd=files).json()
    old, new = (json.loads((files / name).read_text()) for name in ("old.json", "new.json"))
    assert jsonpatch.apply_patch(old, patch) == new


def test_a_patch_is_never_filtered(files: Path) -> None:
    said = monitor("old.json", "new.json", "--format", "jsonpatch", "--only", "entries", cwd=files)
    assert said.code == 2


def test_a_partial_snapshot_is_laid_over_the_old_one_and_is_nothing_alone() -> None:
    partial = str(TALKS / "2026-02-08.yaml")
    said = monitor(OLD, partial, "--format", "json", "--min-significance", "noise")
    assert said.code == 0
    assert not [change for change in said.json()["changes"] if change["op"] == "removed"]
    assert monitor(partial, NEW).code == 2


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_there_is_colour_on_a_terminal_unless_it_is_not_wanted(
    files: Path, variables: dict[str, str], coloured: bool
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | variables
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "diff", "old.json", "new.json"],
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        cwd=files,
        env=environment | {"TERM": "xterm"},
        check=False,
        timeout=60,
    )
    os.close(terminal)
    shown = os.read(controller, 65536).decode(errors="replace")
    os.close(controller)
    assert done.returncode == 0
    assert ("\x1b[" in shown) is coloured
    assert "\x1b[31mB" not in shown


def test_versions_in_the_store_are_named_by_situation_and_date(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.monitor("run", "--once")

    said = site.monitor("diff", "ukraine-talks@2026-02-05", "ukraine-talks@2026-02-17")
    assert "Vladimir Medinsky replaces Igor Kostyukov" in said
    assert "17 February 2026 → 20 February 2026" in site.monitor("diff", "ukraine-talks")
    since = site.monitor("diff", "ukraine-talks", "--since", "2026-02-10")
    assert "8 February 2026 → 20 February 2026" in since
    mixed = site.monitor("diff", "ukraine-talks@previous", NEW, "--format", "json")
    assert json.loads(mixed)["new"]["name"] == NEW


def test_a_partial_file_can_be_the_newer_side_of_a_later_one() -> None:
    for old, new in (("2026-02-05", "2026-02-02"), ("2026-02-17", "2026-02-15")):
        assert monitor(str(TALKS / f"{old}.yaml"), str(TALKS / f"{new}.yaml")).code == 0


def test_numbers_within_the_tolerance_are_counted_and_not_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"height": 12.300, "width": 4.0, "name": "Tor"}')
    (tmp_path / "b.json").write_text('{"height": 12.301, "width": 4.2, "name": "Tor"}')
    files = (str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    done = monitor(*files, "--tolerance", "0.001")
    assert "width changes from 4 to 4.2" in done.out.lower()
    assert "height" not in done.out
    assert done.err.strip().splitlines()[-1].startswith("monitor: 1 number differs by no more than")
    told = monitor(*files, "--tolerance", "0.001", "--format", "json").json()
    assert told["notes"][-1].startswith("1 number differs")
    patch = monitor(*files, "--tolerance", "0.5", "--format", "jsonpatch").json()
    before, after = (json.loads(Path(file).read_text()) for file in files)
    assert jsonpatch.apply_patch(before, patch) == after
    assert monitor(*files, "--tolerance", "0.5", "--exit-code").code == 0
    for wrong in ("-1", "nan", "inf"):
        refused = monitor(*files, "--tolerance", wrong)
        assert refused.code == 2
        assert "expected a number, 0 or more" in refused.err


def test_what_is_ignored_is_counted_and_the_patch_is_whole(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": at, "name": f"Quay {at} East", "seen": at} for at in range(12)
    ]
    later = [{**row, "seen": 99 - row["id"]} for row in rows]
    later[3]["name"] = "Quay 3 West"
    files = [str(tmp_path / name) for name in ("old.json", "new.json")]
    for file, side in zip(files, (rows, later), strict=True):
        Path(file).write_text(json.dumps(side))
    done = monitor(*files, "--ignore", "seen")
    assert "12 changes are ignored (seen)" in done.out
    assert "12 changes are ignored (12 seen)" in done.err
    assert "Quay 3 East is now called Quay 3 West." in done.out
    told = monitor(*files, "--ignore", "seen", "--format", "json").json()
    assert told["ignored"] == {"seen": 12}
    assert {change["field"] for change in told["changes"]} == {"name"}
    patch = monitor(*files, "--ignore", "seen", "--format", "jsonpatch").json()
    assert jsonpatch.apply_patch(rows, patch) == later
    refused = monitor(*files, "--ignore", "sean")
    assert (refused.code, refused.err) == (
        2,
        "monitor: --ignore sean: there is nothing of that name; did you mean seen?\n",
    )
    spoken = monitor(*files, "--ignore", "seen", "--language", "uk")
    assert "Не враховано змін — 12 (seen)." in spoken.out


def test_how_files_were_matched_is_one_line_however_many_lists_there_are(tmp_path: Path) -> None:
    side = {f"list{at}": [{"id": one, f"field{at}": 2} for one in (1, 2)] for at in range(30)}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(side))
    done = monitor(str(file), str(file))
    assert done.err.count("\n") == 1
    assert done.err.startswith("monitor: list0, list1, list2, list3 and 26 more: entries are ")
    assert len(monitor(str(file), str(file), "--format", "json").json()["notes"]) == 30


def test_a_patch_leads_from_a_list_of_texts_to_one_of_objects(tmp_path: Path) -> None:
    old, new = ["jose\u0301"], [{"id": "a"}, {"id": 3}, {"street": "jos\u00e9"}, {"id": "b"}]
    for name, document in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    patch = monitor("old.json", "new.json", "--format", "jsonpatch", cwd=tmp_path).json()
    assert jsonpatch.apply_patch(old, patch) == new


@pytest.mark.parametrize(
    ("only", "told"),
    [("N1", "N1 gains Vik."), ("lamps", "New in yard (lamps): Ada."), ("yard.hours", "Yard hours")],
)
def test_only_takes_the_names_that_stand_in_the_files(tmp_path: Path, only: str, told: str) -> None:
    lines = {"N1": ["Ness"], "N2": ["Holm"], "N3": ["Sand"]}
    yard = {"lamps": [{"name": "Bo"}], "boats": [{"name": "Cay"}], "hours": 3}
    documents = (
        (lines, {**lines, "N1": ["Ness", "Vik"], "N2": ["Sand"]})
        if only == "N1"
        else (
            {"yard": yard},
            {"yard": {**yard, "lamps": [{"name": "Ada"}, {"name": "Bo"}], "boats": [], "hours": 4}},
        )
    )
    for name, document in zip(("a.json", "b.json"), documents, strict=True):
        (tmp_path / name).write_text(json.dumps(document))
    path = "yard.lamps" if only == "lamps" else only
    said = monitor("a.json", "b.json", "--only", path, cwd=tmp_path)
    assert said.code == 0, said.err
    told_lines = [line for line in said.out.splitlines() if "○" in line]
    assert len(told_lines) == 1
    assert told in told_lines[0]
    assert monitor("a.json", "b.json", "--only", "N9", cwd=tmp_path).code == 2
