"""`[draft.model]`: where a model is asked, and what is refused before anything is sent there."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.data import data_path
from monitor.errors import SettingsError
from monitor.settings import Settings, load
from monitor.settings.drafting import ModelSettings

NAMED = 'name = "scribe"\n'


def configured(folder: Path, text: str) -> ModelSettings:
    file = folder / "monitor.toml"
    file.write_text(f"[draft.model]\n{text}", encoding="utf-8")
    return load(str(file), env={}).draft.model


def test_no_model_is_asked_by_default() -> None:
    model = Settings(file=None, base=Path("/")).draft.model
    assert (model.url, model.endpoint, model.host) == (None, None, "")


def test_the_shipped_file_shows_every_key_of_it() -> None:
    written = tomllib.loads((data_path("config") / "monitor.toml").read_text(encoding="utf-8"))
    assert set(written["draft"]["model"]) == {entry.name for entry in fields(ModelSettings)}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://api.example.org/v1", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://127.0.0.1:8080/chat/completions", "http://127.0.0.1:8080/chat/completions"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
        ("http://10.1.2.3/v1", "http://10.1.2.3/v1/chat/completions"),
        ("http://scribe:8000/v1", "http://scribe:8000/v1/chat/completions"),
        ("https://a.example.org/x?version=3", "https://a.example.org/x/chat/completions?version=3"),
    ],
)
def test_an_address_is_its_base_or_whole(tmp_path: Path, written: str, asked: str) -> None:
    assert configured(tmp_path, f'{NAMED}url = "{written}"\n').endpoint == asked


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("http://api.example.org/v1", "http only to this machine or its own network"),
        ("http://8.8.8.8/v1", "http only to this machine"),
        ("https://me:word@api.example.org/v1", "without a password"),
        ("ftp://localhost/v1", "want an address such as"),
        ("localhost:11434", "want an address such as"),
        ("https:///v1", "want an address such as"),
        ("http://localhost:99999/v1", "want an address such as"),
    ],
)
def test_what_a_key_must_not_be_sent_to_stops_the_start(
    tmp_path: Path, written: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        configured(tmp_path, f'{NAMED}url = "{written}"\n')


def test_an_address_without_the_name_of_a_model_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"monitor.toml:1: draft.model.name is missing"):
        configured(tmp_path, 'url = "http://localhost:1/v1"\n')


def test_a_fault_is_told_with_the_place_of_its_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"monitor.toml:3: draft.model.timeout is '2h'"):
        configured(tmp_path, f'{NAMED}timeout = "2h"\n')
    with pytest.raises(SettingsError, match=r"unknown key draft.model.ulr; did you mean url"):
        configured(tmp_path, 'ulr = ""\n')
    file = tmp_path / "monitor.toml"
    file.write_text("[draft]\nmodel = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"draft.model is 3, want a table"):
        load(str(file), env={})


def test_a_key_that_is_written_into_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no key itself") as caught:
        configured(tmp_path, f'{NAMED}key_env = "sk-very-secret"\n')
    assert "sk-very" not in str(caught.value)


def test_a_key_comes_from_the_variable_that_is_named(tmp_path: Path) -> None:
    model = configured(tmp_path, f'{NAMED}key_env = "DESK_KEY"\ntimeout = "5s"\n')
    found = model.secret({"DESK_KEY": "s3cret", "MONITOR_MODEL_KEY": "another"})
    assert found is not None
    assert found.reveal() == "s3cret"
    assert "s3cret" not in f"{found!r} {model!r}"
    assert model.secret({}) is None
    assert model.timeout == timedelta(seconds=5)
    assert configured(tmp_path, f'{NAMED}key_env = ""\n').secret({"": "x"}) is None
