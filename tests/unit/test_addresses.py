"""Which addresses reach a server, and in which form."""

from __future__ import annotations

import pytest

from monitor.addresses import is_loopback, read_address
from monitor.errors import MessageUnsendable
from monitor.mail.addresses import canonical_address, is_plain


@pytest.mark.parametrize(
    ("address", "octets", "utf8"),
    [
        ("ana@example.org", b"ana@example.org", False),
        ("bounces+7.ab12@mail.example.org", b"bounces+7.ab12@mail.example.org", False),
        ("ben@bücher.example", b"ben@xn--bcher-kva.example", False),
        ("josé@example.org", "josé@example.org".encode(), True),
        ("operator@localhost", b"operator@localhost", False),
    ],
)
def test_it_writes_the_domain_as_an_a_label(address: str, octets: bytes, utf8: bool) -> None:
    read = read_address(address)
    assert (read.octets, read.utf8) == (octets, utf8)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@example.org\r\nRCPT TO:<cleo@example.org>",
        "ana\r\n@example.org",
        "ana @example.org",
        "ana@example.org, cleo@example.org",
        "ana@b@example.org",
        "<ana@example.org>",
        "Ana <ana@example.org>",
        '"ana@evil"@example.org',
        "ana..b@example.org",
        "ana\x00@example.org",
        "ana\u202e@example.org",
        "=?utf-8?q?ben=40evil?=@example.org",
        "ana\ud800@example.org",
        "ana@exa mple.org",
        "ana@-example-.org",
        "ana@" + "a" * 64 + ".org",
        "a" * 65 + "@example.org",
        "a@" + ".".join(["abcdefgh"] * 30),
    ],
)
def test_it_refuses_what_is_not_one_plain_address(address: str) -> None:
    with pytest.raises(MessageUnsendable):
        read_address(address)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("127.0.0.1.example.org", False),
        ("127.example.org", False),
        ("mail.example.org", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_only_this_machine_may_be_spoken_to_in_plain_text(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("ana@example.org", True),
        ("a.b+c'd@sub.example.org", True),
        ("ben@xn--bcher-kva.example", True),
        ("ben@b\u00fccher.example", False),
        ("ana@Example.org", False),
        ("jos\u00e9@example.org", False),
        ("ana\r\n@example.org", False),
        ("ana", False),
        ("a" * 65 + "@example.org", False),
        ("a@" + ".".join(["abcdefgh"] * 30), False),
        ("ana@exa mple.org", False),
    ],
)
def test_a_plain_address_is_its_own_one_form(address: str, plain: bool) -> None:
    assert is_plain(address) is plain
    try:
        assert (canonical_address(address) == address) is plain
    except MessageUnsendable:
        assert not plain
