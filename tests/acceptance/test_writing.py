"""What a person who writes kinds and snapshots sees: init, check, new, schema."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.cli.main import main

TODAY = datetime.now(UTC).strftime("%Y-%m-%d")
SNAPSHOT = Path("snapshots") / "my-cabinet" / f"{TODAY}.yaml"
KIND = Path("snapshots") / "my-cabinet" / "kind.yaml"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


class Desk:
    """A working folder, and the commands run in it."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def run(self, *arguments: str) -> Done:
        self._capture.readouterr()
        code: str | int | None = 0
        with contextlib.chdir(self.folder):
            try:
                main(list(arguments))
            except SystemExit as done:
                code = done.code
        out, err = self._capture.readouterr()
        return Done(int(code or 0), out, err)

    def text(self, file: Path) -> str:
        return (self.folder / file).read_text()

    def write(self, file: Path, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def edit(self, file: Path, old: str, new: str) -> None:
        text = self.text(file)
        assert old in text
        self.write(file, text.replace(old, new))

    def check(self) -> list[str]:
        """The faults that `monitor check` tells, warnings aside; none when it exits 0."""
        done = self.run("check")
        told = [line for line in done.stderr.splitlines() if not line.startswith("warning: ")]
        assert done.returncode == (2 if told else 0), done
        return told[:-1]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    done = Desk(tmp_path, capsys).run("init", "desk")
    assert done.returncode == 0, done.stderr
    return Desk(tmp_path / "desk", capsys)


def test_a_new_working_folder_passes_the_check(desk: Desk) -> None:
    done = desk.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "checked the configuration, 1 kind, 1 snapshot and the templates: all is well\n"
    )


def test_a_new_working_folder_has_what_its_files_point_to(desk: Desk) -> None:
    for file in (SNAPSHOT, KIND):
        (line,) = [row for row in desk.text(file).splitlines() if "$schema=" in row]
        schema = (desk.folder / file).parent / line.partition("$schema=")[2]
        assert schema.resolve().is_file()


def test_init_overwrites_nothing(desk: Desk) -> None:
    desk.write(KIND, "mine\n")
    done = desk.run("init", "../desk")
    assert done.returncode == 2
    assert (
        done.stderr
        == "monitor: ../desk/config/monitor.toml exists already; init overwrites nothing\n"
    )
    assert desk.text(KIND) == "mine\n"


def test_the_copy_keeps_comments_and_says_nothing_new(desk: Desk) -> None:
    done = desk.run("new", "my-cabinet", "--as-of", "2099-01-02", "--into-source")
    assert done.stdout == "snapshots/my-cabinet/2099-01-02.yaml\n"
    copy = Path(done.stdout.strip())
    assert desk.text(copy) == desk.text(SNAPSHOT).replace(TODAY, "2099-01-02")
    compared = desk.run("diff", str(SNAPSHOT), str(copy), "--exit-code")
    assert compared.returncode == 0, compared.stdout


def test_after_a_partial_the_copy_is_what_all_add_up_to(desk: Desk) -> None:
    partial = SNAPSHOT.with_name("2099-01-02.yaml")
    desk.write(
        partial,
        "kind: kind.yaml\nsituation: my-cabinet\nas_of: 2099-01-02\ncoverage: partial\n"
        'people:\n  - {id: "010", name: "0o17"}\n',
    )
    done = desk.run("new", "my-cabinet", "--as-of", "2099-01-03", "--into-source")
    copy = Path(done.stdout.strip())
    titled = [line for line in desk.text(SNAPSHOT).splitlines() if line.startswith("title:")]
    assert titled == [line for line in desk.text(copy).splitlines() if line.startswith("title:")]
    assert "Anne Moreau" in desk.text(copy)
    assert "0o17" in desk.text(copy)
    assert desk.check() == []
    compared = desk.run(
        *("diff", str(SNAPSHOT), str(copy), "--format", "json", "--min-significance", "noise")
    )
    (change,) = json.loads(compared.stdout)["changes"]
    assert (change["op"], change["after"]) == ("added", {"id": "010", "name": "0o17"})


def test_a_copy_for_a_day_that_has_a_snapshot_is_refused(desk: Desk) -> None:
    done = desk.run("new", "my-cabinet", "--into-source")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"monitor: there is a snapshot as of {TODAY} already; edit that one\n"


def test_a_copy_of_an_unknown_situation_names_those_that_are_there(desk: Desk) -> None:
    done = desk.run("new", "../etc")
    assert done.returncode == 2
    assert done.stderr == "monitor: no snapshot of ../etc in the sources; there are: my-cabinet\n"


def test_a_copy_with_a_date_that_is_a_path_is_refused(desk: Desk) -> None:
    done = desk.run("new", "my-cabinet", "--as-of", "../../x")
    assert done.returncode == 2
    assert "neither a date" in done.stderr


