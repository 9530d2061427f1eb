"""Signed tokens: what was made here is read, anything else names nobody."""

from __future__ import annotations

import pytest

from monitor.pipeline.telling.tokens import make_token, read_token

SECRET = b"a secret"


@pytest.mark.parametrize("number", [1, 17, 2**63 - 1])
def test_a_token_names_its_subscription(number: int) -> None:
    assert read_token(SECRET, make_token(SECRET, number)) == number


def test_a_token_is_the_same_each_time_so_old_mail_goes_on_working() -> None:
    assert make_token(SECRET, 17) == make_token(SECRET, 17)


def test_a_token_fits_into_the_local_part_of_a_mail_address() -> None:
    assert len("unsubscribe+" + make_token(SECRET, 2**63 - 1)) <= 64


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "MTc",
        "MTc.",
        ".AAAA",
        "MTc.AAAAAAAAAAAAAAAAAAAAAA",
        make_token(b"another secret", 17),
        make_token(SECRET, 17)[:-1],
        make_token(SECRET, 17) + "A",
        make_token(SECRET, 17).replace("MTc", "MTg"),
        "LTE." + make_token(SECRET, 1).partition(".")[2],
        "ü" * 10,
        "A" * 10_000,
        "\x00.\n",
    ],
)
def test_a_foreign_or_broken_token_names_nobody(token: str) -> None:
    assert read_token(SECRET, token) is None
