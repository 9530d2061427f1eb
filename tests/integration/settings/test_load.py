"""The configuration: everything it means, and every line it says when it is wrong."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.data import data_path
from monitor.errors import SettingsError
from monitor.model.comparison import Significance
from monitor.settings import load
from monitor.settings.channels import KINDS
from monitor.settings.load import LISTS, TABLES
from monitor.settings.sections import Settings, SituationSettings
from monitor.settings.sources import SORTS


def configured(folder: Path, text: str, **env: str) -> Settings:
    file = folder / "config" / "monitor.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load(file, env=env, folder=folder)


def fault(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        configured(folder, text)
    return str(caught.value).replace(f"{folder}/", "")


SOURCE = '[sources.bills]\nfolder = "bills"\n'
READER = '[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["talks"]\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            SOURCE + 'intervall = "5s"',
            "unknown key sources.bills.intervall; did you mean interval?",
        ),
        ("[stroe]\n", "unknown key stroe; did you mean store?"),
        ("[store]\nurl = 5\n", "store.url is 5, want text"),
        (SOURCE + "interval = 5", 'sources.bills.interval is 5, want a duration such as "5s"'),
        (SOURCE + 'stale_after = "0d"', "sources.bills.stale_after is '0d', want a duration"),
        ("[sources.bills]\n", "sources.bills.folder is missing"),
        ("sources = 1\n", "sources is 1, want tables such as [sources.NAME]"),
        ("[subscriptions]\n", "subscriptions is {}, want [[subscriptions]] tables"),
        (
            READER + 'zone = "Mars"',
            "subscriptions[1].zone is 'Mars', want an IANA time zone",
        ),
        (
            READER + 'minimum = "high"',
            "subscriptions[1].minimum is 'high', want one of critical, major, minor, noise",
        ),
        (
            READER + 'quiet = "22:00"',
            "subscriptions[1].quiet is '22:00', want hours such as \"22:00-06:30\"",
        ),
        (READER + READER, "subscriptions[2] repeats ana@example.org/digest; give it another name"),
        (
            '[[subscriptions]]\naddress = "ana@example.org\\nBcc: x@y"\nsituations = []',
            "subscriptions[1].address is 'ana@example.org\\nBcc: x@y', want text without control",
        ),
        (
            '[service]\ntick = "1min"',
            "service.tick is '1min', want at most 15s",
        ),
        ("[mail]\nport = true", "mail.port is True, want a whole number, 1..65535"),
        ('[mail]\ntransport = "pigeon"', "mail.transport is 'pigeon', want one of eml, smtp"),
        ("[hold]\nrekeyed = 5", "hold.rekeyed is 5, want a share, above 0 and up to 1"),
        ('[limits]\nbytes = "2 MiB"', "limits.bytes is '2 MiB', want a size such as"),
        ("[web]\nenabled = 1", "web.enabled is 1, want true or false"),
        (
            '[mail]\npublic_url = "javascript:1"',
            "mail.public_url is 'javascript:1', want a URL such as",
        ),
        (
            '[mail]\nhost = "relay.example.org"\ntls = "none"',
            "mail.tls is 'none' and relay.example.org is not this machine; want starttls",
        ),
        (
            '[mail]\nhost = "smtp.example.org:587"',
            "mail.host is 'smtp.example.org:587', want the name alone: host = 'smtp.example.org'",
        ),
        (
            '[mail]\nhost = "smtps://smtp.example.org"',
            "mail.host is 'smtps://smtp.example.org', want a name such as smtp.example.org",
        ),
        ("[mail]\nport = 465", "mail.port is 465 and mail.tls is 'starttls'; want implicit"),
        ('[mail]\nport = 25\ntls = "implicit"', "mail.port is 25 and mail.tls is 'implicit'"),
        ('[mail]\ntls = "implicit"', "mail.port is 587 and mail.tls is 'implicit'"),
        (
            '[mail]\npublic_url = "http://monitor.example.org"',
            "mail.public_url is 'http://monitor.example.org', want https: one-click needs it",
        ),
        (
            '[mail]\nfolder = "config/monitor.toml/mail"',
            "mail.folder: config/monitor.toml/mail lies below the file",
        ),
        (
            '[sources.a]\nfolder = "config/monitor.toml"',
            "sources.a.folder: config/monitor.toml is a file, want a folder",
        ),
        ('[store]\nurl = "sqlite:///."', "store.url: . is a folder, want a file"),
        (
            '[mail]\ntls = "startls"',
            "mail.tls is 'startls', want one of starttls, implicit, none; did you mean starttls?",
        ),
        (
            '[mail]\nusername = "me"\ntls = "none"',
            "mail.username is set and mail.tls is 'none'; a password needs TLS",
        ),
        ("rules = 1", "unknown key rules"),
        ("[situations.talks]\nrules = 1", "situations.talks.rules is 1, want a table"),
        ("a = = 1", "is not TOML:"),
    ],
)
def test_a_wrong_configuration_stops_the_start_and_says_what_was_wanted(
    tmp_path: Path, text: str, line: str
) -> None:
    place, told = fault(tmp_path, text).split(": ", 1)
    assert re.fullmatch(r"config/monitor\.toml(:\d+){1,2}", place)
    assert told.startswith(line)


def test_a_fault_names_the_line_of_its_key_or_of_the_table_that_lacks_it(tmp_path: Path) -> None:
    lines = (
        "[mail]",
        "  frob = 1",
        '"port" = "x"  # a comment',
        "",
        READER,
        "[[subscriptions]]  # the second",
        'address = "z"',
        "",
        "[sources.'bills']",
        'interval = "5"',
    )
    with pytest.raises(SettingsError) as caught:
        configured(tmp_path, "\n".join(lines))

    places = [line.split(": ")[0] for line in (str(caught.value), *caught.value.others)]
    text = (tmp_path / "config" / "monitor.toml").read_text().splitlines()
    wrong = [text[int(place.rpartition(":")[2]) - 1] for place in places]
    assert wrong == [lines[1], lines[2], lines[6], lines[5], lines[9], lines[8]]


def test_what_is_not_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    assert fault(tmp_path, "[mail]\nhost = \n").startswith("config/monitor.toml:2:8: is not TOML:")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        configured(tmp_path, "[web]\nport = 99999\nhots = 1\n[nothing]\n")

    assert len(caught.value.others) == 2


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot read .*absent\.toml: No such file"):
        load(tmp_path / "absent.toml", env={})


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    settings = configured(tmp_path, "")

    assert settings == Settings(file=tmp_path / "config" / "monitor.toml", base=tmp_path)


def test_values_are_read_into_their_types(tmp_path: Path) -> None:
    settings = configured(
        tmp_path,
        SOURCE + 'stale_after = "14d"\n' + READER + 'alert = "off"\nquiet = "22:00-06:30"\n',
    )

    assert settings.sources["bills"].stale_after == timedelta(days=14)
    ana = settings.subscriptions[0]
    assert (ana.alert, ana.quiet, ana.minimum) == (None, ("22:00", "06:30"), Significance.MINOR)


def test_paths_start_at_the_folder_that_holds_config(tmp_path: Path) -> None:
    assert configured(tmp_path, "").path("var/mail") == tmp_path / "var" / "mail"


def test_without_a_file_the_shipped_defaults_and_the_demo_are_used(tmp_path: Path) -> None:
    settings = load(env={}, folder=tmp_path)

    assert settings.base == tmp_path
    assert settings.sources["snapshots"].where == str(data_path("snapshots"))
    assert settings.subscriptions[0].start == "2026-02-05"


def test_without_a_file_the_snapshots_of_the_working_folder_come_first(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()

    assert load(env={}, folder=tmp_path).sources["snapshots"].where == "snapshots"


def test_the_shipped_file_states_the_default_of_every_key() -> None:
    settings, bare = load(env={}, folder=Path("/nowhere")), Settings(file=None, base=Path("/"))
    written = tomllib.loads((data_path("config") / "monitor.toml").read_text(encoding="utf-8"))

    for table, section in TABLES.items():
        assert getattr(settings, table) == getattr(bare, table)
        assert set(written[table]) == {entry.name for entry in fields(section)}


def test_the_shipped_file_shows_every_key_of_a_list_or_a_named_table() -> None:
    text = (data_path("config") / "monitor.toml").read_text(encoding="utf-8")

    for section in (*SORTS.values(), *KINDS.values(), SituationSettings, *LISTS.values()):
        for entry in fields(section):
            if "read" not in entry.metadata:
                continue
            assert f"\n{entry.name} = " in text or f"\n#   {entry.name} = " in text, entry.name


def test_a_secret_comes_from_the_environment_or_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hunter2\n", encoding="utf-8")

    settings = configured(tmp_path, "", MONITOR_SMTP_PASSWORD_FILE=str(file), MONITOR_SECRET="s3")

    assert settings.smtp_password is not None
    assert settings.smtp_password.reveal() == "hunter2"
    assert "hunter2" not in repr(settings)
    assert "s3" not in repr(settings)


def test_a_store_url_from_the_environment_wins_and_is_not_shown(tmp_path: Path) -> None:
    settings = configured(tmp_path, "", MONITOR_STORE_URL="postgresql://me:pw@db/monitor")

    assert settings.store.url == "postgresql://me:pw@db/monitor"
    assert "pw@db" not in repr(settings)


def test_a_secret_given_twice_or_unreadable_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MONITOR_SECRET and MONITOR_SECRET_FILE are both set"):
        configured(tmp_path, "", MONITOR_SECRET="a", MONITOR_SECRET_FILE="b")
    with pytest.raises(SettingsError, match="MONITOR_SECRET_FILE: cannot read /absent: No such"):
        configured(tmp_path, "", MONITOR_SECRET_FILE="/absent")


def test_a_file_that_names_no_source_keeps_the_one_that_ships(tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text('[mail]\nsender = "desk@example.org"\n', encoding="utf-8")
    settings = load(str(file), env={})
    assert {name: source.where for name, source in settings.sources.items()} == {
        "snapshots": "snapshots"
    }
