"""docs/reading.md says how the digests read now, and nothing that happened is left untold."""

from __future__ import annotations

from typing import Final

import pytest

from tests.judging.developments import HERE, SITUATIONS
from tests.judging.page import PAGE, page, read

YET: Final = frozenset((HERE / "yet.txt").read_text(encoding="utf-8").splitlines())
"""Developments that the rules cannot tell yet."""


def test_the_page_is_what_the_command_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make judge`"


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_that_happened_is_missed(name: str) -> None:
    missed = {
        match.development.told
        for count in read(name).counts
        for match in count.matches
        if match.missed
    }
    assert missed <= YET