def test_every_fault_of_every_file_is_told_with_its_place(desk: Desk) -> None:
    desk.edit(SNAPSHOT, "role: deputy", "role: boss")
    desk.write(SNAPSHOT.with_name("bad.yaml"), "a: [\n")
    desk.write(SNAPSHOT.with_name("twice.yaml"), desk.text(SNAPSHOT).replace("boss", "deputy"))
    faults = desk.check()
    folder = "snapshots/my-cabinet"
    assert faults[0] == (
        f"{folder}/{TODAY}.yaml:13:24: ministries[finance].team[lind].role: "
        '"boss" is not one of "minister" or "deputy"'
    )
    assert faults[1].startswith(f"{folder}/bad.yaml:2:1: not YAML: ")
    assert len(faults) == 2


def test_two_files_of_one_day_are_told_together(desk: Desk) -> None:
    desk.write(SNAPSHOT.with_name("again.yaml"), desk.text(SNAPSHOT))
    (fault,) = desk.check()
    assert "again.yaml" in fault
    assert f"{TODAY}.yaml" in fault


def test_a_fault_of_a_kind_is_explained_once(desk: Desk) -> None:
    desk.edit(KIND, "x-ref: people", "x-ref: peple")
    faults = desk.check()
    assert faults[0].startswith(f"{KIND}:34:38: ")
    assert faults[0].endswith(
        "x-ref: there is no keyed list peple; the kind has ministries, ministries.team, people"
    )
    assert faults[1].endswith("the kind kind.yaml cannot be used")
    assert len(faults) == 2


def test_a_partial_that_cannot_be_laid_over_is_told(desk: Desk) -> None:
    desk.write(
        SNAPSHOT.with_name("2099-01-02.yaml"),
        "kind: kind.yaml\nsituation: my-cabinet\nas_of: 2099-01-02\ncoverage: partial\n"
        "people:\n  - {id: lind, x-removed: true}\n",
    )
    (fault,) = desk.check()
    assert fault.startswith("snapshots/my-cabinet/2099-01-02.yaml: laid over the state before it")


def test_faults_of_the_configuration_the_templates_and_the_mail_are_told(desk: Desk) -> None:
    desk.edit(
        Path("config/monitor.toml"), 'transport = "eml"', 'transport = "smtp"\nusername = "u"'
    )
    desk.edit(Path("config/monitor.toml"), "daily 07:00", "daily 25:00")
    desk.write(Path("templates/digest.txt"), "{% if %}")
    faults = desk.check()
    assert any("reader@localhost/morning: 'daily 25:00'" in fault for fault in faults)
    assert any("MONITOR_SMTP_PASSWORD" in fault for fault in faults)
    assert any(fault.startswith("templates/digest.txt:1") for fault in faults)
    assert len(faults) == 3


def test_an_address_that_cannot_be_written_to_is_told_before_the_start(desk: Desk) -> None:
    desk.edit(Path("config/monitor.toml"), '"reader@localhost"', '"jürgen@localhost"')
    (fault,) = desk.check()
    assert "jürgen@localhost/morning" in fault
    assert "SMTPUTF8" in fault


def test_an_operator_who_cannot_be_written_to_stops_the_start(desk: Desk) -> None:
    desk.edit(Path("config/monitor.toml"), "operator@localhost", "operatör@localhost")
    (fault,) = desk.check()
    assert "mail.operator: 'operatör@localhost' needs SMTPUTF8" in fault


def test_an_unknown_key_of_the_configuration_is_told_with_its_file(desk: Desk) -> None:
    desk.edit(Path("config/monitor.toml"), "operator =", "operater =")
    (fault,) = desk.check()
    assert "config/monitor.toml" in fault
    assert "operater" in fault


def test_named_files_are_checked_alone(desk: Desk) -> None:
    desk.write(Path("other.yaml"), "kind: kind.yaml\n")
    done = desk.run("check", str(KIND), str(SNAPSHOT))
    assert (done.returncode, done.stdout) == (0, "checked 2 files: all is well\n")
    assert desk.run("check", "other.yaml").returncode == 2


def test_the_schema_of_a_kind_in_a_file_is_printed(desk: Desk) -> None:
    done = desk.run("schema", "snapshot", str(KIND))
    assert done.stdout == desk.text(Path("schemas/my-cabinet.snapshot.schema.json"))


def test_an_unknown_kind_is_an_error_in_one_line(desk: Desk) -> None:
    done = desk.run("schema", "snapshot", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("monitor: no kind nothing ships with monitor; there are: ")
    assert done.stderr.count("\n") == 1


def test_a_copy_lies_outside_the_sources_unless_told_otherwise(desk: Desk) -> None:
    done = desk.run("new", "my-cabinet", "--as-of", "2099-01-02")
    assert done.stdout == "drafts/my-cabinet/2099-01-02.yaml\n"
    done = desk.run("new", "my-cabinet", "--as-of", "2099-01-03", "-o", "snapshots/deeper")
    assert done.returncode == 2
    assert "--into-source" in done.stderr
