"""`sources.d/*.toml`: read together with monitor.toml, and told apart where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.settings import load
from monitor.settings.sections import Settings

MAIN = """
[sources.bills]
folder = "bills"
[[subscriptions]]
address = "ana@example.org"
situations = ["bills"]
"""
ROSTER = """
[sources.roster]
git = "../roster"
path = "people"
situation = "roster"

[situations.roster]
zone = "Europe/Kyiv"

[[subscriptions]]
address = "bo@example.org"
situations = ["roster"]
"""


def configured(folder: Path, **added: str) -> Settings:
    (folder / "config" / "sources.d").mkdir(parents=True, exist_ok=True)
    (folder / "config" / "monitor.toml").write_text(MAIN, encoding="utf-8")
    for name, text in added.items():
        (folder / "config" / "sources.d" / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder / "config" / "monitor.toml", env={}, folder=folder)


def faults(folder: Path, **added: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        configured(folder, **added)
    lines = (str(caught.value), *caught.value.others)
    return [line.replace(f"{folder}/", "") for line in lines]


def test_what_is_added_counts_beside_what_is_there(tmp_path: Path) -> None:
    settings = configured(tmp_path, roster=ROSTER)

    assert list(settings.sources) == ["bills", "roster"]
    assert settings.sources["roster"].situation == "roster"
    assert settings.zone_of("roster") == "Europe/Kyiv"
    assert [one.address for one in settings.subscriptions] == ["ana@example.org", "bo@example.org"]


def test_a_source_knows_the_folder_of_its_file(tmp_path: Path) -> None:
    sources = configured(tmp_path, roster=ROSTER).sources

    assert sources["bills"].home == tmp_path / "config"
    assert sources["roster"].home == tmp_path / "config" / "sources.d"


def test_files_that_are_being_written_or_are_no_toml_do_not_count(tmp_path: Path) -> None:
    settings = configured(tmp_path, **{".roster": "broken"})
    (tmp_path / "config" / "sources.d" / "roster.kind.yaml").write_text("title: x", "utf-8")

    assert list(settings.sources) == ["bills"]


def test_a_fault_says_its_own_file_and_line(tmp_path: Path) -> None:
    assert faults(tmp_path, roster=ROSTER.replace("path", "paht")) == [
        "config/sources.d/roster.toml:4: unknown key sources.roster.paht; did you mean path?"
    ]


def test_a_name_that_two_files_give_is_a_fault_of_the_later_one(tmp_path: Path) -> None:
    again = '[sources.bills]\nfolder = "x"\n'

    assert faults(tmp_path, again=again) == [
        "config/sources.d/again.toml:1: sources.bills is in config/monitor.toml:2 already"
    ]
    assert faults(tmp_path, again="", roster=ROSTER, z=ROSTER)[0] == (
        "config/sources.d/z.toml:2: sources.roster is in config/sources.d/roster.toml:2 already"
    )


def test_tables_of_the_whole_program_belong_in_the_one_file(tmp_path: Path) -> None:
    (line,) = faults(tmp_path, mail="[mail]\nport = 25\n")

    assert line.startswith("config/sources.d/mail.toml:1: unknown key mail")
    assert line.endswith("other tables belong in monitor.toml")


def test_every_fault_of_every_file_is_said(tmp_path: Path) -> None:
    lines = faults(tmp_path, a="[sources.x]\ngit = 5\n", b="[sources.y]\n", c="not toml")

    assert [line.partition(":")[0] for line in lines] == [
        "config/sources.d/a.toml",
        "config/sources.d/b.toml",
        "config/sources.d/c.toml",
    ]


def test_a_subscription_that_repeats_one_of_another_file_is_told_where_it_stands(
    tmp_path: Path,
) -> None:
    again = '[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["bills"]\n'

    assert faults(tmp_path, again=again) == [
        "config/sources.d/again.toml:1: subscriptions[2] repeats ana@example.org/digest; "
        "give it another name"
    ]
