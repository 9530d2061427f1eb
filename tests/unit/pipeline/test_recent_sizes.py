"""What is large leaves room for fewer."""

from __future__ import annotations

from monitor.pipeline.recent import Recent


def made(shelf: Recent[int, str], *letters: int) -> list[int]:
    """Those that had to be made anew."""
    found: list[int] = []

    def make(number: int) -> str:
        found.append(number)
        return "x" * number

    for number in letters:
        shelf.get(number, lambda number=number: make(number))  # type: ignore[misc]
    return found


def test_small_values_are_kept_in_numbers_and_go_for_a_large_one() -> None:
    shelf: Recent[int, str] = Recent(10, len)
    assert made(shelf, 1, 2, 3, 4, 1, 2) == [1, 2, 3, 4]
    assert made(shelf, 7, 2, 1) == [7]
    assert made(shelf, 8, 1, 2) == [8, 2]


def test_two_are_kept_however_large_they_are() -> None:
    shelf: Recent[int, str] = Recent(10, len)
    assert made(shelf, 50, 60, 50, 60) == [50, 60]
    assert made(shelf, 70, 60, 50) == [70, 50]
