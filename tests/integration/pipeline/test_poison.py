"""Text made to do harm: refused with its place, or shown as text, and mail goes on."""

from __future__ import annotations

import json

import pytest

from tests.integration.pipeline.world import World


@pytest.mark.parametrize(
    "holder",
    [
        pytest.param("half \ud800 a character", id="lone surrogate"),
        pytest.param("an \u0000 end", id="NUL"),
    ],
)
def test_what_no_database_can_hold_is_refused_with_its_place(
    each_world: World, holder: str
) -> None:
    _say(each_world, "2026-03-02", president=holder)

    (notice,) = each_world.hears()

    assert notice.to == "operator@example.org"
    assert "2026-03-02.json:1:" in "".join(notice.text.split())


@pytest.mark.parametrize(
    ("holder", "shown"),
    [
        ("\u202e03 >- 51", "⟨U+202E⟩03 >- 51"),
        ("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}"),
        ("<script>x</script>", "<script>x</script>"),
        ("X\r\nBcc: eve@example.org\r\n\r\nhello", "X Bcc: eve@example.org hello"),
        ("X\r\n.\r\nMAIL FROM:<eve@example.org>", "X . MAIL FROM:<eve@example.org>"),
        ("y" * 2_000_000, "y…"),
    ],
    ids=["bidi", "template", "tag", "header", "dot", "huge"],
)
def test_what_can_be_held_is_shown_as_text_to_everybody(
    each_world: World, holder: str, shown: str
) -> None:
    _say(each_world, "2026-03-02", president=holder, speaker="Dora")

    heard = each_world.hears()

    assert {mail.to for mail in heard} == {"ana@example.org", "ben@example.org"}
    for mail in heard:
        assert shown in " ".join(mail.text.split())
        assert "from Berta to Dora" in mail.text
        assert "\n" not in mail.subject


def _say(world: World, as_of: str, **posts: str) -> None:
    document = {
        "kind": "posts.kind.yaml",
        "situation": "posts",
        "as_of": as_of,
        "posts": [{"id": post, "holder": holder} for post, holder in posts.items()],
    }
    world.writes(f"{as_of}.json", json.dumps(document))
