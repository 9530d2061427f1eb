"""Digests of the shipped talks: every step of them, and the whole way at once."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest

from monitor.compare.comparison import Context, compare
from monitor.model.comparison import Comparison, Significance
from monitor.model.digest import Digest
from monitor.model.subscription import Filter
from monitor.render import load_templates
from monitor.report.digest import BUDGET, make_digest
from tests.digests import as_read, digest_input, situation
from tests.talks import KIND, VERSIONS, state

TEMPLATES = load_templates()
STEPS = [*pairwise(VERSIONS), ("2026-02-05", "2026-02-17"), (VERSIONS[0], VERSIONS[-1])]


def between(old: str, new: str) -> Comparison:
    history = tuple(state(each) for each in VERSIONS if each < new)
    return compare(state(old), state(new), KIND, context=Context(history=history, today=new))


@cache
def digest(old: str, new: str, minimum: Significance = Significance.MINOR) -> Digest:
    given = digest_input(
        situation(between(old, new)), due=f"{new}T05:00:00Z", filter=Filter(minimum=minimum)
    )
    return make_digest(given, TEMPLATES)


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_every_finding_is_put_into_words_and_told_or_counted(old: str, new: str) -> None:
    made = digest(old, new)
    wanted = [each for each in between(old, new).findings if each.significance >= Filter().minimum]
    assert len(made.shown) + made.left_out == len(wanted)
    assert len(set(made.shown)) == len(made.shown)
    assert not [each for each in made.sentences if "could not be put into words" in each]
    assert len(made.html.encode()) <= BUDGET
    assert not made.warnings


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_both_parts_link_the_same_sources(old: str, new: str) -> None:
    made = digest(old, new)
    html = {
        link.replace("&amp;", "&")
        for link in re.findall(r'href="(http[^"]+)"', as_read(made.html, "html"))
    }
    assert html == set(re.findall(r"https?://\S+", as_read(made.text)))


def test_no_raw_value_of_the_program_reaches_a_reader() -> None:
    text = digest("2026-02-05", "2026-02-17").text
    assert not re.search(r"None|MISSING|True|False|\{'|\[\]|⟨U\+", text)


def test_the_digest_of_17_february_tells_what_mattered() -> None:
    made = digest("2026-02-05", "2026-02-17", Significance.MAJOR)
    assert made.subject.startswith("The third trilateral round is under way: Geneva")
    for told in ("Igor Kostyukov stays as a member", "Galuzin returns", "Bevz is no longer listed"):
        assert told in " ".join(made.text.split())
    assert re.search(r"#{10,} +Ukraine, 17 Feb: 20–50\n", made.text)
    assert "Geneva" in made.text
