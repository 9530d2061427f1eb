"""Which addresses belong to the public network, however they are written."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from monitor.errors import SourceUnavailable
from monitor.net.address import read_address, without_secret
from monitor.net.guard import is_public, named_places


@pytest.mark.parametrize(
    "text", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
)
def test_the_public_network_may_be_asked(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.170", "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_everything_else_may_not(text: str) -> None:
    assert not is_public(ip_address(text))


def test_what_a_person_names_may_be_asked_and_nothing_beside_it() -> None:
    named = named_places(["10.0.0.0/8", "intranet.example.org", "::1"])

    assert named.has("anything", ip_address("10.9.8.7"))
    assert named.has("Intranet.Example.org.", ip_address("192.168.0.4"))
    assert named.has("x", ip_address("::1"))
    assert not named.has("x", ip_address("127.0.0.1"))
    assert not named.has("www.example.org", ip_address("192.168.0.4"))


@pytest.mark.parametrize("text", ["10.0.0.1/8", "a/b", "http://x", ""])
def test_what_is_neither_host_nor_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="want a host or a network"):
        named_places([text])


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "FiLe:/etc/passwd", "ftp://example.org/x",
        "gopher://example.org", "data:text/csv,a", "javascript:x", "//example.org/x", "x",
        "http://", "http:///x", "https://:443/", "http://a b/", "http://127.0.0.1:80\\@example.org/",
        "http://example.org\\.evil.org/", "http://example.org/\nHost: x",
        "http://example.org:99999/",
        "http://ana:secret@example.org/", "http://example.org:port/", "http://[::1/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_refused(text: str) -> None:
    with pytest.raises(SourceUnavailable) as caught:
        read_address(text)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_address_is_said_without_what_may_be_secret() -> None:
    assert without_secret("https://ana:pw@example.org/a.csv?token=1") == "https://example.org/a.csv"
    assert str(read_address("HTTPS://Example.org/a#b")) == "https://example.org/a"
