"""The notes of what happened are whole: every step of every situation, each with its words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.judging.developments import SITUATIONS, noted


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_step_of_a_situation_has_its_notes(name: str) -> None:
    situation = noted(name)
    versions = [path.stem for path in situation.files]
    assert [(step.old, step.new) for step in situation.steps] == list(pairwise(versions))


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_development_is_one_sentence_with_words_that_it_must_contain(name: str) -> None:
    for step in noted(name).steps:
        told = [each.told for each in step.developments]
        assert len(told) == len(set(told))
        assert all(line.endswith(".") for line in told)
        assert all(each.words and all(map(all, each.words)) for each in step.developments)


def test_there_are_situations_that_do_not_ship_and_one_of_them_has_no_kind() -> None:
    kept = [noted(name) for name in SITUATIONS if not noted(name).shipped]
    assert len(kept) >= 3
    assert any(each.kindless for each in kept)
