"""Names that our mail carries: made ASCII when the configuration is read, or refused there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import MessageUnsendable, SettingsError
from monitor.mail.message import Sender, address, build, encode
from monitor.settings import Settings, load

NOON = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)


def read(folder: Path, *lines: str) -> Settings:
    file = folder / "monitor.toml"
    file.write_text("[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return load(file, env={})


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("m@exämple.org", "m@xn--exmple-cua.org"),
        ("desk@Пошта.example", "desk@xn--80a1acn3a.example"),
        ("desk@EXAMPLE.org", "desk@example.org"),
    ],
)
def test_a_sender_is_kept_as_servers_write_it(tmp_path: Path, written: str, read_as: str) -> None:
    mail = read(tmp_path, f'sender = "{written}"', f'envelope_sender = "{written}"').mail
    assert (mail.sender, mail.envelope_sender) == (read_as, read_as)
    assert mail.domain == read_as.partition("@")[2]


@pytest.mark.parametrize(
    "line",
    [
        'sender = "desk@-bad-.example"',
        'sender = "desk@exa mple.org"',
        'sender = "desk@example.org, other@example.org"',
        'sender = "desk"',
        'envelope_sender = "bounces@exa_mple.org"',
        'ehlo_name = "two words"',
        'ehlo_name = "mail.example.org:25"',
        'ehlo_name = "a@b.example"',
        'ehlo_name = "-"',
    ],
)
def test_what_no_mail_can_carry_is_refused_in_one_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, line)
    text = str(refused.value)
    assert f"mail.{line.split(maxsplit=1)[0]}" in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("", None),
        ("mx.example.org", "mx.example.org"),
        ("mäil.example.org", "xn--mil-qla.example.org"),
        ("[192.0.2.7]", "[192.0.2.7]"),
        ("[IPv6:2001:db8::7]", "[IPv6:2001:db8::7]"),
    ],
)
def test_the_name_in_our_greeting_is_a_setting(
    tmp_path: Path, written: str, read_as: str | None
) -> None:
    assert read(tmp_path, f'ehlo_name = "{written}"').mail.ehlo_name == read_as


def test_a_public_url_is_kept_in_ascii(tmp_path: Path) -> None:
    url = read(tmp_path, 'public_url = "https://exämple.org:8443/monitor/"').mail.public_url
    assert url == "https://xn--exmple-cua.org:8443/monitor"


def sender(**changes: str) -> Sender:
    values = {
        "address": "m@exämple.org",
        "name": "monitor",
        "domain": "exämple.org",
        "bounce_domain": "exämple.org",
        "unsubscribe_address": "unsubscribe@exämple.org",
    }
    return Sender(secret=b"s", **(values | changes))


def test_every_header_has_the_domain_in_ascii() -> None:
    body = encode("Talks", "News.\n", None, sender=sender())
    addressed = address(
        "ana@bücher.example",
        body_key="b",
        message_key="m",
        made_at=NOON,
        sender=sender(),
        token="t0k3n",
    )
    head = build(body, addressed.splice).partition(b"\r\n\r\n")[0]
    assert head.isascii()
    fields = dict(line.split(b": ", 1) for line in head.replace(b"\r\n ", b" ").split(b"\r\n"))
    for name in (b"From", b"Message-ID", b"List-Id", b"List-Unsubscribe"):
        assert b"xn--exmple-cua.org" in fields[name]
    assert addressed.splice["envelope_sender"].endswith("@xn--exmple-cua.org")
    assert addressed.recipient == "ana@xn--bcher-kva.example"


def test_one_envelope_sender_for_all_where_it_is_set() -> None:
    fixed = sender(envelope="bounces@exämple.org")
    for key in ("m1", "m2"):
        addressed = address(
            "ana@example.org", body_key="b", message_key=key, made_at=NOON, sender=fixed, token=None
        )
        assert addressed.splice["envelope_sender"] == "bounces@xn--exmple-cua.org"


def test_a_sender_of_no_domain_is_no_sender() -> None:
    with pytest.raises(MessageUnsendable):
        sender(domain="-bad-.example")
