"""One address, in one form, or a clear refusal before anything connects."""

from __future__ import annotations

import pytest

from monitor.errors import MessageUnsendable
from monitor.mail.addresses import canonical_address, envelope_sender, message_id


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("desk@example.org", "desk@example.org"),
        ("Desk.Officer+talks@EXAMPLE.org", "Desk.Officer+talks@example.org"),
        ("desk@bücher.example", "desk@xn--bcher-kva.example"),
        ("desk@BÜCHER.example", "desk@xn--bcher-kva.example"),
        ("desk@приклад.укр", "desk@xn--80aikifvh.xn--j1amh"),
        ("desk@xn--bcher-kva.example", "desk@xn--bcher-kva.example"),
        ("desk@faß.example", "desk@xn--fa-hia.example"),
        ("root@localhost", "root@localhost"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_an_address_has_one_form(written: str, canonical: str) -> None:
    assert canonical_address(written) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "",
        "desk",
        "@example.org",
        "desk@",
        "desk@example..org",
        "desk@-example.org",
        "desk@exa mple.org",
        "desk@example.org\r\nBcc: evil@example.org",
        "desk@example.org\n",
        "desk\r\n@example.org",
        "desk@example.org\x00",
        "a@b@example.org",
        "ana@example.org,ben@example.org",
        "ana@example.org ben@example.org",
        "Ana <ana@example.org>",
        '"ana ben"@example.org',
        ".ana@example.org",
        "ana..ben@example.org",
        "desk@[127.0.0.1]",
        "desk@example.org>",
        "-desk@exa_mple.org",
        "d" * 65 + "@example.org",
        "desk@" + "x" * 64 + ".org",
        "desk@" + ".".join(["x" * 60] * 5),
        "desk@\u202egro.elpmaxe",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(written: str) -> None:
    with pytest.raises(MessageUnsendable):
        canonical_address(written)


def test_a_local_part_beyond_ascii_is_refused_with_its_reason() -> None:
    with pytest.raises(MessageUnsendable, match="needs SMTPUTF8"):
        canonical_address("josé@example.org")


@pytest.mark.parametrize("key", ["", "a b", "a@b", "a\r\nb", "a" * 41, "<>"])
def test_a_key_that_could_break_a_header_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no message key"):
        message_id("b", key, "example.org")
    with pytest.raises(ValueError, match="no message key"):
        envelope_sender(key, "example.org", b"secret")
