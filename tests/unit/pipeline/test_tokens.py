"""Signed tokens: what was made here is read, anything else names nobody."""

from __future__ import annotations

import pytest

from monitor.pipeline.telling.tokens import (
    LARGEST,
    is_page_token,
    make_page_token,
    make_permit_token,
    make_token,
    named_in,
    read_token,
)

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


def test_a_token_of_one_purpose_serves_no_other() -> None:
    page = make_page_token(SECRET, 17, 0)
    assert read_token(SECRET, page) is None
    assert not is_page_token(SECRET, make_token(SECRET, 17), 17, 0)
    assert not is_page_token(SECRET, make_permit_token(SECRET, "17"), 17, 0)
    assert read_token(SECRET, make_permit_token(SECRET, "17")) is None


def test_a_page_opens_until_its_links_are_ended_once_more() -> None:
    page = make_page_token(SECRET, 17, 2)
    assert named_in(page) == 17
    assert is_page_token(SECRET, page, 17, 2)
    assert not is_page_token(SECRET, page, 17, 3)
    assert not is_page_token(SECRET, page, 18, 2)
    assert not is_page_token(b"another secret", page, 17, 2)


def test_numbers_beside_one_another_are_not_mistaken_for_others() -> None:
    assert (
        make_page_token(SECRET, 1, 12).partition(".")[2]
        != (make_page_token(SECRET, 11, 2).partition(".")[2])
    )


@pytest.mark.parametrize("number", [LARGEST + 1, 10**30])
def test_a_number_that_no_row_has_names_nobody(number: int) -> None:
    assert named_in(make_token(SECRET, number)) is None
