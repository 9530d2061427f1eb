"""`monitor rules`, `positions` and `history`, from the outside and without a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TALKS = str(ROOT / "snapshots" / "ukraine-talks")


def _monitor(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_rules_are_listed_in_the_order_in_which_they_run(tmp_path: Path) -> None:
    listed = json.loads(_monitor("rules", "--format", "json", folder=tmp_path).stdout)
    names = [rule["id"] for rule in listed]
    assert names.index("renamed") < names.index("replaced") < names.index("changed")
    assert {rule["significance"] for rule in listed} <= {"critical", "major", "minor", "noise"}


def test_one_rule_is_explained(tmp_path: Path) -> None:
    told = _monitor("rules", "joined", folder=tmp_path).stdout
    assert told.startswith("joined: An entity is newly listed in a group.\n")
    assert "Seen backwards it is left." in told


def test_an_unknown_rule_is_an_error_in_one_line(tmp_path: Path) -> None:
    done = _monitor("rules", "joind", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("monitor: no rule 'joind'; did you mean joined?")
    assert done.stderr.count("\n") == 1


def test_the_matrix_tells_who_stands_where_and_what_moved(tmp_path: Path) -> None:
    told = _monitor("positions", TALKS, folder=tmp_path).stdout
    row = next(line for line in told.splitlines() if line.startswith("security guarantees"))
    assert row.split("  ")[-1].strip() == "offers 15 years"
    assert "asks 20–50 years" in row
    assert "15 February 2026: Ukraine on security guarantees: asks 30–50 years → asks 20–50" in told
    assert "20–50 years (lower end down by 10)" in told
    assert "Russia on the Zaporizhzhia nuclear plant: first put as rejects" in told
    assert "Ukraine – United States on security guarantees: 15 → 5 years" in told


def test_the_series_has_a_point_for_each_version(tmp_path: Path) -> None:
    found = json.loads(_monitor("positions", TALKS, "--format", "json", folder=tmp_path).stdout)
    assert found["as_ofs"][0] == "2026-01-22"
    assert all(len(line["points"]) == len(found["as_ofs"]) for line in found["lines"])
    (gap,) = (gap for gap in found["gaps"] if gap["issue"] == "security-guarantees")
    assert gap["distances"][0] == 15
    assert gap["distances"][-1] == 5


def test_a_history_tells_each_value_with_its_days_and_sources(tmp_path: Path) -> None:
    path = "delegations[russia].members[kostyukov].role"
    told = _monitor("history", TALKS, path, folder=tmp_path).stdout
    assert [line for line in told.splitlines() if line and not line.startswith(" ")] == [
        path,
        "22 January 2026: member",
        "24 January 2026 – 8 February 2026: head",
        "15 February 2026: not stated",
        "17 February 2026 – 20 February 2026: member",
    ]
    assert "    confirmed · Ushakov · Gazeta.ru citing RIA Novosti, 23 January 2026" in told


def test_a_history_as_json_tells_when_each_version_held(tmp_path: Path) -> None:
    done = _monitor(
        "history", TALKS, "rounds[trilateral-3].city", "--format", "json", folder=tmp_path
    )
    told = [(v.get("value"), v["as_of"], v["until"]) for v in json.loads(done.stdout)]
    assert told == [
        ("Miami", "2026-02-08", "2026-02-08"),
        ("Geneva", "2026-02-15", "2026-02-20"),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("history", TALKS, "rounds[trilateral-3].town"), "no field town in rounds; there are: "),
        (("history", TALKS, "round[x].city"), "no collection round; did you mean rounds?"),
        (("history", TALKS, ""), "an empty path"),
        (("history", TALKS), "name the PATH of a fact of"),
        (("history", TALKS), "such as delegations[russia]; it has: delegations"),
        (("history", TALKS, "Rounds"), "no collection Rounds; did you mean rounds?"),
        (("history", TALKS, "rounds"), "rounds is a list; name an entry of it: rounds["),
        (
            ("history", TALKS, "delegations[russia].members"),
            "a list; name an entry of it: delegations[russia].members[galuzin]",
        ),
        (
            ("history", TALKS, "delegations[russia].members[kostukov].role"),
            "did you mean delegations[russia].members[kostyukov]?",
        ),
        (("history", TALKS, "stances[ukraine].quantity"), "is named by [party,issue]"),
        (("history", TALKS, "rounds[x].city"), "no version has rounds[x].city"),
        (("positions", TALKS, "nowhere.yaml"), "no file or folder nowhere.yaml"),
    ],
)
def test_what_cannot_be_found_is_named(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = _monitor(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_kind_beside_its_snapshots_is_no_snapshot(tmp_path: Path) -> None:
    told = _monitor("history", str(ROOT / "examples" / "cabinet"), "people[vale]", folder=tmp_path)
    assert told.stdout.startswith("people[vale]\n\n1 March 2031")


def test_files_of_different_situations_have_no_line(tmp_path: Path) -> None:
    cabinet = str(ROOT / "examples" / "cabinet" / "2031-03-01.yaml")
    talks = str(Path(TALKS) / "2026-01-22.yaml")
    done = _monitor("positions", cabinet, talks, folder=tmp_path)
    assert done.returncode == 2
    assert "are of different situations" in done.stderr
