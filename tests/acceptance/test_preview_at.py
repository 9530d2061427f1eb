"""`digest preview --at` in a store that was filled long after what it holds was true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.site import Site

PREVIEW = ("digest", "preview", "--as", "reader@localhost")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("site")
    Site(folder).monitor("run", "--once")
    return Site(folder)


def test_the_example_of_the_help_works_after_a_first_start(site: Site) -> None:
    said = site.monitor(*PREVIEW, "--at", "2026-02-17")
    assert "recomputed from what was true then (nothing was learned by then)" in said
    assert "Subject: " in said


def test_what_nobody_says_was_true_is_not_there(site: Site) -> None:
    said = site.monitor(*PREVIEW, "--at", "1990-02-17", code=2)
    assert "was known by 1990-02-17" in said


def test_what_was_learned_by_then_comes_first(site: Site) -> None:
    assert "recomputed from what was known then" in site.monitor(*PREVIEW, "--at", "2099-01-01")
