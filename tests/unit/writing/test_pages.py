"""Two addresses of one page, however they were copied."""

from __future__ import annotations

import pytest

from monitor.writing.pages import same_page

PAGE = "https://harbour.example/news/dam-talks"


@pytest.mark.parametrize(
    "other",
    [
        "http://harbour.example/news/dam-talks",
        "https://www.harbour.example/news/dam-talks/",
        "https://HARBOUR.example:443/news/dam-talks#comments",
        "https://harbour.example/news/dam-talks?utm_source=mail&utm_campaign=x",
        "https://harbour.example/news/dam-talks?fbclid=Iw4r",
    ],
)
def test_the_same_page_is_known_by_other_addresses(other: str) -> None:
    assert same_page(PAGE, other)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PAGE, "https://harbour.example/news/dam-talks-2"),
        (PAGE, "https://harbour.example/News/dam-talks"),
        (PAGE, "https://other.example/news/dam-talks"),
        (PAGE, "https://harbour.example:8443/news/dam-talks"),
        ("https://harbour.example/?id=1", "https://harbour.example/?id=2"),
        ("https://[harbour", "https://harbour"),
        ("", PAGE),
    ],
)
def test_another_page_is_another(first: str, second: str) -> None:
    assert not same_page(first, second)


def test_the_order_of_parameters_says_nothing() -> None:
    assert same_page("https://harbour.example/?a=1&b=2", "https://harbour.example/?b=2&a=1")
