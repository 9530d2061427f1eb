"""Rates in the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.model.rate import Rate
from monitor.settings import Settings, load
from monitor.settings.rates import said


def read(tmp_path: Path, *lines: str) -> Settings:
    file = tmp_path / "monitor.toml"
    file.write_text("\n".join(("[mail]", *lines)))
    return load(file, env={})


def test_none_is_kept_unless_one_is_written(tmp_path: Path) -> None:
    assert read(tmp_path).mail.rates.limits == ()
    assert read(tmp_path, 'rate = ""', "domains = {}").mail.rates.limits == ()


def test_one_or_several_for_the_relay_and_for_domains(tmp_path: Path) -> None:
    written = (
        'transport = "smtp"\nhost = "mail.example.org"\nrate = "20/second, 5000/day"',
        'domains = {"Gmail.com" = "100/minute", "bücher.example brook.example" = "9/hour"}',
    )
    relay, gmail, others = read(tmp_path, *written).mail.rates.limits
    assert (relay.name, relay.hosts) == ("relay mail.example.org", ())
    assert relay.rates == (Rate(messages=20, seconds=1), Rate(messages=5000, seconds=86_400))
    assert (gmail.hosts, said(gmail.rates[0])) == (("gmail.com",), "100/minute")
    assert others.hosts == ("xn--bcher-kva.example", "brook.example")


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ('rate = "fast"', "want a rate such as"),
        ('rate = "0/minute"', "want a rate such as"),
        ('rate = "5/minute,"', "want a rate such as"),
        ("rate = 5", "want a rate such as"),
        ('rate = "5/minute, 6/minute"', "one rate for each length"),
        ('domains = "gmail.com"', "want a table"),
        ('domains = {"gmail.com" = ""}', "domains and their rates"),
        ('domains = {"gmail.com" = "often"}', "gmail.com: want a rate"),
        ('domains = {"a b@c" = "1/hour"}', "is no domain"),
        ('domains = {"a.example" = "1/hour", "A.example b.example" = "1/hour"}', "twice"),
    ],
)
def test_a_wrong_one_is_refused_in_one_line_with_its_place(
    tmp_path: Path, line: str, want: str
) -> None:
    with pytest.raises(SettingsError, match=want) as refused:
        read(tmp_path, line)
    assert "monitor.toml:2: mail." in str(refused.value)
