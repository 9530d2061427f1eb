"""Lists with names nearly alike, texts that several share, ids that stand twice, and chains."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.compare.test_ownership import TROUPE, plain, renames, troupe, whole

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("Ada Falk", "Adda Falk", "Ada Falck", "Ada Falke", "Ida Falk", "Bo Lund", "Bo Lunde")
TEXTS = ("Harbour Street 7", "Harbour Street 8", "keeper of the old lighthouse", "x")
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES)},
        optional={name: st.sampled_from(TEXTS) for name in ("street", "trade", "boat")},
    ),
    max_size=5,
)
UNIQUE = ENTRIES.map(lambda entries: list({each["name"]: each for each in entries}.values()))
IDS = st.lists(st.sampled_from(("a1", "a2", "a3", "b1", 1, "1")), max_size=5)
CAST = st.dictionaries(
    st.sampled_from(("Ada", "Bo", "Cy", "Di", "Ed")),
    st.sampled_from(("producer", "director", "prompter", "extra")),
    max_size=5,
)


@SOME
@given(UNIQUE, UNIQUE)
def test_a_rename_is_one_pair_each_and_the_same_backwards(old: list[Any], new: list[Any]) -> None:
    found = renames(plain(old, new))
    for side in zip(*found, strict=True):
        assert len(set(side)) == len(side)
    assert renames(plain(new, old)) == sorted((after, before) for before, after in found)


@SOME
@given(ENTRIES, ENTRIES, IDS, IDS)
def test_doubles_of_names_and_ids_are_told_whole(
    old: list[Any], new: list[Any], before: list[Any], after: list[Any]
) -> None:
    for entries, ids in ((old, before), (new, after)):
        for entry, identity in zip(entries, ids, strict=False):
            entry["id"] = identity
    for left, right in ((old, new), (new, old), ({"l": old}, {"l": new})):
        whole(plain(left, right))


@SOME
@given(CAST, CAST)
def test_any_change_of_single_roles_is_told_whole_and_the_same_when_stirred(
    old: dict[str, str], new: dict[str, str]
) -> None:
    assert TROUPE.collections["troupes.members"].membership
    sides = []
    for cast in (old, new):
        members = [{"actor": actor, "task": cast[actor]} for actor in sorted(cast)]
        sides.append({"troupes": [{"id": "t", "name": "Troupe", "members": members}]})
    there, back = whole(troupe(*sides)), whole(troupe(*sides[::-1]))
    assert len(there.findings) == len(back.findings)
    replaced = [sum(f.rule == "replaced" for f in side.findings) for side in (there, back)]
    assert replaced[0] == replaced[1]
