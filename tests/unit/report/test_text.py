"""Text from snapshots: everything in it can be seen, and no link goes where it should not."""

from __future__ import annotations

import pytest

from monitor.model.text import short_path, shortened, visible, web_link


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("15 \u202e03 >- 51\u202c", "15 ⟨U+202E⟩03 >- 51⟨U+202C⟩"),
        ("\u2066isolated\u2069", "⟨U+2066⟩isolated⟨U+2069⟩"),
        ("Kostyu\u200bkov", "Kostyu⟨U+200B⟩kov"),
        ("Kostyu\u00adkov", "Kostyu⟨U+00AD⟩kov"),
        ("\ufeffKostyukov", "⟨U+FEFF⟩Kostyukov"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("nul\x00 bell\x07 escape\x1b token\x1eaddress\x1e", None),
        ("half \ud800 a pair", "half ⟨U+D800⟩ a pair"),
        ("tags \U000e0041", "tags ⟨U+E0041⟩"),
        ("line\r\none\ttwo\u2028three\x85four", "line one two three four"),
        # One Cyrillic letter in a Latin word, and the other way round.
        ("K\u043estyukov", "K\u043e⟨U+043E⟩styukov"),
        ("\u041a\u043eстюк\u006fв", "\u041a\u043eстюк\u006f⟨U+006F⟩в"),
    ],
)
def test_what_hides_or_reorders_is_shown(written: str, shown: str | None) -> None:
    if shown is None:
        assert (
            visible(written)
            == "nul⟨U+0000⟩ bell⟨U+0007⟩ escape⟨U+001B⟩ token⟨U+001E⟩address⟨U+001E⟩"
        )
    else:
        assert visible(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "Zelenskyy – “20 years plus”, 30–50",
        "Андрій Єрмак і Kyiv",
        "नमस्ते क्‍ष",
        "می‌خواهم",
        "👩‍👩‍👧 ok",
        "Dvořák, Øre, José",
        "إسرائيل 15",
    ],
)
def test_what_people_write_stays_as_it_is(written: str) -> None:
    assert visible(written) == written


def test_a_huge_text_is_cut_and_says_how_long_it_is() -> None:
    shown = visible("x" * 10_000_000)
    assert len(shown) < 700
    assert shown.endswith("… (600/10,000,000)")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=1&c=%20", "http://xn--bcher-kva.example/", "HTTPS://EXAMPLE.ORG"],
)
def test_web_addresses_are_linked(url: str) -> None:
    assert web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/",
        "/relative",
        "https:example.org",
        "https://",
        "https://example.org\\@evil.example/",
        "https://user:secret@example.org/",
        'https://example.org/"onclick="x',
        "https://example.org/a b",
        "https://example.org/\u202egpj",
        "https://[::1",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_nothing_else_is(url: str | None) -> None:
    assert web_link(url) is None


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("one, two", 6, "one…"),
        ("unbreakable", 5, "unbr…"),
        ("e\u0301" * 10, 10, "e\u0301" * 10),
        ("exactly ten", 11, "exactly ten"),
    ],
)
def test_a_long_line_is_cut_between_words(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("halls[east].lamps[@old=12].watts", "halls[east].lamps"),
        ("@lamps[@new=0]", "@lamps"),
        ("halls[east (2)].lamps", "halls[east (2)].lamps"),
    ],
)
def test_a_place_in_a_list_is_no_id_that_anybody_could_name(path: str, shown: str) -> None:
    assert short_path(path) == shown
