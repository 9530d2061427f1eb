"""The garbage collector rests while versions are compared, and is left as it was found."""

from __future__ import annotations

import gc

import pytest

from monitor.compare.collecting import without_collecting


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_found(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with without_collecting():
            inside = gc.isenabled()
        after = gc.isenabled()
    finally:
        gc.enable()
    assert (inside, after) == (False, was_on)


def test_it_is_woken_after_a_comparison_that_failed() -> None:
    with pytest.raises(ValueError, match="broken"), without_collecting():
        raise ValueError("broken")
    assert gc.isenabled()
